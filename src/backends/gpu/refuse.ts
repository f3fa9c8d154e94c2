// What a kernel of gpu.js cannot carry: found before anything is emitted, and named with what it is for.

import type { Expr, Op } from '../../ir/expr.js';
import { rootsOf } from '../../ir/roots.js';
import { BackendError } from '../backend-error.js';
import { largestExactInt, rangesOf, type Range } from './int-range.js';
import { isLiteralValue } from './literals.js';
import { purposeOf, type Partition } from './partition.js';
import { mostNodes } from './scalarize.js';

/** States that a kernel may have: each is a thread of its own that computes all of them. */
export const mostStates = 256;

/** Records that a kernel may write: each takes a slot of every launch. */
export const mostRecords = 1024;

const why: { readonly [K in Op]?: string } = {
  uniform: 'its generator needs true 32-bit integers, which gpu.js has not',
  pow2: 'gpu.js cannot make floats from bits',
  exponent: 'gpu.js cannot look at the bits of floats',
};

/** Throws BackendError for the first thing that the kernel cannot carry. */
export function refuse(parts: Partition): void {
  const { kernelNodes, states, records, program } = parts;
  if (kernelNodes.length > mostNodes) throw tooMany(program.name, `${kernelNodes.length} operations`, mostNodes);
  if (states.length > mostStates) throw tooMany(program.name, `${states.length} states`, mostStates);
  if (records.size > mostRecords) throw tooMany(program.name, `${records.size} records`, mostRecords);
  for (const node of kernelNodes) {
    const reason = why[node.op];
    if (reason !== undefined) throw cannotRun(parts, node, `'${node.op}'`, reason);
  }
  for (const { resets } of program.events) {
    for (const state of resets) {
      if (states.includes(state) && !isLiteralValue(state.init as number)) {
        throw new BackendError(
          `the gpu backend cannot reset the state '${state.name}' to ${state.init as number}: it has no such float`,
          'use the backend wasm',
        );
      }
    }
  }
  const ranges = rangesOf(parts);
  const indices = indicesOf(parts);
  for (const node of kernelNodes) {
    if (node.type === 'int' && !isExact(ranges.get(node)!) && !indices.has(node)) {
      throw cannotRun(
        parts,
        node,
        `the int operation '${node.op}'`,
        'gpu.js has floats only, which hold whole numbers up to 2^24, and this one is not known to stay within',
      );
    }
    if (node.op === 'pow' && !(ranges.get(node.src[0]!)!.low >= 0)) {
      throw cannotRun(parts, node, "'pow'", 'graphics processors raise positive numbers only, and this one is not known to be positive');
    }
  }
}

/** Conversions that serve as indices alone: there what is beyond 2^24 is beyond the array, however it is rounded. */
function indicesOf({ kernelNodes, program }: Partition): Set<Expr> {
  const indices = new Set(kernelNodes.filter(({ op }) => op === 'toInt'));
  for (const { op, src } of kernelNodes) if (op !== 'load') for (const operand of src) indices.delete(operand);
  for (const event of program.events) for (const { expr } of rootsOf(event)) indices.delete(expr);
  return indices;
}

const isExact = ({ low, high }: Range): boolean => low >= -largestExactInt && high <= largestExactInt;

const cannotRun = (parts: Partition, node: Expr, what: string, reason: string): BackendError =>
  new BackendError(`the gpu backend cannot run ${what} for ${purposeOf(parts, node)}: ${reason}`, 'use the backend wasm');

const tooMany = (name: string, what: string, most: number): BackendError =>
  new BackendError(
    `the gpu backend cannot run '${name}': it has ${what} that differ from lane to lane, and a kernel takes ${most}`,
    'use the backend wasm',
  );
