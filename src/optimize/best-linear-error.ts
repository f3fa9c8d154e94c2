// What the best linear decoder of this batch leaves of a signal: least squares over the lanes, with the derivative by every
// input of the decoder. The decoder is fitted anew each time, so that its parameters are none of what is learned.

import { remember } from '../numeric/remember.js';

export interface LinearFit {
  /** sqrt(|target - fit|^2 / (lanes - unknowns)): the error that is to be expected in other lanes. */
  readonly error: number;
  /** Of each lane: what is left. */
  readonly residual: Float64Array;
  /** Of each row. */
  readonly taps: Float64Array;
  /** Lanes less unknowns that were used. */
  readonly freedom: number;
}

/** A pivot below this share of its diagonal is of a direction that the others span. */
const dependent = 1e-11;

/**
 * Fits `target` (a value a lane) by a constant and a weighted sum of rows (row r of lane l at `r * lanes + l`). The weights are
 * free (degree = rows - 1 or more), or a polynomial of that degree over the rows. Rows that the others span get no weight of their own.
 */
export function fitLinearly(rows: Float64Array, target: Float64Array, degree: number): LinearFit {
  const lanes = target.length;
  const count = rows.length / lanes;
  const basis = basisOf(`${count} ${Math.min(degree, count - 1)}`);
  const unknowns = basis.length + 1;
  // Columns side by side: a constant, what the basis makes of the rows, and the target.
  const width = unknowns + 1;
  const columns = [new Float64Array(lanes).fill(1), ...basis.map((weights) => sumOfRows(rows, weights, lanes)), target];
  const gram = new Float64Array(width * width);
  for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) gram[i * width + j] = dot(columns[i]!, 0, columns[j]!, 0, lanes);
  const { solution, used } = solveNormal(gram, width);
  const taps = new Float64Array(count);
  for (let k = 1; k < unknowns; k++) {
    const weights = basis[k - 1]!;
    for (let r = 0; r < count; r++) taps[r]! += solution[k]! * weights[r]!;
  }
  const residual = target.slice();
  for (let k = 0; k < unknowns; k++) {
    const factor = solution[k]!;
    const column = columns[k]!;
    if (factor !== 0) for (let lane = 0; lane < lanes; lane++) residual[lane]! -= factor * column[lane]!;
  }
  const freedom = lanes - used;
  return { error: freedom > 0 ? Math.sqrt(dot(residual, 0, residual, 0, lanes) / freedom) : NaN, residual, taps, freedom };
}

/** Orthonormal polynomials over the rows up to a degree; the rows themselves where nothing is left out. */
const basisOf = remember((key: string): readonly Float64Array[] => {
  const [count, degree] = key.split(' ').map(Number) as [number, number];
  if (degree >= count - 1) return Array.from({ length: count }, (_, r) => new Float64Array(count).fill(1, r, r + 1));
  const basis: Float64Array[] = [];
  for (let k = 0; k <= degree; k++) {
    // x times the one before is orthogonal to all but two; twice against rounding.
    const next = Float64Array.from({ length: count }, (_, r) => (k === 0 ? 1 : ((2 * r + 1) / count - 1) * basis[k - 1]![r]!));
    for (const other of [...basis, ...basis]) {
      const part = dot(next, 0, other, 0, count);
      for (let r = 0; r < count; r++) next[r]! -= part * other[r]!;
    }
    const size = Math.sqrt(dot(next, 0, next, 0, count));
    basis.push(next.map((value) => value / size));
  }
  return basis;
});

/** Four rows at a time, each sum in the order of rows. */
function sumOfRows(rows: Float64Array, weights: Float64Array, lanes: number): Float64Array {
  const sums = new Float64Array(lanes);
  let r = weights.findIndex((weight) => weight !== 0);
  for (; r + 3 < weights.length; r += 4) {
    const w0 = weights[r]!;
    const w1 = weights[r + 1]!;
    const w2 = weights[r + 2]!;
    const w3 = weights[r + 3]!;
    if (w1 === 0 && w2 === 0 && w3 === 0) break;
    const start = r * lanes;
    for (let lane = 0, at = start; lane < lanes; lane++, at++) {
      sums[lane] = sums[lane]! + w0 * rows[at]! + w1 * rows[at + lanes]! + w2 * rows[at + 2 * lanes]! + w3 * rows[at + 3 * lanes]!;
    }
  }
  for (; r < weights.length; r++) {
    const weight = weights[r]!;
    if (weight === 0) continue;
    const start = r * lanes;
    for (let lane = 0; lane < lanes; lane++) sums[lane]! += weight * rows[start + lane]!;
  }
  return sums;
}

/** Of `count` entries from a place of each. Four sums at a time: the order is fixed, so are the bits. */
function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    s0 += a[fromA + i]! * b[fromB + i]!;
    s1 += a[fromA + i + 1]! * b[fromB + i + 1]!;
    s2 += a[fromA + i + 2]! * b[fromB + i + 2]!;
    s3 += a[fromA + i + 3]! * b[fromB + i + 3]!;
  }
  for (; i < count; i++) s0 += a[fromA + i]! * b[fromB + i]!;
  return s0 + s1 + (s2 + s3);
}

/**
 * Solves the normal equations whose right side is the last row of `gram` (lower triangle), by Cholesky: in place, with the right side
 * as a last row. Unknowns whose pivot vanishes are 0.
 */
function solveNormal(gram: Float64Array, width: number): { readonly solution: Float64Array; readonly used: number } {
  const unknowns = width - 1;
  let used = 0;
  for (let j = 0; j < unknowns; j++) {
    const row = j * width;
    const diagonal = gram[row + j]!;
    const pivot = diagonal - dot(gram, row, gram, row, j);
    const isUsed = pivot > dependent * diagonal;
    if (isUsed) used++;
    const root = isUsed ? Math.sqrt(pivot) : 0;
    gram[row + j] = root;
    for (let i = j + 1; i < width; i++) {
      const rest = gram[i * width + j]! - dot(gram, i * width, gram, row, j);
      gram[i * width + j] = isUsed ? rest / root : 0;
    }
  }
  const solution = gram.slice(unknowns * width, unknowns * width + unknowns);
  for (let j = unknowns - 1; j >= 0; j--) {
    const root = gram[j * width + j]!;
    solution[j] = root === 0 ? 0 : solution[j]! / root;
    for (let i = 0; i < j; i++) solution[i]! -= gram[j * width + i]! * solution[j]!;
  }
  return { solution, used };
}
