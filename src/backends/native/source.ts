// The parts of an emitted C file around the functions of a Program: includes, checks of what the bits of a
// result rest on, and constant arrays.

import { programNodes } from '../../ir/roots.js';
import type { Program } from '../../ir/program.js';
import { emitChunks } from './emit-chunks.js';
import { emitLoop } from './emit-loop.js';
import { realLiteral } from './ops.js';
import { emitPrelude } from './prelude.js';
import type { Advance, Unit } from './unit.js';

/** Nodes beyond which states are kept in memory and events are split. */
const largestFunction = 4000;

/** One function, or many for a large Program; `chunkNodes` wants many, of about so many nodes. */
export function emitAdvance(unit: Unit, chunkNodes?: number): Advance {
  const { program } = unit;
  const isLarge = chunkNodes !== undefined || programNodes(program).size + program.states.length > largestFunction;
  return isLarge ? emitChunks(unit, chunkNodes) : emitLoop(unit);
}

/** What stands before the first declaration of a file that computes. */
export const guards = `#include <float.h>
#include <string.h>

/*
 * The bits of the results rest on IEEE 754 doubles, one rounding for each operation, in the order written.
 * Compile with -ffp-contract=off and without -ffast-math; on 32-bit x86 also with -msse2 -mfpmath=sse.
 */
#if defined(__FAST_MATH__)
#error "compile without -ffast-math"
#endif
#if !defined(FLT_EVAL_METHOD) || FLT_EVAL_METHOD < 0 || FLT_EVAL_METHOD == 2
#error "doubles have to be computed as doubles: -msse2 -mfpmath=sse"
#endif
#if !defined(__GNUC__) || defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif
typedef char dl_double_has_53_bits[FLT_RADIX == 2 && DBL_MANT_DIG == 53 && DBL_MAX_EXP == 1024 ? 1 : -1];
typedef char dl_double_has_64_bits[sizeof(double) == sizeof(uint64_t) ? 1 : -1];

#define DL_INFINITY (1e300 * 1e300)
#define DL_NAN (DL_INFINITY - DL_INFINITY)`;

/** Functions that the Program's nodes call; `storage` stands before the elementary ones. */
export const preludeOf = (program: Program, storage = 'static'): string[] => emitPrelude(programNodes(program), storage);

/** Constant arrays as part of the file. */
export const embeddedData = ({ data }: Unit): string[] =>
  data.arrays.map((values, i) => `static const double D${i}[${values.length}] = {\n${wrapped(Array.from(values, realLiteral))}\n};`);

function wrapped(items: readonly string[]): string {
  const lines: string[] = [];
  let line = ' ';
  for (const item of items) {
    if (line.length + item.length > 120) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${item},`;
  }
  return [...lines, line].join('\n');
}

/** Statements that put the position of `self` to the start of time. */
export function startLines({ program: { timeline }, layout }: Unit): string[] {
  const edges = timeline.kind === 'merged' ? timeline.edges : [];
  return [
    `for (int32_t i = 0; i < ${layout.positionLength}; i++) self->position[i] = 0;`,
    ...edges.flatMap(({ offset }, i) => (offset === 0 ? [] : [`self->position[${layout.nextEdge + i}] = ${offset};`])),
  ];
}

/** Fields of the struct that holds a run; a struct or an array without elements is not C. */
export function machineFields({ layout }: Unit, { workSize }: Advance): string[] {
  return [
    `  double states[${Math.max(1, layout.size)}];`,
    `  int64_t position[${layout.positionLength}];`,
    ...(workSize > 0 ? [`  double work[${workSize}];`] : []),
  ];
}
