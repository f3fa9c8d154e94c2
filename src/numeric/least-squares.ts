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

  const q = columns.map((column) => Float64Array.from(column));
  const rotated = Float64Array.from(target);
  const diagonal = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const column = q[k]!;
    const size = norm(column, k);
    // What is left of a column that the ones before it span is rounding noise.
    if (!(size > 1e-13 * norm(columns[k]!, 0))) throw new RangeError('columns are linearly dependent');
    // Reflect the rest of the column onto its first entry; the sign avoids cancellation.
    const alpha = column[k]! > 0 ? -size : size;
    column[k] = column[k]! - alpha;
    const scale = 1 / (alpha * column[k]!);
    for (let j = k + 1; j < count; j++) reflect(column, scale, q[j]!, k);
    reflect(column, scale, rotated, k);
    diagonal[k] = alpha;
  }

  const solution = new Float64Array(count);
  for (let k = count - 1; k >= 0; k--) {
    let value = rotated[k]!;
    for (let j = k + 1; j < count; j++) value -= q[j]![k]! * solution[j]!;
    solution[k] = value / diagonal[k]!;
  }
  const residual = Float64Array.from(target);
  for (let j = 0; j < count; j++) {
    const column = columns[j]!;
    const factor = solution[j]!;
    for (let i = 0; i < rows; i++) residual[i] = residual[i]! - factor * column[i]!;
  }
  return { solution, residual };
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
