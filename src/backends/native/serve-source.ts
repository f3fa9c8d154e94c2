// A Program as a C file whose function serves runs over standard input and output: what the native backend
// compiles. Parameters and constant arrays come with each request, so one executable serves every recording.
//
// All fields are 8 bytes in the machine's own order. Request: end, F of each clock, rows of each record,
// position (int64); params, states, the first row of each record, constant arrays (double).
// Answer: nanoseconds, position (int64); states, then the rows of each record up to its clock's last tick (double).

import type { Program } from '../../ir/program.js';
import { emitAdvance, guards, machineFields, preludeOf } from './source.js';
import { makeUnit } from './unit.js';

export interface ServeSource {
  readonly source: string;
  /** Constant arrays, in the order of the request. */
  readonly data: readonly Float64Array[];
}

/** A C file with one external function, `int <prefix>_serve(void)`, that answers requests until its input ends; for `chunkNodes` see emitAdvance. */
export function emitServe(program: Program, prefix: string, chunkNodes?: number): ServeSource {
  const { params, records, clocks } = program;
  const unit = makeUnit(
    { ...program, params: params.map(({ name, value, unit }) => ({ name, value, unit })) },
    prefix,
    new Map(params.map(({ name }, i) => [name, `self->params[${i}]`])),
  );
  const prelude = preludeOf(program);
  const advance = emitAdvance(unit, chunkNodes);
  const { arrays } = unit.data;
  const { positionLength, size, firstTicks } = unit.layout;
  const recordClocks = records.map(({ clock }) => clock);
  const source = [
    '#define _POSIX_C_SOURCE 199309L',
    '#include <signal.h>',
    '#include <stdint.h>',
    '#include <stdio.h>',
    '#include <stdlib.h>',
    '#include <time.h>',
    guards,
    `struct ${prefix} {`,
    `  double params[${Math.max(1, params.length)}];`,
    ...machineFields(unit, advance),
    '};',
    ...arrays.map((_, i) => `static double *D${i};`),
    ...prelude,
    ...advance.functions,
    transfers,
    `int ${prefix}_serve(void);`,
    `int ${prefix}_serve(void) {`,
    `  static struct ${prefix} self;`,
    `  static int64_t first[${Math.max(1, clocks.length)}], rows[${Math.max(1, records.length)}];`,
    `  static const int clocks[${Math.max(1, records.length)}] = {${recordClocks.length === 0 ? '0' : recordClocks.join(',')}};`,
    `  static double *columns[${Math.max(1, records.length)}];`,
    '  int64_t end;',
    '  signal(SIGINT, SIG_IGN); /* the caller ends a run between requests */',
    '  while (fread(&end, sizeof end, 1, stdin) == 1) {',
    `    take(first, ${clocks.length});`,
    `    take(rows, ${records.length});`,
    `    take(self.position, ${positionLength});`,
    `    take(self.params, ${params.length});`,
    `    take(self.states, ${size});`,
    `    for (int i = 0; i < ${records.length}; i++) {`,
    '      columns[i] = reserve(columns[i], rows[i]);',
    '      memset(columns[i], 0, (size_t)rows[i] * sizeof(double)); /* pages are there before the clock runs */',
    '      take(columns[i], 1);',
    '    }',
    ...arrays.flatMap(({ length }, i) => [`    D${i} = reserve(D${i}, ${length});`, `    take(D${i}, ${length});`]),
    '    struct timespec from, to;',
    '    clock_gettime(CLOCK_MONOTONIC, &from);',
    '    advance(&self, columns, first, -1, end);',
    '    clock_gettime(CLOCK_MONOTONIC, &to);',
    '    int64_t ns = (int64_t)(to.tv_sec - from.tv_sec) * 1000000000 + (to.tv_nsec - from.tv_nsec);',
    '    give(&ns, 1);',
    `    give(self.position, ${positionLength});`,
    `    give(self.states, ${size});`,
    `    for (int i = 0; i < ${records.length}; i++) give(columns[i], self.position[${firstTicks} + clocks[i]] - first[clocks[i]]);`,
    '    if (fflush(stdout)) exit(3);',
    '  }',
    '  return 0;',
    '}',
  ];
  return { source: `${source.join('\n')}\n`, data: arrays };
}

/** The file that chooses among the functions of several Programs by the number that is its argument. */
export function emitServeMain(prefixes: readonly string[]): string {
  return [
    '#include <stdlib.h>',
    ...prefixes.map((prefix) => `int ${prefix}_serve(void);`),
    'int main(int argc, char **argv) {',
    '  switch (argc == 2 ? atoi(argv[1]) : -1) {',
    ...prefixes.map((prefix, i) => `    case ${i}: return ${prefix}_serve();`),
    '    default: return 2;',
    '  }',
    '}',
    '',
  ].join('\n');
}

const transfers = `static void take(void *to, int64_t count) {
  if (count > 0 && fread(to, 8, (size_t)count, stdin) != (size_t)count) exit(3);
}
static void give(const void *from, int64_t count) {
  if (count > 0 && fwrite(from, 8, (size_t)count, stdout) != (size_t)count) exit(3);
}
static double *reserve(double *old, int64_t count) {
  double *memory = realloc(old, (size_t)(count > 0 ? count : 1) * sizeof(double));
  if (!memory) exit(4);
  return memory;
}`;
