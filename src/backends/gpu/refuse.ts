// What a kernel of gpu.js cannot carry: found before anything is emitted, and named with what it is for.

import { argOf, type Expr, type Op } from '../../ir/expr.js';
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
          help,
        );
      }
    }
  }
  const ranges = rangesOf(parts);
  const limited = limitedInts(parts);
  for (const node of kernelNodes) {
    if (node.type === 'int' && !isExact(ranges.get(node)!) && !limited.has(node)) {
      if (node.op === 'state')
        throw new BackendError(`the gpu backend cannot hold the int state '${argOf(node, 'state').name}': ${inexact}`, help);
      throw cannotRun(parts, node, `the int operation '${node.op}'`, inexact);
    }
    if (node.op === 'pow' && !(ranges.get(node.src[0]!)!.low >= 0)) {
      throw cannotRun(parts, node, "'pow'", 'graphics processors raise positive numbers only, and this one is not known to be positive');
    }
  }
}

/**
 * Ints that are only limited further, and serve as indices: rounded or not, one beyond 2^24 is beyond the limit. Where they are not
 * limited in the end, the last of them is used otherwise and is none of these.
 */
function limitedInts({ kernelNodes, program }: Partition): Set<Expr> {
  const limited = new Set(kernelNodes.filter(({ op, type }) => type === 'int' && (op === 'toInt' || limits.has(op))));
  for (const { op, src } of kernelNodes) if (op !== 'load' && !limits.has(op)) for (const operand of src) limited.delete(operand);
  for (const event of program.events) for (const { expr } of rootsOf(event)) limited.delete(expr);
  return limited;
}

const limits: ReadonlySet<Op> = new Set<Op>(['min', 'max']);
const inexact = 'gpu.js has floats only, which hold whole numbers up to 2^24, and this one is not known to stay within';
const help = 'use the backend wasm';
const isExact = ({ low, high }: Range): boolean => low >= -largestExactInt && high <= largestExactInt;

const cannotRun = (parts: Partition, node: Expr, what: string, reason: string): BackendError =>
  new BackendError(`the gpu backend cannot run ${what} for ${purposeOf(parts, node)}: ${reason}`, help);

const tooMany = (name: string, what: string, most: number): BackendError =>
  new BackendError(`the gpu backend cannot run '${name}': it has ${what} that differ from lane to lane, and a kernel takes ${most}`, help);
