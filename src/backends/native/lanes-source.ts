// A Program as a C file whose function runs any number of lanes, some together at a time: their values are taken into a
// struct that stays in cache, and the rows of records, which loops over lanes write, are turned into columns on the way out.

import type { Program } from '../../ir/program.js';
import { emitLanes, type LaneShape } from './emit-lanes.js';
import type { RunSource } from './run-source.js';
import { guards, preludeOf } from './source.js';
import { makeUnit } from './unit.js';

/** Rows of a clock that may begin after a function saw that it must stop: events of a hyperperiod that are written one after the other. */
const rowsAfterStop = 16;
/** Rows that are moved to the columns together: a line of the cache. */
const rowsTogether = 8;

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
    ...fields.map(({ name, length }) => `  DL_ALIGNED double ${name}[${length}];`),
    '  double *const *data;',
    `  int64_t position[${layout.positionLength}];`,
    `  int64_t full[${Math.max(1, clocks.length)}];`,
    '};',
    ...prelude,
    ...functions,
    `enum { lanes_together = ${shape.lanes}, rows_kept = ${shape.rows}, rows_between = ${shape.rows - rowsAfterStop - rowsTogether} };`,
    moves,
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

const laneMacros = `#if defined(__clang__)
#define DL_LANES _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define DL_LANES _Pragma("GCC ivdep")
/* Flags of the processor, which nobody reads here, are no reason not to compute both arms of a choice. */
#pragma GCC optimize("no-trapping-math")
#else
#define DL_LANES
#endif
#if defined(__GNUC__)
#define DL_ALIGNED __attribute__((aligned(64)))
#define DL_INLINE __attribute__((always_inline))
#else
#define DL_ALIGNED
#define DL_INLINE
#endif`;

/**
 * Values between the caller's memory and the struct, where lanes are fewer: those that are not there are the first again.
 *
 * Rows become columns in blocks of 8 lanes and 8 rows, each 8 rows one line of the cache that is written whole and, where
 * the processor can, past the cache: nothing is read to be overwritten. Blocks begin where lines of the column do, so what
 * is begun of a line waits for the rest.
 */
const moves = `static void take_lanes(double *restrict to, const double *restrict from, int64_t count, int64_t lanes, int64_t some) {
  for (int64_t i = 0; i < count; i++) for (int64_t l = 0; l < lanes_together; l++) to[i * lanes_together + l] = from[i * lanes + (l < some ? l : 0)];
}
static void give_lanes(const double *restrict from, double *restrict to, int64_t count, int64_t lanes, int64_t some) {
  for (int64_t i = 0; i < count; i++) for (int64_t l = 0; l < some; l++) to[i * lanes + l] = from[i * lanes_together + l];
}
static void take_same(double *restrict to, const double *restrict from, int64_t count, int64_t lanes, int64_t some) {
  (void)some;
  for (int64_t i = 0; i < count; i++) to[i] = from[i * lanes];
}
static void give_same(const double *restrict from, double *restrict to, int64_t count, int64_t lanes, int64_t some) {
  for (int64_t i = 0; i < count; i++) for (int64_t l = 0; l < some; l++) to[i * lanes + l] = from[i];
}
/* Where a row stands among those that are kept. */
static inline int64_t row_of(int64_t row) { return (row & (rows_kept - 1)) * lanes_together; }
static void take_row(double *restrict rows, double *const *columns, int64_t row, int64_t some) {
  for (int64_t l = 0; l < some; l++) rows[row_of(row) + l] = columns[l][row];
}
#if defined(__AVX512F__) && defined(__GNUC__) && !defined(__clang__)
typedef double dl_line __attribute__((vector_size(64)));
typedef int64_t dl_order __attribute__((vector_size(64)));
#define DL_PICK(a, b, ...) __builtin_shuffle(a, b, (dl_order){__VA_ARGS__})
#define DL_EVEN(a, b) DL_PICK(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define DL_ODD(a, b) DL_PICK(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#define DL_EVEN2(a, b) DL_PICK(a, b, 0, 1, 4, 5, 8, 9, 12, 13)
#define DL_ODD2(a, b) DL_PICK(a, b, 2, 3, 6, 7, 10, 11, 14, 15)
static inline void move_block(double *const *columns, const double *rows, int64_t row) {
  dl_line r[8];
  for (int i = 0; i < 8; i++) r[i] = *(const dl_line *)(rows + row_of(row + i));
  for (int odd = 0; odd < 2; odd++) {
    dl_line pair[4];
    for (int i = 0; i < 4; i++) pair[i] = odd ? DL_ODD(r[2 * i], r[2 * i + 1]) : DL_EVEN(r[2 * i], r[2 * i + 1]);
    for (int half = 0; half < 2; half++) {
      const dl_line a = half ? DL_ODD2(pair[0], pair[1]) : DL_EVEN2(pair[0], pair[1]);
      const dl_line b = half ? DL_ODD2(pair[2], pair[3]) : DL_EVEN2(pair[2], pair[3]);
      __builtin_ia32_movntpd512(columns[2 * half + odd] + row, DL_EVEN2(a, b));
      __builtin_ia32_movntpd512(columns[4 + 2 * half + odd] + row, DL_ODD2(a, b));
    }
  }
}
#define DL_FENCE __builtin_ia32_sfence()
#else
static inline void move_block(double *const *columns, const double *rows, int64_t row) {
  double turned[8][8];
  for (int i = 0; i < 8; i++) for (int l = 0; l < 8; l++) turned[l][i] = rows[row_of(row + i) + l];
  for (int l = 0; l < 8; l++) memcpy(columns[l] + row, turned[l], sizeof turned[l]);
}
#define DL_FENCE
#endif
/* Where the line of a column begins that a row stands in. */
static int64_t line_of(const double *column, int64_t row) {
  return row - (int64_t)(((uintptr_t)column / sizeof(double) + (uintptr_t)row) % 8);
}
/* Rows from .. to - 1 are complete now, and those before were before; all of them are written where it is the end. */
static void move(double *const *columns, const double *rows, int64_t first, int64_t from, int64_t to, int isEnd, int64_t some) {
  for (int64_t l = 0; l < some; l += 8) {
    const int64_t count = some - l < 8 ? some - l : 8;
    int isAligned = count == 8;
    for (int64_t i = 1; i < count; i++) isAligned &= line_of(columns[l + i], first) == line_of(columns[l], first);
    int64_t row = line_of(columns[l], from), stop = isEnd ? to : line_of(columns[l], to);
    if (row < first) row = first;
    while (row < stop) {
      if (isAligned && row + 8 <= stop && row == line_of(columns[l], row)) {
        move_block(columns + l, rows + l, row);
        row += 8;
      } else {
        for (int64_t i = 0; i < count; i++) columns[l + i][row] = rows[row_of(row) + l + i];
        row++;
      }
    }
  }
  DL_FENCE;
}`;
