// An error added to a quantity, written so that no arithmetic is left where there is no error.

import { add, gt, mul, select } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';

/** x + sigma*draw where `isOn`, exactly x elsewhere. */
export const perturb = (x: Expr, sigma: Expr, draw: Expr, isOn: Expr = gt(sigma, 0)): Expr => select(isOn, add(x, mul(sigma, draw)), x);
