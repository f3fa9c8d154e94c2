// Coordinate search that finishes a quantized design: neighbours on the grid, one coordinate after the other, and pattern search
// along coordinates without a grid (R. Hooke and T. A. Jeeves, "Direct search solution of numerical and statistical problems",
// J. ACM 8 (1961) 212-229, exploratory moves). What was tried in vain is not tried again before something else has changed.

import { permuteIndex } from '../../random/permute-index.js';
import { clampPoint } from './bounds.js';
import { begin } from './begin.js';
import { batchOf, defineMethod } from './define-method.js';
import { wordsOf } from './draw-words.js';
import { findFailure } from './failure.js';
import { MethodError } from './method-error.js';
import type { Method, MethodDraws, MethodState, Problem } from './method.js';
import { pairAt, type PairKind, pairMoves, singleMoves } from './neighbours.js';

interface IntegerSearchState extends MethodState {
  readonly pass: number;
  /** Moves of this pass that are behind: coordinates in their order, then pairs. */
  readonly position: number;
  /** Whether something was lowered in this pass, and whether that or a shorter step gives reason for another. */
  readonly hasLowered: boolean;
  readonly hasChanged: boolean;
  /** How often something was lowered, and by coordinate at which count all of its moves were last in vain; -1: never. */
  readonly lowered: number;
  readonly vainAt: Float64Array;
  /** By coordinate: the direction that last helped, 1 or -1, and without a grid the relative step. */
  readonly directions: Float64Array;
  readonly sizes: Float64Array;
  /** The next pair in the order of pairs, which goes on from pass to pass, and how many were in vain since something was lowered. */
  readonly pair: number;
  readonly vainPairs: number;
}

interface IntegerSearchOptions {
  readonly steps: number | undefined;
  readonly batch: 'fresh' | 'fixed';
  readonly passes: number;
  readonly reach: number;
  readonly pairs: PairKind;
  readonly size: number;
  readonly smallest: number;
}

/** A coordinate whose step had become too small begins again at this multiple of the smallest, once something else has changed. */
const revival = 4;

export const integerSearch = defineMethod({
  name: 'integer_search',
  doc: 'Coordinate search on a grid, to finish a quantized design: keeps each change of a coordinate that lowers the loss.',
  cites:
    'Hooke and Jeeves, Direct search solution of numerical and statistical problems, J. ACM 8 (1961) 212-229, for coordinates without a grid.',
  needs: 'loss',
  options: {
    steps: { kind: 'whole', min: 1, doc: 'Steps at most, each of one coordinate or pair; default: as many as the passes have.' },
    batch: {
      kind: 'choice',
      choices: ['fresh', 'fixed'],
      default: 'fixed',
      doc: '`fixed`: all passes have the batch of number 0; `fresh`: each has its own, pass p the one of number p, from 0, so that the design does not fit the noise of one.',
    },
    passes: { kind: 'whole', default: 10, min: 1, doc: 'Passes over all coordinates at most; the search ends when one changes nothing.' },
    reach: { kind: 'whole', default: 2, min: 1, doc: 'Grid steps that a coordinate is moved at most; the shortest are tried first.' },
    pairs: {
      kind: 'choice',
      choices: ['none', 'swaps', 'all'],
      default: 'none',
      doc: 'Pairs on the grid that a pass tries when no single coordinate has helped: one up and one down, or both each way.',
    },
    size: {
      kind: 'number',
      default: 0.1,
      above: 0,
      doc: 'First step of a coordinate without a grid, relative to its value (to its rate at 0).',
    },
    smallest: { kind: 'number', default: 0.001, above: 0, doc: 'The relative step below which such a coordinate is left alone.' },
  },
  make: (options, draws) => makeIntegerSearch(options, draws),
});

