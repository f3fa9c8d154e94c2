// The Kaiser window, the near-optimal taper of a sinc (Kaiser and Schafer, IEEE Trans. ASSP 28, 1980).

/** I0(beta * sqrt(1 - x^2)) / I0(beta) for -1 < x < 1, and 0 outside. */
export function kaiser(x: number, beta: number): number {
  const inside = 1 - x * x;
  return inside > 0 ? besselI0(beta * Math.sqrt(inside)) / besselI0(beta) : 0;
}

/** Modified Bessel function of the first kind, order 0, by its power series (all terms positive). */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
