// A Program as a C file of the library that the native backend compiles. The function runs on the caller's memory;
// parameters and constant arrays come with each call, so one library serves every recording.

import type { Program } from '../../ir/program.js';
import { emitAdvance, guards, preludeOf } from './source.js';
import { makeUnit } from './unit.js';

export interface RunSource {
  readonly source: string;
  /** Constant arrays, in the order in which a call gives them. */
  readonly data: readonly Float64Array[];
  /** Doubles of work space that a call gives. */
  readonly workSize: number;
}

/**
 * A C file with one external function, `<prefix>_run`; see node-api.ts. Its arrays: position, params, states, work space,
 * constant arrays, and a column for each record that takes every row until `end`. For `chunkNodes` see emitAdvance.
 */
export function emitRun(program: Program, prefix: string, chunkNodes?: number): RunSource {
  const { params, clocks } = program;
  const unit = makeUnit(
    { ...program, params: params.map(({ name, value, unit }) => ({ name, value, unit })) },
    prefix,
    new Map(params.map(({ name }, i) => [name, `self->params[${i}]`])),
    (index) => `self->data[${index}]`,
  );
  const prelude = preludeOf(program);
  const advance = emitAdvance(unit, chunkNodes);
  const { arrays } = unit.data;
  const { positionLength } = unit.layout;
  const source = [
    '#include <stdint.h>',
    guards,
    `struct ${prefix} {`,
    '  const double *params;',
    '  double *states;',
    '  double *work;',
    '  double *const *data;',
    `  int64_t position[${positionLength}];`,
    '};',
    ...prelude,
    ...advance.functions,
    `int ${prefix}_run(double *const *arrays, int64_t end, int64_t lanes);`,
    `int ${prefix}_run(double *const *arrays, int64_t end, int64_t lanes) {`,
    `  static const int64_t first[${Math.max(1, clocks.length)}] = {0};`,
    `  struct ${prefix} self = {arrays[1], arrays[2], arrays[3], arrays + 4, {0}};`,
    '  (void)lanes;',
    `  for (int32_t i = 0; i < ${positionLength}; i++) self.position[i] = (int64_t)arrays[0][i];`,
    `  advance(&self, arrays + ${4 + arrays.length}, first, -1, end);`,
    `  for (int32_t i = 0; i < ${positionLength}; i++) arrays[0][i] = (double)self.position[i];`,
    '  return 1;',
    '}',
  ];
  return { source: `${source.join('\n')}\n`, data: arrays, workSize: advance.workSize };
}
