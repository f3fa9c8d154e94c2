// A Program as a C file whose function runs any number of lanes, some together at a time: their values are taken into a
// struct that stays in cache, and the rows of records, which loops over lanes write, are turned into columns on the way out.

import type { Program } from '../../ir/program.js';
import { emitLanes, type LaneShape } from './emit-lanes.js';
import type { RunSource } from './run-source.js';
import { laneMacros, laneMoves } from './lane-moves.js';
import { guards, preludeOf } from './source.js';
import { makeUnit } from './unit.js';

/** Rows of a clock that may begin after a function saw that it must stop: events of a hyperperiod that are written one after the other. */
const rowsAfterStop = 16;
/** Rows that may stand, of rows that are moved in eights, before the first that waits for its line of the cache. */
const rowsWaiting = 16;

/**
 * A C file with one external function, `<prefix>_run`; see node-api.ts. Its arrays: position, params and states as in a
 * Tile, constant arrays, and a column for each lane of each record that takes every row until `end`.
 */
export function emitLanesRun(program: Program, prefix: string, shape: LaneShape): RunSource {
  const { params, clocks, records, states } = program;
  const unit = makeUnit(program, prefix, new Map(), (index) => `self->data[${index}]`);
  const prelude = preludeOf(program, 'static inline DL_INLINE');
  const { functions, fields, varying, written } = emitLanes(unit, shape);
  const { layout } = unit;
  const { arrays } = unit.data;
  const columns = 3 + arrays.length;
  const clockOf = (record: number): number => layout.firstTicks + records[record]!.clock;
  const move = (record: number): string =>
    `move(columns + ${record} * lanes + at, self->r${record}, first[${records[record]!.clock}], from[${records[record]!.clock}], self->position[${clockOf(record)}] - isFull, !isFull, some);`;
  const stateMoves = (name: 'take' | 'give'): string[] =>
    states.map((state, i) => {
      const which = varying.states.has(state) ? 'lanes' : 'same';
      return `    ${name}_${which}(self->s${i}, states + ${layout.offsets.get(state)} * lanes + at, ${Math.max(1, state.length)}, lanes, some);`;
    });
  const source = [
    '#include <stdint.h>',
    '#include <stdlib.h>',
    guards,
    laneMacros,
    `struct ${prefix} {`,
    ...fields.map(({ name, length }) => `  double ${name}[${length}] DL_ALIGNED;`),
    '  double *const *data;',
    `  int64_t position[${layout.positionLength}];`,
    `  int64_t full[${Math.max(1, clocks.length)}];`,
    '};',
    ...prelude,
    ...functions,
    `enum { lanes_together = ${shape.lanes}, rows_kept = ${shape.rows}, rows_between = ${shape.rows - rowsAfterStop - rowsWaiting} };`,
    laneMoves,
    `int ${prefix}_run(double *const *arrays, int64_t end, int64_t lanes);`,
    `int ${prefix}_run(double *const *arrays, int64_t end, int64_t lanes) {`,
    `  char *const memory = malloc(sizeof(struct ${prefix}) + 64);`,
    '  if (!memory) return 0;',
    `  struct ${prefix} *const self = (struct ${prefix} *)(memory + (64 - (uintptr_t)memory % 64));`,
    `  double *const params = arrays[1], *const states = arrays[2], *const *const columns = arrays + ${columns};`,
    '  (void)params; (void)states; (void)columns;',
    `  int64_t first[${Math.max(1, clocks.length)}], from[${Math.max(1, clocks.length)}];`,
    '  (void)first; (void)from;',
    '  memset(self, 0, sizeof *self);',
    '  self->data = arrays + 3;',
    '  for (int64_t at = 0; at < lanes; at += lanes_together) {',
    '    const int64_t some = lanes - at < lanes_together ? lanes - at : lanes_together;',
    `    for (int i = 0; i < ${layout.positionLength}; i++) self->position[i] = (int64_t)arrays[0][i];`,
    `    for (int c = 0; c < ${clocks.length}; c++) {`,
    `      const int64_t begun = self->position[${layout.firstTicks} + c];`,
    '      first[c] = from[c] = begun > 0 ? begun - 1 : 0;',
    '    }',
    ...params.map((_, i) => `    take_lanes(self->p${i}, params + ${i} * lanes + at, 1, lanes, some);`),
    ...stateMoves('take'),
    ...written.map(
      (record) =>
        `    if (self->position[${clockOf(record)}] > 0) take_row(self->r${record}, columns + ${record} * lanes + at, first[${records[record]!.clock}], some);`,
    ),
    '    prepare(self);',
    '    for (int isFull = 1; isFull;) {',
    `      for (int c = 0; c < ${clocks.length}; c++) self->full[c] = from[c] + rows_between;`,
    '      isFull = advance(self, end);',
    ...written.map((record) => `      ${move(record)}`),
    `      for (int c = 0; c < ${clocks.length}; c++) from[c] = self->position[${layout.firstTicks} + c] > 0 ? self->position[${layout.firstTicks} + c] - 1 : 0;`,
    '    }',
    ...stateMoves('give'),
    '  }',
    `  for (int i = 0; i < ${layout.positionLength} && lanes > 0; i++) arrays[0][i] = (double)self->position[i];`,
    '  free(memory);',
    '  return 1;',
    '}',
  ];
  return { source: `${source.join('\n')}\n`, data: arrays, workSize: 0 };
}
