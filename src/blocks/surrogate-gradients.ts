// The gradients that non-smooth operations declare: the derivative of a smooth function of the same input in place of that
// of a staircase, which is 0 nearly everywhere.

import { add, clip, div, mul, neg, surrogate, tanh, type Operand } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { choice } from './define.js';

/**
 * clipped: constant within the range of the operation, 0 outside. straight: constant everywhere (straight-through). tanh: that of
 * a tanh of the same end values and the width as its scale. none: 0.
 */
export const gradientKinds = ['clipped', 'straight', 'tanh', 'none'] as const;
export type GradientKind = (typeof gradientKinds)[number];

export const gradientParam = choice(
  gradientKinds,
  'clipped',
  'Gradient for optimizing; runs do not see it. `clipped`: constant within the range, 0 outside; `straight`: constant everywhere; `tanh`: that of a tanh; `none`: 0.',
);

/** The gradient of a saturation outside its range: none, or as if there were no limits. */
export const saturationGradients = ['clipped', 'straight'] as const;
export type SaturationGradient = (typeof saturationGradients)[number];
export const saturationGradientParam = choice(
  saturationGradients,
  'clipped',
  'Gradient of the saturation outside its range, for optimizing: `clipped` is 0, `straight` passes as if there were none.',
);

/** A bit that is 1 where x is above 0; its slope is 1/(2*width) around there, from 0 to 1 within -width .. width. */
export function withDecisionGradient(decision: Expr, x: Expr, width: Operand, kind: GradientKind): Expr {
  const slope = div(x, width);
  const rise = (sign: Expr): Expr => surrogate(decision, mul(0.5, add(1, sign)));
  switch (kind) {
    case 'clipped':
      return rise(clip(slope, -1, 1));
    case 'straight':
      return rise(slope);
    case 'tanh':
      return rise(tanh(slope));
    case 'none':
      return decision;
  }
}

/** A decision of the sign of x between -height and height; its slope is height/width around 0. */
export function withSignGradient(value: Expr, x: Expr, height: Expr, width: Operand, kind: GradientKind): Expr {
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

/** x limited to low .. high, through which a straight gradient passes as if there were no limits. */
export function saturate(x: Expr, low: Operand, high: Operand, gradient: SaturationGradient): Expr {
  const value = clip(x, low, high);
  return gradient === 'straight' ? surrogate(value, x) : value;
}
