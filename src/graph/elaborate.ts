// Elaboration: a system or a bench of a library becomes a flat, typed graph. All problems of the phase
// are reported at once.

import { effects, type Effect } from '../blocks/effects.js';
import { fail, type DiagnosticBag } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { Argument, BenchItem, Identifier, NameExpression, Statement, SystemItem } from '../netlist/ast.js';
import type { Library, SystemEntry } from '../netlist/library.js';
import { namesIn } from './bench-names.js';
import { BenchBuilder, benchRun, type Bench } from './bench.js';
import { coherentHertz } from './coherent.js';
import { evaluateConstant, watchDecisions } from './constants.js';
import { createCall } from './create-call.js';
import { bindConstant, declareBody } from './declare.js';
import { createAll, inputsOf, systemOutputs } from './sub-system.js';
import type { Graph, SignalRef } from './graph.js';
import { ParameterTable } from './parameter-table.js';
import { guard, lookUpConstant, makeScope, type Scope } from './scope.js';
import { declareTopInputs, type InputSource } from './top-inputs.js';
import { resolveTypes } from './types.js';
import { resolveUnits } from './units.js';
import { reportUnused } from './unused.js';
import type { Value } from './value.js';
import { hasTurns, type Work } from './work.js';

export interface ElaborateOptions {
  /** The system to elaborate when no bench is given; the last of the file otherwise. */
  readonly system?: string | undefined;
  readonly bench?: BenchItem | undefined;
  /** What the system gets where no bench says it. */
  readonly args?: readonly Argument[] | undefined;
  /** Numbers as text with unit, such as `12.5mV`, by parameter (`unit`, `x1.gain`). */
  readonly set?: ReadonlyMap<string, string> | undefined;
  /** What drives inputs of the top system instead of the bench, by input. */
  readonly inputs?: ReadonlyMap<string, InputSource> | undefined;
  /** Ticks that the bench runs instead of its own number: tones are coherent with this run. */
  readonly ticks?: number | undefined;
  /** Inputs without a source are parameters of value 0 instead of errors. */
  readonly openInputs?: boolean | undefined;
  /** Effects that are switched off: their parameters have their ideal values, whatever the netlist says. */
  readonly ideal?: readonly Effect[] | undefined;
  /** Parameters that will be varied: those of effects are tunable then where the netlist leaves them at their defaults, too. */
  readonly vary?: ReadonlySet<string> | undefined;
}

export interface Elaboration {
  readonly graph: Graph;
  readonly bench: Bench | undefined;
  /** Effects that are switched off, in the order of `effects`. */
  readonly ideal: readonly Effect[];
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
  private readonly table: ParameterTable;
  private readonly work: Work;

  constructor(library: Library, options: ElaborateOptions, bag: DiagnosticBag) {
    this.library = library;
    this.options = options;
    this.bag = bag;
    this.table = new ParameterTable(
      library.host,
      options.set ?? new Map(),
      { ideal: options.ideal ?? [], vary: options.vary ?? new Set() },
      bag,
    );
    this.work = {
      bag,
      createCall,
      clocks: [],
      instances: [],
      frames: [],
      params: this.table,
      freeUnits: new Map(),
      declaredUnits: [],
      declaredBits: [],
      innerNames: new Map(),
      scopes: [],
      turns: 0,
      pending: [],
    };
  }

  run(): Elaboration {
    return watchDecisions(
      (quantity) => this.table.useStructurally(quantity),
      () => this.elaborate(),
    );
  }

  private elaborate(): Elaboration {
    const { work, bag, table } = this;
    const { bench, system, inputs = new Map(), openInputs = false } = this.options;
    const { item, library } = findSystem(this.library, bench?.system ?? bench?.name ?? system);
    const scope = makeScope({ path: '', system: item.name.name, library });
    work.scopes.push(scope);
    this.declareTop(item, this.matchArguments(item, bench?.args ?? this.options.args ?? []), scope);
    declareBody(item.body, scope, work);
    const outputs = systemOutputs(item, scope, work);
    const benched = bench === undefined ? undefined : this.declareBench(bench, item, scope);
    declareTopInputs(item, scope, benched?.scope, { inputs, openInputs }, table, work);
    work.pending.push(() => [scope, ...(benched === undefined ? [] : [benched.scope])].forEach((top) => createAll(top, work)));
    this.settle();
    const built = guard(bag, () => benched?.builder?.build(bench!));
    const graphOutputs = outputs.names.flatMap((name) => {
      const wire = guard(bag, () => outputs.wire(name));
      return wire === undefined ? [] : [{ name, signals: wire.refs }];
    });
    this.settle();
    table.reportUnknownOverrides(bag);
    bag.throwIfErrors();

    resolveTypes(work.instances, work.declaredBits, bag);
    const unitOf = resolveUnits(work.instances, work);
    this.noteOtherBenches(item, bench, scope);
    // What drives an input of the bench may be idle where the input is driven from outside.
    reportUnused(benched?.isReplaced === true ? work.scopes.filter((known) => known !== benched.scope) : work.scopes, bag);
    bag.throwIfErrors();
    const { clocks, instances, frames } = work;
    const graph: Graph = {
      system: scope.system,
      clocks,
      params: table.list(),
      limits: table.limits,
      fixed: table.fixed,
      instances,
      frames,
      outputs: graphOutputs,
      warnings: bag.warnings,
    };
    return { graph, bench: built, ideal: effects.filter((effect) => table.isOff(effect)), unitOf };
  }

