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
  for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) gram[i * width + j] = dot(columns[i]!, columns[j]!);
  const { solution, used } = solveNormal(gram, width);
  const taps = new Float64Array(count);
  basis.forEach((weights, k) => weights.forEach((weight, r) => (taps[r]! += solution[k + 1]! * weight)));
  const residual = target.slice();
  for (let k = 0; k < unknowns; k++) {
    const factor = solution[k]!;
    const column = columns[k]!;
    if (factor !== 0) for (let lane = 0; lane < lanes; lane++) residual[lane]! -= factor * column[lane]!;
  }
  const freedom = lanes - used;
  return { error: freedom > 0 ? Math.sqrt(dot(residual, residual) / freedom) : NaN, residual, taps, freedom };
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
      const part = dot(next, other);
      for (let r = 0; r < count; r++) next[r]! -= part * other[r]!;
    }
    const size = Math.sqrt(dot(next, next));
    basis.push(next.map((value) => value / size));
  }
  return basis;
});

function sumOfRows(rows: Float64Array, weights: Float64Array, lanes: number): Float64Array {
  const sums = new Float64Array(lanes);
  for (let r = 0; r < weights.length; r++) {
    const weight = weights[r]!;
    if (weight === 0) continue;
    const start = r * lanes;
    for (let lane = 0; lane < lanes; lane++) sums[lane]! += weight * rows[start + lane]!;
  }
  return sums;
}

/** Four sums at a time: the order is fixed, so are the bits. */
function dot(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) s0 += a[i]! * b[i]!;
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
    const row = gram.subarray(j * width, j * width + j);
    const diagonal = gram[j * width + j]!;
    const pivot = diagonal - dot(row, row);
    const isUsed = pivot > dependent * diagonal;
    if (isUsed) used++;
    const root = isUsed ? Math.sqrt(pivot) : 0;
    gram[j * width + j] = root;
    for (let i = j + 1; i < width; i++) {
      const rest = gram[i * width + j]! - dot(gram.subarray(i * width, i * width + j), row);
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
