// Tables of exp(-2*pi*i*k/n), each entry from its own sine and cosine of an angle below pi/4: errors stay
// at half an ulp instead of growing along a recurrence, and the table has the circle's exact symmetry.

export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** cos and sin of 2*pi*k/n for 0 <= k < n, by reflecting k/n into the first octant in integer arithmetic. */
function cosSin(k: number, n: number): [number, number] {
  // 8k/n counts octants; `rest` stays an integer, so no reflection rounds.
  const octant = Math.floor((8 * k) / n);
  const angle = (numerator: number) => (Math.PI * numerator) / (4 * n);
  const rest = 8 * k - octant * n;
  const a = octant % 2 === 0 ? angle(rest) : angle(n - rest);
  const c = Math.cos(a);
  const s = Math.sin(a);
  switch (octant) {
    case 0:
      return [c, s];
    case 1:
      return [s, c];
    case 2:
      return [-s, c];
    case 3:
      return [-c, s];
    case 4:
      return [-c, -s];
    case 5:
      return [-s, -c];
    case 6:
      return [s, -c];
    default:
      return [c, -s];
  }
}

/** exp(-2*pi*i*k/n) for k = 0 .. count-1, count <= n < 2^50. */
export function rootsOfUnity(n: number, count = n): ComplexArray {
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const [c, s] = cosSin(k, n);
    re[k] = c;
    im[k] = -s;
  }
  return { re, im };
}
