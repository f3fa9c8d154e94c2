// Elaboration: a system or a bench of a library becomes a flat, typed graph. All problems of the phase
// are reported at once.

import { fail, NetlistError, type DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { readCsv, samplesFromCsv } from '../io/csv.js';
import type { Samples } from '../io/samples.js';
import { readWav } from '../io/wav.js';
import type { Argument, BenchItem, Expression, Identifier, InputStatement, NameExpression, SystemItem } from '../netlist/ast.js';
import type { Library, SystemEntry } from '../netlist/library.js';
import { divideRational, greatestCommonDivisor, multiplyRational, rationalOfNumber, rationalToNumber } from '../numeric/rational.js';
import { param as paramLeaf } from '../ir/build.js';
import { printDimension } from '../units/dimension.js';
import { BenchBuilder, benchRun, type Bench, type BenchRun } from './bench.js';
import { evaluateConstant, quantityOfLiteral } from './constants.js';
import { bind, bindConstant, createAll, declareBody, declareInputUnit, inputLength, inputsOf, systemOutputs } from './declare.js';
import type { Graph, GraphClock, GraphParam, SignalRef } from './graph.js';
import { createCall, createFormulas } from './instantiate.js';
import { paramsIn, type ParamHost } from './params.js';
import { guard, lookUpConstant, makeScope, type Binding, type Outputs, type Scope, type SignalBinding } from './scope.js';
import { resolveTypes } from './types.js';
import { resolveUnits } from './units.js';
import { reportUnused } from './unused.js';
import type { Quantity, Value } from './value.js';
import { hasTurns, outputsOf, type Work } from './work.js';

export interface ElaborateOptions {
  /** The system to elaborate when no bench is given; the last of the file otherwise. */
  readonly system?: string | undefined;
  readonly bench?: BenchItem | undefined;
  /** Numbers as text with unit, such as `12.5mV`, by parameter (`unit`, `x1.gain`). */
  readonly set?: ReadonlyMap<string, string> | undefined;
  /** Recordings that drive inputs of the top system, by input. */
  readonly inputs?: ReadonlyMap<string, InputSource> | undefined;
  /** Inputs without a source are parameters of value 0 instead of errors. */
  readonly openInputs?: boolean | undefined;
}

/** What drives an input: a file, or samples in memory that are held between their instants. */
export type InputSource = { readonly file: string } | { readonly samples: Samples };

export interface Elaboration {
  readonly graph: Graph;
  readonly bench: Bench | undefined;
  /** Unit of a signal; '' for bits and plain numbers. */
  readonly unitOf: (signal: SignalRef) => string;
}

/** Throws a NetlistError with every problem found; warnings are in the graph. */
export function elaborate(library: Library, options: ElaborateOptions, bag: DiagnosticBag): Elaboration {
  return new Elaborator(library, options, bag).run();
}

class Elaborator {
  private readonly library: Library;
  private readonly options: ElaborateOptions;
  private readonly bag: DiagnosticBag;
  private readonly params = new Map<string, { value: number; unit: string }>();
  private readonly structural = new Set<string>();
  private readonly overrides = new Map<string, Quantity>();
  private readonly usedOverrides = new Set<string>();
  private readonly settable = new Set<string>();
  private readonly files = new Map<string, Samples>();
  private readonly work: Work;

  constructor(library: Library, options: ElaborateOptions, bag: DiagnosticBag) {
    this.library = library;
    this.options = options;
    this.bag = bag;
    this.work = {
      bag,
      clocks: [],
      instances: [],
      frames: [],
      params: this.paramHost(),
      freeUnits: new Map(),
      declaredUnits: [],
      declaredBits: [],
      innerNames: new Map(),
      scopes: [],
      turns: 0,
      pending: [],
    };
    for (const [name, text] of options.set ?? []) guard(bag, () => this.overrides.set(name, parseOverride(name, text)));
  }

  run(): Elaboration {
    const { work, bag } = this;
    const { bench } = this.options;
    const entry = findSystem(this.library, bench?.system ?? bench?.name ?? this.options.system);
    const scope = makeScope({ path: '', system: entry.item.name.name, library: entry.library });
    work.scopes.push(scope);
    this.declareTop(entry.item, this.matchBenchArguments(entry.item, bench), scope);
    declareBody(entry.item.body, scope, work);
    const outputs = systemOutputs(entry.item, scope, work);
    let builder: BenchBuilder | undefined;
    let benchScope: Scope | undefined;
    if (bench !== undefined) {
      let run: BenchRun | undefined;
      const inner = makeScope({ path: '', system: scope.system, library: this.library, outer: scope, coherent: (hertz) => (run === undefined ? hertz : coherentHertz(hertz, work.clocks[run.clock]!, run.ticks)) });
      work.scopes.push((benchScope = inner));
      declareBody(bench.body.filter(isDeclaration), inner, work);
      this.refuseShadowing(inner, scope);
      run = guard(bag, () => benchRun(bench, inner, scope, work));
      if (run !== undefined) builder = new BenchBuilder(run, inner, work);
    }
    this.declareInputs(entry.item, scope, benchScope);
    work.pending.push(() => work.scopes.slice(0, 2).forEach((top) => createAll(top, work)));
    this.settle();
    const built = builder === undefined ? undefined : guard(bag, () => builder.build(bench!));
    const graphOutputs = outputs.names.flatMap((name) => {
      const wire = guard(bag, () => outputs.wire(name));
      return wire === undefined ? [] : [{ name, signals: wire.refs }];
    });
    this.settle();
    this.reportUnknownOverrides();
    bag.throwIfErrors();

    resolveTypes(work.instances, work.declaredBits, bag);
    const unitOf = resolveUnits(work.instances, work);
    reportUnused(work.scopes, bag);
    bag.throwIfErrors();
    const graph: Graph = {
      system: scope.system,
      clocks: work.clocks,
      params: this.graphParams(),
      instances: work.instances,
      frames: work.frames,
      outputs: graphOutputs,
      warnings: bag.warnings,
    };
    return { graph, bench: built, unitOf };
  }

  /** Wires what waits, and what is added by that. */
  private settle(): void {
    const { pending } = this.work;
    for (let i = 0; i < pending.length && hasTurns(this.work); i++) guard(this.bag, pending[i]!);
    pending.length = 0;
  }

  private matchBenchArguments(item: SystemItem, bench: BenchItem | undefined): Map<string, Argument> {
    const known = item.params.map((param) => param.name.name);
    const args = new Map<string, Argument>();
    for (const arg of bench?.args ?? []) {
      guard(this.bag, () => {
        if (arg.name === undefined) fail('DL207', arg.span, 'arguments of a bench are parameters and need their names');
        if (!known.includes(arg.name)) fail('DL204', arg.nameSpan ?? arg.span, `system '${item.name.name}' has no parameter '${arg.name}'`, { help: didYouMean(arg.name, known) });
        args.set(arg.name, arg);
      });
    }
    return args;
  }

  /** Parameters of the top system live in the parameter vector under their own names. */
  private declareTop(item: SystemItem, args: ReadonlyMap<string, Argument>, scope: Scope): void {
    for (const { name, value, span } of item.params) {
      const arg = args.get(name.name);
      const compute = (): Value => {
        const override = this.takeOverride(name.name);
        if (override !== undefined) return override;
        if (arg !== undefined) return evaluateConstant(arg.value, (inner, at) => fail('DL201', at, `unknown name '${inner}'`, { why: 'arguments of a bench are numbers' }));
        if (value !== undefined) return evaluateConstant(value, (inner, at) => lookUpConstant(scope, inner, at));
        return fail('DL206', span, `parameter '${name.name}' of system '${item.name.name}' has no value`, { help: `give a default: ${name.name} = …` });
      };
      bindConstant(scope, name, 'param', () => this.tuned(name.name, compute()), this.work);
    }
  }

  /** A number that does not depend on tunables already becomes one. */
  private tuned(name: string, value: Value): Value {
    if (value.kind !== 'quantity' || value.expr !== undefined) return value;
    this.params.set(name, { value: value.value, unit: value.dimension === undefined ? '' : printDimension(value.dimension) });
    return { ...value, expr: paramLeaf(name) };
  }

  private refuseShadowing(bench: Scope, top: Scope): void {
    for (const [name, binding] of bench.names) {
      const inner = top.names.get(name);
      if (inner === undefined) continue;
      this.bag.error('DL202', binding.span, `'${name}' is declared in the system already`, { help: 'a bench drives inputs and adds names of its own', related: [{ message: 'declared here', span: inner.span }] });
    }
  }

  /** Each input of the top system: a bench's signal, a file, or a parameter. */
  private declareInputs(item: SystemItem, scope: Scope, benchScope: Scope | undefined): void {
    const known = inputsOf(item).map(({ declaration }) => declaration.name.name);
    for (const name of this.options.inputs?.keys() ?? []) {
      if (!known.includes(name)) fail('DL201', undefined, `system '${item.name.name}' has no input '${name}'`, { help: didYouMean(name, known) });
    }
    for (const input of inputsOf(item)) {
      const { declaration, statement } = input;
      const { name } = declaration;
      const driver = benchScope?.names.get(name.name);
      const binding: SignalBinding = {
        kind: 'signal',
        span: name.span,
        what: 'input',
        used: true,
        shapeNeeds: () => (driver?.kind === 'signal' && !this.options.inputs?.has(name.name) ? [driver] : []),
        create: () => {
          const length = inputLength(declaration, scope);
          const outputs = this.inputOutputs(input, driver, length, benchScope ?? scope);
          const wire = outputs.wire(outputs.first);
          if ((wire.vector ? wire.refs.length : undefined) !== length) fail('DL211', name.span, `input '${name.name}' is driven by a signal of another shape`);
          declareInputUnit(statement, wire.refs, driver?.span ?? name.span, this.work);
          return outputs;
        },
      };
      if (driver !== undefined && driver.kind === 'signal') driver.used = true;
      bind(scope, name, binding, this.work);
    }
  }

  private inputOutputs({ declaration: { name }, statement }: ReturnType<typeof inputsOf>[number], driver: Binding | undefined, length: number | undefined, scope: Scope): Outputs {
    const source = this.options.inputs?.get(name.name);
    if (source !== undefined) {
      if ('samples' in source) this.checkSampleClock(name, source.samples);
      return this.createSource(this.fileArguments(name, source), name, scope);
    }
    const override = this.takeOverride(name.name);
    if (override === undefined && driver?.kind === 'signal') return outputsOf(this.work, driver);
    if (override === undefined && this.options.openInputs !== true) {
      fail('DL205', name.span, `input '${name.name}' is not connected`, {
        why: 'the top system needs a source for each input',
        help: `in a bench: ${name.name} = sine(freq: 1kHz); or on the command line: --in ${name.name}=recording.wav or --set ${name.name}=0.5`,
      });
    }
    return this.constantInput(name, statement, length, override ?? { kind: 'quantity', value: 0, span: name.span }, scope);
  }

  /** An input held at a value: a tunable parameter named after it; every element of a vector has the same. */
  private constantInput(name: Identifier, { unit }: InputStatement, length: number | undefined, quantity: Quantity, scope: Scope): Outputs {
    const { span } = name;
    const around = makeScope({ path: '', system: scope.system, library: scope.library, outer: scope });
    const get = (): Value => (unit?.name === 'bit' ? { kind: 'boolean', value: quantity.value !== 0, span } : this.tuned(name.name, quantity));
    around.names.set(inputValue, { kind: 'constant', span, what: 'param', used: true, get });
    const value: Expression = { kind: 'name', name: inputValue, span };
    const all: Expression = length === undefined ? value : { kind: 'list', items: Array.from({ length }, () => value), span };
    return createFormulas(all, name.name, around, this.work);
  }

  private checkSampleClock({ name, span }: Identifier, { clock }: Samples): void {
    const names = this.work.clocks.map((known) => known.name);
    if (clock === undefined || names.includes(clock)) return;
    fail('DL403', span, `unknown clock '${clock}' of the samples for input '${name}'`, { help: didYouMean(clock, names) });
  }

  private fileArguments(name: Identifier, source: InputSource): Argument[] {
    const { span } = name;
    const file = 'file' in source ? source.file : `<${name.name}>`;
    if ('samples' in source) this.files.set(file, source.samples);
    const text = (value: string): Expression => ({ kind: 'string', value, span: commandLine });
    const args: Argument[] = [{ name: 'file', value: text(file), span }];
    if ('samples' in source) args.push({ name: 'interpolation', value: text('hold'), span });
    return args;
  }

  private createSource(args: Argument[], name: Identifier, scope: Scope): Outputs {
    const { span } = name;
    const isWav = args.some((arg) => arg.value.kind === 'string' && /\.wav$/i.test(arg.value.value));
    const callee = { kind: 'name', name: isWav ? 'wav' : 'csv', span } as const;
    return createCall({ kind: 'call', callee, args, span }, name.name, scope, undefined, this.work);
  }

  private takeOverride(name: string): Quantity | undefined {
    this.settable.add(name);
    const override = this.overrides.get(name);
    if (override !== undefined) this.usedOverrides.add(name);
    return override;
  }

  private reportUnknownOverrides(): void {
    for (const [name, override] of this.overrides) {
      if (this.usedOverrides.has(name)) continue;
      this.bag.error('DL306', override.span, `there is no parameter '${name}' to set`, { help: didYouMean(name, this.settable) });
    }
  }

  private paramHost(): ParamHost {
    return {
      override: (path) => this.takeOverride(path),
      addTunable: (name, value, unit) => void this.params.set(name, { value, unit }),
      useStructurally: ({ expr }) => {
        for (const name of expr === undefined ? [] : paramsIn(expr)) this.structural.add(name);
      },
      readSamples: (path, format, span) => this.readSamples(path, format, span),
    };
  }

  /** A file is read once; its path is relative to the text that names it. */
  private readSamples(path: string, format: 'wav' | 'csv', span: Span): Samples {
    const { host } = this.library;
    const known = this.files.get(path);
    if (known !== undefined && path.startsWith('<')) return known;
    const full = span.source === commandLine.source ? path : host.resolve(span.source.name, path);
    let samples = this.files.get(full);
    if (samples === undefined) {
      const bytes = host.readBytes(full, span);
      try {
        samples = format === 'wav' ? readWav(bytes, full) : samplesFromCsv(readCsv(bytes, full));
      } catch (error) {
        throw error instanceof NetlistError ? new NetlistError(error.diagnostics.map((diagnostic) => ({ ...diagnostic, span: diagnostic.span ?? span }))) : error;
      }
      this.files.set(full, samples);
    }
    return samples;
  }

  private graphParams(): GraphParam[] {
    return [...this.params].map(([name, { value, unit }]) => ({ name, value, unit, structural: this.structural.has(name) }));
  }
}

/** A name that no netlist can write. */
const inputValue = '(value)';

/** Where texts of the command line stand. */
const commandLine: Span = { source: { name: '<command line>', text: '' }, start: 0, end: 0 };

const isDeclaration = (statement: BenchItem['body'][number]): boolean => statement.kind === 'let' || statement.kind === 'for' || statement.kind === 'param';

function findSystem(library: Library, wanted: Identifier | NameExpression | string | undefined): SystemEntry {
  const name = typeof wanted === 'object' ? wanted.name : wanted;
  const span = typeof wanted === 'object' ? wanted.span : undefined;
  if (name !== undefined) {
    const entry = library.systems.get(name);
    return entry ?? fail('DL212', span, `there is no system '${name}'`, { help: didYouMean(name, library.systems.keys()) });
  }
  const own = library.file.items.filter((item) => item.kind === 'system');
  const last = own.at(-1);
  if (last === undefined) fail('DL212', undefined, `'${library.path}' declares no system`, { help: 'system name { … }' });
  return library.systems.get(last.name.name)!;
}

/** `--set name=12.5mV`: the text is a number with an optional unit. */
function parseOverride(name: string, text: string): Quantity {
  const span: Span = { source: { name: '<command line>', text: `${name}=${text}` }, start: name.length + 1, end: name.length + 1 + text.length };
  return quantityOfLiteral(text, span);
}

/** The frequency nearest to `hertz` of which a whole number of periods, prime to the ticks, fits into the run. */
function coherentHertz(hertz: number, clock: GraphClock, ticks: number): number {
  const duration = multiplyRational(clock.period, rationalOfNumber(ticks));
  const cycles = hertz * rationalToNumber(duration);
  if (!(cycles >= 0.5)) return hertz;
  return rationalToNumber(divideRational(rationalOfNumber(coherentCycles(cycles, ticks)), duration));
}

/** The nearest whole number; within one per cent a neighbour that is prime to the ticks, so that every sample of the sine differs. */
function coherentCycles(cycles: number, ticks: number): number {
  const nearest = Math.max(1, Math.round(cycles));
  const isPrime = (count: number): boolean => count >= 1 && greatestCommonDivisor(BigInt(count), BigInt(ticks)) === 1n;
  const sign = cycles >= nearest ? 1 : -1;
  for (let distance = 0; distance <= Math.max(0.5, 0.01 * cycles); distance++) {
    for (const count of [nearest + sign * distance, nearest - sign * distance]) if (isPrime(count)) return count;
  }
  return nearest;
}
