// The gradients that non-smooth operations declare: the derivative of a smooth function of the same input in place of that
// of a staircase, which is 0 nearly everywhere.

import { clip, div, max, min, mul, neg, surrogate, tanh } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';

/**
 * clipped: constant within the range of the operation, 0 outside. straight: constant everywhere (straight-through). tanh: that of
 * a tanh of the same end values and the width as its scale. none: 0.
 */
export const gradientKinds = ['clipped', 'straight', 'tanh', 'none'] as const;
export type GradientKind = (typeof gradientKinds)[number];

/** A decision of the sign of x between -height and height; its slope is height/width around 0. */
export function withSignGradient(value: Expr, x: Expr, height: Expr, width: Expr, kind: GradientKind): Expr {
  const slope = div(x, width);
  switch (kind) {
    case 'clipped':
      return surrogate(value, mul(height, clip(slope, -1, 1)));
    case 'straight':
      return surrogate(value, mul(height, slope));
    case 'tanh':
      return surrogate(value, mul(height, tanh(slope)));
    case 'none':
      return surrogate(value, mul(0, height));
  }
}

/** A staircase of slope 1 within -limit .. limit. */
export function withStaircaseGradient(value: Expr, x: Expr, limit: Expr, kind: GradientKind): Expr {
  switch (kind) {
    case 'clipped':
      return surrogate(value, clip(x, neg(limit), limit));
    case 'straight':
      return surrogate(value, x);
    case 'tanh':
      return surrogate(value, mul(limit, tanh(div(x, limit))));
    case 'none':
      return surrogate(value, mul(0, x));
  }
}

/** Saturation at -limit and limit, through which a straight gradient passes as if there were none. */
export function saturate(x: Expr, limit: Expr, gradient: 'clipped' | 'straight'): Expr {
  const value = min(max(x, neg(limit)), limit);
  return gradient === 'straight' ? surrogate(value, x) : value;
}
