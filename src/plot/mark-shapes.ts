// Shapes of the dots of a scatter figure, as path text: told apart by form as well as by colour, and of about one area.

import { formatNumber } from './svg.js';

/** Corners around (0, 0) for a radius of 1, closed; undefined for the circle. */
const corners: readonly (readonly (readonly [number, number])[] | undefined)[] = [
  undefined,
  [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  [[0, -1.25], [1.15, 0.8], [-1.15, 0.8]],
  [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  [[0, 1.25], [1.15, -0.8], [-1.15, -0.8]],
  [[-0.45, -1.2], [0.45, -1.2], [0.45, -0.45], [1.2, -0.45], [1.2, 0.45], [0.45, 0.45], [0.45, 1.2], [-0.45, 1.2], [-0.45, 0.45], [-1.2, 0.45], [-1.2, -0.45], [-0.45, -0.45]],
]; // prettier-ignore

export const shapeCount = corners.length;

/** Path text of the shape with this index (repeats after `shapeCount`) around (x, y). */
export function markPath(shape: number, x: number, y: number, radius: number): string {
  const polygon = corners[shape % shapeCount];
  if (polygon !== undefined)
    return `M${polygon.map(([dx, dy]) => `${formatNumber(x + radius * dx)} ${formatNumber(y + radius * dy)}`).join('L')}z`;
  const arc = (sign: 1 | -1): string => `a${formatNumber(radius)} ${formatNumber(radius)} 0 1 0 ${formatNumber(2 * sign * radius)} 0`;
  return `M${formatNumber(x - radius)} ${formatNumber(y)}${arc(1)}${arc(-1)}z`;
}