  /** The bench's names; without a run that can be understood nothing is recorded. */
  private declareBench(
    bench: BenchItem,
    item: SystemItem,
    top: Scope,
  ): { scope: Scope; builder: BenchBuilder | undefined; isReplaced: boolean } {
    const { work, bag } = this;
    const run: { found?: ReturnType<typeof benchRun> | undefined } = {};
    // Frequencies are asked for when sources are made, which is after the run is known.
    const coherent = (hertz: number): number =>
      run.found === undefined ? hertz : coherentHertz(hertz, work.clocks[run.found.clock]!, run.found.ticks);
    const scope = makeScope({ path: '', system: top.system, library: this.library, outer: top, coherent });
    work.scopes.push(scope);
    const { set, inputs } = this.options;
    const driven = inputsOf(item).map(({ declaration }) => declaration.name.name);
    const replaced = driven.filter((name) => set?.has(name) === true || inputs?.has(name) === true);
    declareBody(withoutDrivers(bench.body.filter(isDeclaration), replaced), scope, work);
    this.refuseShadowing(scope, top);
    run.found = guard(bag, () => benchRun(bench, this.options.ticks, scope, top, work));
    const builder = run.found === undefined ? undefined : new BenchBuilder(run.found, scope, work);
    return { scope, builder, isReplaced: replaced.length > 0 };
  }

  /** What any bench or optimization of the file reads is used, whichever is elaborated. */
  private noteOtherBenches(item: SystemItem, bench: BenchItem | undefined, top: Scope): void {
    for (const other of [...this.library.benches, ...this.library.optimizations]) {
      if (other === bench || (other.system ?? other.name).name !== item.name.name) continue;
      for (const name of namesIn(other)) {
        const binding = top.names.get(name);
        if (binding !== undefined && binding.kind !== 'clock') binding.used = true;
      }
    }
  }

  /** Wires what waits, and what is added by that. */
  private settle(): void {
    const { pending } = this.work;
    for (let i = 0; i < pending.length && hasTurns(this.work); i++) guard(this.bag, pending[i]!);
    pending.length = 0;
  }

  private matchArguments(item: SystemItem, given: readonly Argument[]): Map<string, Argument> {
    const known = item.params.map((param) => param.name.name);
    const args = new Map<string, Argument>();
    for (const arg of given) {
      guard(this.bag, () => {
        if (arg.name === undefined) fail('DL207', arg.span, 'arguments of a bench are parameters and need their names');
        if (!known.includes(arg.name))
          fail('DL204', arg.nameSpan ?? arg.span, `system '${item.name.name}' has no parameter '${arg.name}'`, {
            help: didYouMean(arg.name, known),
          });
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
        const override = this.table.override(name.name);
        if (override !== undefined) return override;
        if (arg !== undefined)
          return evaluateConstant(arg.value, (inner, at) =>
            fail('DL201', at, `unknown name '${inner}'`, { why: 'arguments of a bench are numbers' }),
          );
        if (value !== undefined) return evaluateConstant(value, (inner, at) => lookUpConstant(scope, inner, at));
        return fail('DL206', span, `parameter '${name.name}' of system '${item.name.name}' has no value`, {
          help: `give a default: ${name.name} = …`,
        });
      };
      bindConstant(scope, name, 'param', () => this.table.tuned(name.name, compute()), this.work);
    }
  }

  private refuseShadowing(bench: Scope, top: Scope): void {
    for (const [name, binding] of bench.names) {
      const inner = top.names.get(name);
      if (inner === undefined) continue;
      this.bag.error('DL202', binding.span, `'${name}' is declared in the system already`, {
        help: 'a bench drives inputs and adds names of its own',
        related: [{ message: 'declared here', span: inner.span }],
      });
    }
  }
}

/** Statements without those that drive inputs which are driven from outside: their names mean the inputs then. */
function withoutDrivers<S extends Statement>(statements: readonly S[], replaced: readonly string[]): S[] {
  return statements
    .filter((statement) => statement.kind !== 'let' || !replaced.includes(statement.name.name))
    .map((statement) => (statement.kind === 'for' ? { ...statement, body: withoutDrivers(statement.body, replaced) } : statement));
}

const isDeclaration = (statement: BenchItem['body'][number]): boolean =>
  statement.kind === 'let' || statement.kind === 'for' || statement.kind === 'param';

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
