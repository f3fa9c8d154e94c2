// Physical dimensions: exponent vectors over volt, ampere, second, kelvin, metre and decibel, and the names of
// the common ones. The decibel is a base of its own, so a level in dB never passes for a plain ratio.
// Scale (milli, kilo) is no part of a dimension.

/** Exponents of the base units; 0 where a base does not take part. Frozen. */
export interface Dimension {
  readonly V: number;
  readonly A: number;
  readonly s: number;
  readonly K: number;
  readonly m: number;
  readonly dB: number;
}

const bases = ['V', 'A', 's', 'K', 'm', 'dB'] as const satisfies readonly (keyof Dimension)[];

function dimension(exponents: Partial<Dimension>): Dimension {
  return Object.freeze({ V: 0, A: 0, s: 0, K: 0, m: 0, dB: 0, ...exponents });
}

/** The dimension of plain numbers. */
export const none: Dimension = dimension({});

/** Dimensions with a name of their own, by the spelling that `printDimension` gives. */
export const namedDimensions: ReadonlyMap<string, Dimension> = new Map([
  ['V', dimension({ V: 1 })],
  ['A', dimension({ A: 1 })],
  ['s', dimension({ s: 1 })],
  ['K', dimension({ K: 1 })],
  ['m', dimension({ m: 1 })],
  ['dB', dimension({ dB: 1 })],
  ['Hz', dimension({ s: -1 })],
  ['F', dimension({ A: 1, s: 1, V: -1 })],
  ['H', dimension({ V: 1, s: 1, A: -1 })],
  ['ohm', dimension({ V: 1, A: -1 })],
  ['S', dimension({ A: 1, V: -1 })],
  ['C', dimension({ A: 1, s: 1 })],
  ['W', dimension({ V: 1, A: 1 })],
  ['J', dimension({ V: 1, A: 1, s: 1 })],
]);

export function multiplyDimensions(a: Dimension, b: Dimension): Dimension {
  return dimension({ V: a.V + b.V, A: a.A + b.A, s: a.s + b.s, K: a.K + b.K, m: a.m + b.m, dB: a.dB + b.dB });
}

export function divideDimensions(a: Dimension, b: Dimension): Dimension {
  return multiplyDimensions(a, powerDimension(b, -1));
}

/** `n` may be a fraction: the square root is `powerDimension(d, 0.5)`. */
export function powerDimension(d: Dimension, n: number): Dimension {
  // `+ 0` turns -0 into 0.
  return dimension({ V: d.V * n + 0, A: d.A * n + 0, s: d.s * n + 0, K: d.K * n + 0, m: d.m * n + 0, dB: d.dB * n + 0 });
}

export function sameDimension(a: Dimension, b: Dimension): boolean {
  return bases.every((base) => a[base] === b[base]);
}

/** The canonical name (`Hz`, `V/s`, `V^2*s`; '' for plain numbers), which `parseUnit` reads back. */
export function printDimension(d: Dimension): string {
  if (sameDimension(d, none)) return '';
  for (const [name, named] of namedDimensions) if (sameDimension(d, named)) return name;
  // By length, area or volume: F/m^2 rather than A*s/V/m^2.
  const perMetre = { ...d, m: 0 };
  for (const [name, named] of namedDimensions) {
    if (d.m === 0 || bases.filter((base) => named[base] !== 0).length === 1 || !sameDimension(perMetre, named)) continue;
    const power = Math.abs(d.m) === 1 ? 'm' : `m^${Math.abs(d.m)}`;
    return `${name}${d.m > 0 ? '*' : '/'}${power}`;
  }
  const factor = (base: keyof Dimension) => (Math.abs(d[base]) === 1 ? base : `${base}^${Math.abs(d[base])}`);
  const above = bases.filter((base) => d[base] > 0).map(factor);
  const below = bases.filter((base) => d[base] < 0).map((base) => `/${factor(base)}`);
  return (above.join('*') || '1') + below.join('');
}
