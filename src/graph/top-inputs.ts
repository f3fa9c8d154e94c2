// The inputs of the top system: each is driven by a bench's signal, a recording given from outside, or a
// constant that can be tuned.

import { fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { Samples } from '../io/samples.js';
import type { Argument, Expression, Identifier, InputStatement, SystemItem } from '../netlist/ast.js';
import { bind } from './declare.js';
import type { Formula } from './formula.js';
import type { FormulaInstance, SignalRef } from './graph.js';
import { declareInputUnit, inputLength, inputsOf } from './sub-system.js';
import { outside, type ParameterTable } from './parameter-table.js';
import { makeScope, type Binding, type Outputs, type Scope, type SignalBinding } from './scope.js';
import type { Quantity, Value } from './value.js';
import { createFormulas } from './wire.js';
import { outputsOf, type Work } from './work.js';

/** What drives an input: a file, or samples in memory that are held between their instants. */
export type InputSource = { readonly file: string } | { readonly samples: Samples };

export interface InputOptions {
  /** Recordings by input. */
  readonly inputs: ReadonlyMap<string, InputSource>;
  /** Inputs without a source are parameters of value 0 instead of errors; see ProgramParam.isInput. */
  readonly openInputs: boolean;
}

type Input = ReturnType<typeof inputsOf>[number];

/** Binds the inputs in the system's scope; `bench` holds the names of the bench, which drive inputs of the same name. */
export function declareTopInputs(
  item: SystemItem,
  scope: Scope,
  bench: Scope | undefined,
  options: InputOptions,
  table: ParameterTable,
  work: Work,
): void {
  const inputs = inputsOf(item);
  const known = inputs.map(({ declaration }) => declaration.name.name);
  for (const name of options.inputs.keys()) {
    if (!known.includes(name))
      fail('DL201', undefined, `system '${item.name.name}' has no input '${name}'`, { help: didYouMean(name, known) });
  }
  for (const input of inputs) {
    const { declaration, statement } = input;
    const { name } = declaration;
    const driver = bench?.names.get(name.name);
    const binding: SignalBinding = {
      kind: 'signal',
      span: name.span,
      what: 'input',
      used: true,
      shapeNeeds: () => (driver?.kind === 'signal' && !options.inputs.has(name.name) ? [driver] : []),
      create: () => {
        const length = inputLength(declaration, scope);
        const outputs = driveInput(input, driver, length, bench ?? scope, options, table, work);
        const wire = outputs.wire(outputs.first);
        if ((wire.vector ? wire.refs.length : undefined) !== length)
          fail('DL211', name.span, `input '${name.name}' is driven by a signal of another shape`);
        declareInputUnit(statement, wire.refs, driver?.span ?? name.span, work);
        return outputs;
      },
    };
    if (driver?.kind === 'signal') driver.used = true;
    bind(scope, name, binding, work);
  }
}

function driveInput(
  { declaration: { name }, statement }: Input,
  driver: Binding | undefined,
  length: number | undefined,
  scope: Scope,
  options: InputOptions,
  table: ParameterTable,
  work: Work,
): Outputs {
  const source = options.inputs.get(name.name);
  if (source !== undefined) return recordedInput(name, source, scope, table, work);
  const override = table.override(name.name);
  if (override === undefined && driver?.kind === 'signal') return outputsOf(work, driver);
  if (override === undefined && options.openInputs) return openInput(name, statement, length, scope, table, work);
  if (override === undefined) {
    fail('DL205', name.span, `input '${name.name}' is not connected`, {
      why: 'the top system needs a source for each input',
      help: `in a bench: ${name.name} = sine(freq: 1kHz); or on the command line: --in ${name.name}=recording.wav or --set ${name.name}=0.5`,
    });
  }
  return constantInput(name, statement, length, override, scope, table, work);
}

/** An input driven by a file, or by samples in memory. */
function recordedInput(name: Identifier, source: InputSource, scope: Scope, table: ParameterTable, work: Work): Outputs {
  const { span } = name;
  const text = (value: string): Expression => ({ kind: 'string', value, span: outside });
  const file = 'file' in source ? source.file : name.name;
  const args: Argument[] = [{ name: 'file', value: text(file), span }];
  if ('samples' in source) {
    checkSampleClock(name, source.samples, work);
    table.keepSamples(name.name, source.samples);
    args.push({ name: 'interpolation', value: text('hold'), span });
  }
  const type = 'file' in source && /\.wav$/i.test(file) ? 'wav' : 'csv';
  return work.createCall({ kind: 'call', callee: { kind: 'name', name: type, span }, args, span }, name.name, scope, undefined, work);
}

function checkSampleClock({ name, span }: Identifier, { clock }: Samples, work: Work): void {
  const names = work.clocks.map((known) => known.name);
  if (clock === undefined || names.includes(clock)) return;
  fail('DL403', span, `unknown clock '${clock}' of the samples for input '${name}'`, { help: didYouMean(clock, names) });
}

/** A name that no netlist can write. */
const inputValue = '(value)';

/** An input that nothing drives: a parameter for each element; of a bit, any number but 0 is 1. */
function openInput(
  { name, span }: Identifier,
  { unit }: InputStatement,
  length: number | undefined,
  scope: Scope,
  table: ParameterTable,
  work: Work,
): Outputs {
  const isBit = unit?.name === 'bit';
  const refs = Array.from({ length: length ?? 1 }, (_, element): SignalRef => {
    const path = length === undefined ? name : `${name}[${element}]`;
    const value: Formula = { kind: 'constant', value: table.addInput(path, isBit ? '' : (unit?.name ?? '')), span };
    const zero: Formula = { kind: 'constant', value: { kind: 'quantity', value: 0, span }, span };
    const formula: Formula = isBit ? { kind: 'apply', op: 'ne', args: [value, zero], span } : value;
    const instance: FormulaInstance = {
      kind: 'formula',
      path,
      span,
      group: scope.path,
      formula,
      inputs: [],
      text: inputValue,
      type: 'real',
    };
    work.instances.push(instance);
    return { instance, port: 'out', element: 0 };
  });
  const wire = { refs, vector: length !== undefined };
  return { first: 'out', names: ['out'], wire: () => wire };
}

/** An input held at a value: a tunable parameter named after it; every element of a vector has the same. */
function constantInput(
  name: Identifier,
  { unit }: InputStatement,
  length: number | undefined,
  quantity: Quantity,
  scope: Scope,
  table: ParameterTable,
  work: Work,
): Outputs {
  const { span } = name;
  const around = makeScope({ path: '', system: scope.system, library: scope.library, outer: scope });
  const get = (): Value =>
    unit?.name === 'bit' ? { kind: 'boolean', value: quantity.value !== 0, span } : table.tuned(name.name, quantity);
  around.names.set(inputValue, { kind: 'constant', span, what: 'param', used: true, get });
  const value: Expression = { kind: 'name', name: inputValue, span };
  const all: Expression = length === undefined ? value : { kind: 'list', items: Array.from({ length }, () => value), span };
  return createFormulas(all, name.name, around, work);
}
