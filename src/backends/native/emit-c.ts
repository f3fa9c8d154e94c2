// A Program as a C99 header and source for firmware and test benches: a struct that holds a run, and functions
// that start it and run its ticks. No allocation, no library but string.h; names are generated, and texts of
// the netlist stand in comments alone.

import type { Program, ProgramParam, ProgramRecord } from '../../ir/program.js';
import { initialLines } from './moves.js';
import { commentText, identifierOf, identifiersOf } from './names.js';
import { realLiteral } from './ops.js';
import { embeddedData, emitAdvance, guards, machineFields, preludeOf, startLines } from './source.js';
import { inputDeclaration, makeUnit, type Unit } from './unit.js';

export interface CSource {
  /** Identifier that the file names and all external names begin with. */
  readonly prefix: string;
  readonly header: string;
  readonly source: string;
}

export interface COptions {
  /** An identifier; made from the Program's name without it. */
  readonly prefix?: string | undefined;
  /** Index of the clock whose ticks `step` and `run` count. */
  readonly clock: number;
}

/** Parameters become fields: specialize the Program before to have them as literals. Constant arrays are part of the source. */
export function emitC(program: Program, { prefix = identifierOf(program.name), clock }: COptions): CSource {
  const isInput = ({ isInput: is }: ProgramParam): boolean => is === true;
  const inputs = fieldsOf(program.params.filter(isInput));
  const params = fieldsOf(program.params.filter((param) => !isInput(param)));
  const outputs = fieldsOf(program.records);
  const places = new Map([
    ...inputs.map(({ thing, field }) => [thing.name, `I->${field}`] as const),
    ...params.map(({ thing, field }) => [thing.name, `self->params.${field}`] as const),
  ]);
  const unit = makeUnit(program, prefix, places);
  const exported: Exported = { unit, clock, inputs, params, outputs };
  return { prefix, ...filesOf(exported) };
}

interface Field<T> {
  readonly thing: T;
  readonly field: string;
}
interface Exported {
  readonly unit: Unit;
  readonly clock: number;
  readonly inputs: readonly Field<ProgramParam>[];
  readonly params: readonly Field<ProgramParam>[];
  readonly outputs: readonly Field<ProgramRecord>[];
}

function fieldsOf<T extends { readonly name: string }>(things: readonly T[]): Field<T>[] {
  const names = identifiersOf(things.map(({ name }) => name));
  return things.map((thing, i) => ({ thing, field: names[i]! }));
}

function struct(name: string, fields: readonly Field<{ readonly name: string; readonly unit: string }>[]): string[] {
  if (fields.length === 0) return [];
  const lines = fields.map(
    ({ thing, field }) => `  double ${field}; /* ${commentText(thing.name)}${thing.unit === '' ? '' : `, ${commentText(thing.unit)}`} */`,
  );
  return [`struct ${name} {`, ...lines, '};', ''];
}

/** Signatures of the four functions, without the semicolon. */
function signatures({ unit: { prefix, hasInputs }, outputs }: Exported): Record<'init' | 'reset' | 'step' | 'run', string> {
  const inputs = inputDeclaration(prefix, hasInputs).replace('*const I, ', '*inputs, ');
  const own = `struct ${prefix} *self`;
  const result = outputs.length === 0 ? '' : `, struct ${prefix}_outputs *outputs`;
  return {
    init: `void ${prefix}_init(${own})`,
    reset: `void ${prefix}_reset(${own})`,
    step: `void ${prefix}_step(${own}${hasInputs ? `, ${inputs.slice(0, -2)}` : ''}${result})`,
    run: `uint64_t ${prefix}_run(${own}, ${inputs}double *const records[], uint64_t ticks)`,
  };
}

function filesOf(exported: Exported): { header: string; source: string } {
  const { unit, clock, inputs, params, outputs } = exported;
  const { program, prefix, layout } = unit;
  // Initial values of states first: they add to the constant arrays, as the functions do.
  const initial = initialLines(program.states, unit);
  const advance = emitAdvance(unit);
  const { init, reset, step, run } = signatures(exported);
  const { name, period, offset } = program.clocks[clock]!;
  const { numerator, denominator } = program.grid;
  const title = `/* Made by deltaloom from system ${commentText(program.name)}: C99, to be compiled with -ffp-contract=off. */`;
  const guard = `${prefix.toUpperCase()}_H`;
  const header = [
    title,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    '',
    '#include <stdint.h>',
    '',
    '#ifdef __cplusplus',
    'extern "C" {',
    '#endif',
    '',
    '/* Bits are 0 and 1; as inputs, all numbers but 0 are 1. */',
    ...struct(`${prefix}_inputs`, inputs),
    ...struct(`${prefix}_outputs`, outputs),
    ...struct(`${prefix}_params`, params),
    `/* A run. Its memory is its own: any number may exist at once. */`,
    `struct ${prefix} {`,
    ...(params.length > 0 ? [`  struct ${prefix}_params params; /* may be changed between ticks */`] : []),
    ...machineFields(unit, advance),
    '};',
    '',
    `/* Sets parameters, states and time to their initial values. */`,
    `${init};`,
    '',
    '/* Sets states and time to their initial values; parameters stay. */',
    `${reset};`,
    '',
    `/* Runs one tick of clock ${commentText(name)} (${(period * numerator) / denominator} s). An output that this tick does not record keeps its value. */`,
    `${step};`,
    '',
    '/*',
    ` * Runs that many ticks${inputs.length > 0 ? ', the inputs held,' : ''} and returns how many were run since the start of time.`,
    " * Column i gets output i: the row of a tick is the number of ticks of the output's clock before it.",
    ' */',
    `${run};`,
    '',
    '#ifdef __cplusplus',
    '}',
    '#endif',
    '',
    '#endif',
  ];
  const begun = `self->position[${layout.firstTicks + clock}]`;
  const end = (ticks: string): string => `${offset === 0 ? '' : `${offset} + `}(${begun} + ${ticks})${period === 1 ? '' : ` * ${period}`}`;
  const columns = outputs.length === 0 ? '(void *)0' : 'columns';
  const call = (where: string, mask: string, ticks: string): string =>
    `  advance(self, ${inputs.length > 0 ? 'inputs, ' : ''}${where}, first, ${mask}, ${end(ticks)});`;
  const first = `  static const int64_t first[${Math.max(1, program.clocks.length)}] = {0};`;
  const source = [
    title,
    `#include "${prefix}.h"`,
    '',
    guards,
    '',
    ...preludeOf(program),
    '',
    ...embeddedData(unit),
    ...advance.functions,
    '',
    `${reset} {`,
    '  double *const S = self->states;',
    '  (void)S;',
    ...[...initial, ...startLines(unit)].map((line) => `  ${line}`),
    '}',
    '',
    `${init} {`,
    ...params.map(({ thing, field }) => `  self->params.${field} = ${realLiteral(thing.value)};`),
    `  ${prefix}_reset(self);`,
    '}',
    '',
    `${step} {`,
    first,
    ...(outputs.length > 0 ? [`  double *const columns[] = {${outputs.map(({ field }) => `&outputs->${field}`).join(', ')}};`] : []),
    call(columns, '0', '1'),
    '}',
    '',
    `${run} {`,
    first,
    call('records', '-1', '(int64_t)ticks'),
    `  return (uint64_t)${begun};`,
    '}',
  ];
  return { header: `${header.join('\n')}\n`, source: `${source.join('\n')}\n` };
}