function makeIntegerSearch(options: IntegerSearchOptions, draws: MethodDraws): Method<IntegerSearchState> {
  const { batch, passes, pairs, reach, size, smallest } = options;
  const words = wordsOf('integer_search', draws);
  const pairWords = wordsOf('integer_search pairs', draws);
  const coordinateAt = (pass: number, position: number, n: number): number =>
    permuteIndex(position, n, (round, half) => words(pass, 65536 * round + half)[0]);

  return {
    start: (x, problem) => ({
      ...begin(snapToGrid(clampPoint(x, problem), problem), problem),
      done: x.length === 0,
      pass: 0,
      position: 0,
      hasLowered: false,
      hasChanged: false,
      lowered: 0,
      vainAt: new Float64Array(x.length).fill(-1),
      directions: new Float64Array(x.length).fill(1),
      sizes: new Float64Array(x.length).fill(size),
      pair: 0,
      vainPairs: 0,
    }),

    advance: async (state, problem) => {
      const step = state.step + 1;
      const isLast = step >= (options.steps ?? Infinity);
      let at: IntegerSearchState = { ...state, step };
      if (state.evaluations === 0) at = await renewLoss(at, problem);
      while (at.failure === undefined) {
        const next = skipVain(at, problem);
        if (next.position < countMoves(next, problem)) {
          const tried = next.position < at.x.length ? await trySingle(next, problem) : await tryPair(next, problem);
          return { ...tried, done: isLast };
        }
        if (!next.hasChanged || next.pass + 1 >= passes) return { ...next, done: true };
        at = { ...next, pass: next.pass + 1, position: 0, hasLowered: false, hasChanged: false };
        if (batch === 'fresh') at = await renewLoss(at, problem);
      }
      return at;
    },
  };

  /** The loss on the batch of a pass; what was in vain on another may not be on this. */
  async function renewLoss(state: IntegerSearchState, problem: Problem): Promise<IntegerSearchState> {
    const loss = await problem.loss(state.x, batchOf(batch, state.pass));
    const failure = findFailure(state.step - 1, loss);
    const next = { ...state, loss, evaluations: state.evaluations + 1, vainAt: state.vainAt.map(() => -1), vainPairs: 0 };
    return failure === undefined ? next : { ...next, done: true, failure };
  }

  /** Moves of the pass: pairs only if no coordinate has helped alone, and only those not in vain since the last change. */
  function countMoves({ x, position, hasLowered, vainPairs }: IntegerSearchState, problem: Problem): number {
    const count = countPairs(problem, pairs);
    const isPairLeft = vainPairs < count && (position > x.length || !hasLowered);
    return x.length + (isPairLeft ? count : 0);
  }

  /** The state with the position at the next coordinate that has something to try, or behind all coordinates. */
  function skipVain(state: IntegerSearchState, problem: Problem): IntegerSearchState {
    let { position } = state;
    const n = state.x.length;
    for (; position < n; position++) {
      const i = coordinateAt(state.pass, position, n);
      const isVain = state.vainAt[i] === state.lowered && (problem.grid[i]! > 0 || state.sizes[i]! < smallest);
      if (problem.rate[i]! > 0 && !isVain) break;
    }
    return { ...state, position };
  }

  async function trySingle(state: IntegerSearchState, problem: Problem): Promise<IntegerSearchState> {
    const i = coordinateAt(state.pass, state.position, state.x.length);
    const hasGrid = problem.grid[i]! > 0;
    const relative = state.sizes[i]! < smallest ? revival * smallest : state.sizes[i]!;
    const moves = singleMoves(state.x, i, problem, { direction: state.directions[i]!, reach, relative });
    const tried = await tryMoves(state, moves, problem);
    const next = { ...tried, position: state.position + 1 };
    const [vainAt, directions, sizes] = [state.vainAt, state.directions, state.sizes].map((values) => Float64Array.from(values)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const hasHelped = tried.lowered > state.lowered;
    if (hasHelped) directions[i] = Math.sign(tried.x[i]! - state.x[i]!);
    else vainAt[i] = state.lowered;
    if (!hasGrid) sizes[i] = hasHelped ? Math.min(2 * relative, size) : relative / 2;
    const hasChanged = next.hasChanged || (!hasGrid && sizes[i]! >= smallest);
    return { ...next, vainAt, directions, sizes, hasChanged };
  }

  async function tryPair(state: IntegerSearchState, problem: Problem): Promise<IntegerSearchState> {
    const places = gridded(problem);
    const count = countPairs(problem, pairs);
    const [a, b] = pairAt(permuteIndex(state.pair, count, (round, half) => pairWords(0, 65536 * round + half)[0]));
    const tried = await tryMoves(state, pairMoves(state.x, [places[a]!, places[b]!], problem, pairs), problem);
    const vainPairs = tried.lowered > state.lowered ? 0 : state.vainPairs + 1;
    return { ...tried, position: state.position + 1, pair: (state.pair + 1) % count, vainPairs };
  }

  /** The first of the points whose loss is lower, if any is. */
  async function tryMoves(state: IntegerSearchState, points: Iterable<Float64Array>, problem: Problem): Promise<IntegerSearchState> {
    let { evaluations } = state;
    for (const x of points) {
      const loss = await problem.loss(x, batchOf(batch, state.pass));
      evaluations++;
      if (loss < state.loss) {
        return { ...state, x, loss, evaluations, lowered: state.lowered + 1, vainPairs: 0, hasLowered: true, hasChanged: true };
      }
    }
    return { ...state, evaluations };
  }
}

/** Coordinates that move on a grid. */
const gridded = ({ grid, rate }: Problem): number[] => [...grid.keys()].filter((i) => grid[i]! > 0 && rate[i]! > 0);

function countPairs(problem: Problem, kind: PairKind): number {
  const n = kind === 'none' ? 0 : gridded(problem).length;
  return (n * (n - 1)) / 2;
}

/** The nearest whole multiples of the grid within the bounds. Throws MethodError where there is none. */
function snapToGrid(x: Float64Array, { min, max, grid, rate }: Problem): Float64Array {
  return x.map((value, i) => {
    const spacing = grid[i]!;
    if (spacing === 0 || rate[i] === 0) return value;
    // A bound that is the rounded product of a multiple is within: its quotient may round to either side.
    let [least, most] = [Math.ceil(min[i]! / spacing), Math.floor(max[i]! / spacing)];
    if ((least - 1) * spacing >= min[i]!) least--;
    if ((most + 1) * spacing <= max[i]!) most++;
    if (!(least <= most)) throw new MethodError(`coordinate ${i} has no multiple of ${spacing} between ${min[i]!} and ${max[i]!}`);
    return Math.min(Math.max(Math.round(value / spacing), least), most) * spacing;
  });
}
