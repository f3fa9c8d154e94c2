// Seconds at a grid tick.

import type { Program } from '../../ir/program.js';
import type { FunctionBuilder } from './function-builder.js';

/** Pushes the time of the grid tick that `pushTick` pushes: tick * numerator / denominator. */
export function emitTime(code: FunctionBuilder, { grid }: Program, pushTick: () => void): void {
  pushTick();
  if (grid.numerator !== 1) {
    code.f64(grid.numerator);
    code.op('f64.mul');
  }
  code.f64(grid.denominator);
  code.op('f64.div');
}
