// Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 4th ed.,
// section 8.5): as accurate as the matrix allows, and the same bits everywhere since only square roots are taken. For tens to a
// few hundreds of rows.

import { allFinite } from './all-finite.js';

/** Sweeps at most; convergence is quadratic, and matrices of hundreds of rows take about ten. */
const mostSweeps = 60;

/**
 * A = V diag(values) V^T of an n by n symmetric matrix, row-major; only its upper triangle is read.
 * @returns `values` in ascending order; `vectors`, row-major: column k is the k-th one, of length 1, its largest entry positive
 * Throws RangeError when entries are not finite.
 */
export function decomposeSymmetric(matrix: Float64Array, n: number): { readonly values: Float64Array; readonly vectors: Float64Array } {
  const a = Float64Array.from(matrix);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i]!;
  if (!allFinite(a)) throw new RangeError('the matrix has entries that are not finite');
  // Row k holds the k-th vector, so that a rotation walks along rows.
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  for (let sweep = 0, isDiagonal = false; sweep < mostSweeps && !isDiagonal; sweep++) {
    isDiagonal = true;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) if (rotate(a, rows, n, p, q)) isDiagonal = false;
  }

  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => a[i * n + i]! - a[j * n + j]! || i - j);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    const vector = rows.subarray(from * n, (from + 1) * n);
    const lead = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    for (let i = 0; i < n; i++) vectors[i * n + to] = lead < 0 ? -vector[i]! : vector[i]!;
  });
  return { values: Float64Array.from(order, (k) => a[k * n + k]!), vectors };
}

/** Makes entry (p, q) 0 by a rotation of both rows and columns; false if it is 0 beside the diagonal already. */
function rotate(a: Float64Array, rows: Float64Array, n: number, p: number, q: number): boolean {
  const [app, aqq, apq] = [a[p * n + p]!, a[q * n + q]!, a[p * n + q]!];
  if (apq === 0) return false;
  if (Math.abs(apq) <= 0.5 * Number.EPSILON * Math.min(Math.abs(app), Math.abs(aqq))) {
    a[p * n + q] = a[q * n + p] = 0;
    return false;
  }
  // t is the smaller root of t^2 + 2 tau t - 1 = 0: the angle is at most 45 degrees.
  const tau = (aqq - app) / (2 * apq);
  const t = Math.abs(tau) > 1e150 ? 0.5 / tau : (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    if (k === p || k === q) continue;
    const [akp, akq] = [a[p * n + k]!, a[q * n + k]!];
    a[p * n + k] = a[k * n + p] = c * akp - s * akq;
    a[q * n + k] = a[k * n + q] = s * akp + c * akq;
  }
  a[p * n + p] = app - t * apq;
  a[q * n + q] = aqq + t * apq;
  a[p * n + q] = a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    const [vp, vq] = [rows[p * n + k]!, rows[q * n + k]!];
    rows[p * n + k] = c * vp - s * vq;
    rows[q * n + k] = s * vp + c * vq;
  }
  return true;
}
