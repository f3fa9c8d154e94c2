// What threads that share out the lanes of a gradient tell each other: inputs, values, their cotangents and gradients of
// all lanes, in memory that all of them see.

import { makeColumns, rowsBefore } from '../../simulate/recording.js';
import type { BatchCotangents, BatchValues, LaneInputs } from '../batch-gradient.js';
import type { GradientPlan } from '../gradient-plan.js';
import { lanesPerSum, sumCount, type LanesGradient, type LanesGradients } from '../lanes-gradient.js';
import type { Task } from './thread-signals.js';

/** Layouts are those of BatchGradient and LanesGradient. */
export interface GradientMemory {
  readonly lanes: number;
  readonly prepared: Float64Array;
  /** Seed and first lane of the noise. */
  readonly noise: Float64Array;
  readonly perLane: readonly Float64Array[];
  readonly sequences: readonly Float64Array[];
  readonly values: BatchValues;
  readonly cotangents: BatchCotangents;
  readonly gradients: LanesGradients;
  /** Number of the final whose derivatives are wanted, and these derivatives. */
  readonly final: Float64Array;
  readonly jacobian: Float64Array;
}

/** Lanes that one thread has: whole sums of them, but for the last. */
export interface LaneShare {
  readonly first: number;
  readonly count: number;
}

const allocate = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length));

/** Throws NetlistError DL506 where the rows take too much memory. */
export function allocateMemory({ program, prepared, perLane, finals, sources, end }: GradientPlan, lanes: number): GradientMemory {
  const rowCounts = rowsBefore(program, end).map((count) => count * lanes);
  const valuesOf = (): BatchValues => ({
    finals: finals.map(() => allocate(lanes)),
    rows: makeColumns(rowCounts, 1, allocate).map(([column]) => column!),
  });
  const initial = new Map(program.params.map(({ name, value }) => [name, value]));
  return {
    lanes,
    prepared: allocate(prepared.length),
    noise: allocate(2),
    perLane: perLane.map((name) => allocate(lanes).fill(initial.get(name) ?? 0)),
    sequences: sources.map(({ length }) => allocate(length * lanes)),
    values: valuesOf(),
    cotangents: valuesOf(),
    gradients: {
      sums: allocate(sumCount(lanes) * prepared.length),
      perLane: perLane.map(() => allocate(lanes)),
      sequences: sources.map(({ length }) => allocate(length * lanes)),
    },
    final: allocate(1),
    jacobian: allocate(prepared.length * lanes),
  };
}

/** Shares of at most so many threads, none of them empty; the first is none of the larger ones. */
export function shareLanes(lanes: number, threads: number): LaneShare[] {
  const sums = sumCount(lanes);
  const shares = Math.min(threads, sums);
  const begin = (share: number): number => Math.min(lanes, Math.floor((share * sums) / shares) * lanesPerSum);
  return Array.from({ length: shares }, (_, share) => ({ first: begin(share), count: begin(share + 1) - begin(share) }));
}

export function giveInputs(memory: GradientMemory, prepared: Float64Array, inputs: LaneInputs): void {
  const { perLane = [], sequences = [], seed = 0, firstLane = 0 } = inputs;
  memory.prepared.set(prepared);
  memory.noise.set([seed, firstLane]);
  perLane.forEach((values, i) => memory.perLane[i]!.set(values));
  memory.sequences.forEach((array, i) => (sequences[i] === undefined ? array.fill(0) : array.set(sequences[i])));
}

export function giveCotangents({ cotangents }: GradientMemory, { finals, rows }: BatchCotangents): void {
  finals.forEach((values, i) => cotangents.finals[i]!.set(values));
  rows.forEach((values, i) => cotangents.rows[i]!.set(values));
}

/** Runs a share's part of a task, of which the memory has what is given and gets what comes out. */
export const runTask: { readonly [K in Task]: (memory: GradientMemory, share: LaneShare, gradient: LanesGradient) => void } = {
  forward: runForward,
  backward: runBackward,
  jacobian: (memory, share, gradient) => putLanes(memory, share, gradient.jacobian(memory.final[0]!), memory.jacobian),
};

function runForward(memory: GradientMemory, share: LaneShare, gradient: LanesGradient): void {
  const { prepared, noise, perLane, sequences, values } = memory;
  const { finals, rows } = gradient.forward(prepared, {
    perLane: perLane.map((all) => pickLanes(memory, share, all)),
    sequences: sequences.map((all) => pickLanes(memory, share, all)),
    seed: noise[0]!,
    firstLane: noise[1]! + share.first,
  });
  finals.forEach((some, i) => putLanes(memory, share, some, values.finals[i]!));
  rows.forEach((some, i) => putLanes(memory, share, some, values.rows[i]!));
}

function runBackward(memory: GradientMemory, share: LaneShare, gradient: LanesGradient): void {
  const { cotangents, gradients, prepared } = memory;
  const pick = (all: Float64Array): Float64Array => pickLanes(memory, share, all);
  const { sums, perLane, sequences } = gradient.backward({ finals: cotangents.finals.map(pick), rows: cotangents.rows.map(pick) });
  gradients.sums.set(sums, (share.first / lanesPerSum) * prepared.length);
  perLane.forEach((some, i) => putLanes(memory, share, some, gradients.perLane[i]!));
  sequences.forEach((some, i) => putLanes(memory, share, some, gradients.sequences[i]!));
}

/** Values of a share's lanes: of element k of lane l at `k * lanes + l`. */
function pickLanes({ lanes }: GradientMemory, { first, count }: LaneShare, all: Float64Array): Float64Array {
  if (all.length === lanes) return all.subarray(first, first + count);
  const some = new Float64Array((all.length / lanes) * count);
  for (let from = first, to = 0; from < all.length; from += lanes, to += count) some.set(all.subarray(from, from + count), to);
  return some;
}

function putLanes({ lanes }: GradientMemory, { first, count }: LaneShare, some: Float64Array, all: Float64Array): void {
  for (let from = 0, to = first; to < all.length; from += count, to += lanes) all.set(some.subarray(from, from + count), to);
}
