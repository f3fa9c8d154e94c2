// Linear least squares for tall thin matrices by Householder QR (Golub and Van Loan, Matrix Computations,
// 4th ed., section 5.3): no normal equations, so no squared condition number.

/**
 * The x that minimises |A x - target|, and target - A x. `columns` are the columns of A, each as long as `target`.
 * Throws RangeError when lengths differ, when there are more columns than rows, or when columns are linearly dependent.
 */
export function solveLeastSquares(
  columns: readonly Float64Array[],
  target: Float64Array,
): { readonly solution: Float64Array; readonly residual: Float64Array } {
  const rows = target.length;
  const count = columns.length;
  if (columns.some((column) => column.length !== rows)) throw new RangeError('columns and target differ in length');
  if (count > rows) throw new RangeError(`${count} unknowns but ${rows} equations`);

  const { triangle, rotated } = triangularize(columns, target);
  const solution = new Float64Array(count);
  for (let k = count - 1; k >= 0; k--) {
    // What is left of a column that the ones before it span is rounding noise.
    const diagonal = triangle[k * count + k]!;
    if (!(Math.abs(diagonal) > 1e-13 * norm(columns[k]!, 0))) throw new RangeError('columns are linearly dependent');
    let value = rotated[k]!;
    for (let j = k + 1; j < count; j++) value -= triangle[k * count + j]! * solution[j]!;
    solution[k] = value / diagonal;
  }
  const residual = Float64Array.from(target);
  for (let j = 0; j < count; j++) {
    const column = columns[j]!;
    const factor = solution[j]!;
    for (let i = 0; i < rows; i++) residual[i] = residual[i]! - factor * column[i]!;
  }
  return { solution, residual };
}

/**
 * R of A = Q R, and Q^T target without the entries that no x can reach: |R x - rotated|^2 differs from |A x - target|^2 by a
 * constant. A may have fewer rows than columns, and dependent ones; columns of zeros cost nothing.
 * @returns `triangle`: row-major, as many rows as A has columns; rows that A lacks are 0
 */
export function triangularize(
  columns: readonly Float64Array[],
  target: Float64Array,
): { readonly triangle: Float64Array; readonly rotated: Float64Array } {
  const count = columns.length;
  const q = columns.map((column) => Float64Array.from(column));
  const turned = Float64Array.from(target);
  const isZero = q.map((column) => column.every((value) => value === 0));
  const triangle = new Float64Array(count * count);
  for (let k = 0; k < Math.min(count, target.length); k++) {
    const column = q[k]!;
    const size = norm(column, k);
    if (size > 0) {
      // Reflect the rest of the column onto its first entry; the sign avoids cancellation, and a first entry of 1 underflow.
      const alpha = column[k]! > 0 ? -size : size;
      const first = column[k]! - alpha;
      column[k] = 1;
      for (let i = k + 1; i < column.length; i++) column[i] = column[i]! / first;
      const scale = first / alpha;
      for (let j = k + 1; j < count; j++) if (!isZero[j]!) reflect(column, scale, q[j]!, k);
      reflect(column, scale, turned, k);
      triangle[k * count + k] = alpha;
    }
    for (let j = k + 1; j < count; j++) triangle[k * count + j] = q[j]![k]!;
  }
  const rotated = new Float64Array(count);
  rotated.set(turned.subarray(0, count));
  return { triangle, rotated };
}

/** y += scale * v (v . y) over the entries from `start`: a reflection when scale = -2 / |v|^2. */
function reflect(v: Float64Array, scale: number, y: Float64Array, start: number): void {
  let dot = 0;
  for (let i = start; i < y.length; i++) dot += v[i]! * y[i]!;
  const factor = scale * dot;
  for (let i = start; i < y.length; i++) y[i] = y[i]! + factor * v[i]!;
}

function norm(values: Float64Array, start: number): number {
  let largest = 0;
  for (let i = start; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = start; i < values.length; i++) sum += (values[i]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}
