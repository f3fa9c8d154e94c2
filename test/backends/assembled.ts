// Modules of one function, assembled and made for a test, and operands at the edges of the numbers.

import { expect } from 'vitest';
import { ModuleBuilder } from '../../src/backends/wasm/assembler.js';
import type { FunctionBuilder } from '../../src/backends/wasm/function-builder.js';
import type { ValueType } from '../../src/backends/wasm/instructions.js';

export type Value = number | bigint;
type Run = (...args: Value[]) => Value;

/** The exports of a module with one function, `run`. */
export function assemble(params: ValueType[], results: ValueType[], write: (code: FunctionBuilder, module: ModuleBuilder) => void): Run {
  const module = new ModuleBuilder();
  const code = module.addFunction(params, results);
  write(code, module);
  module.exportFunction('run', code);
  module.exportMemory('memory');
  const bytes = module.toBytes(1);
  expect(WebAssembly.validate(bytes)).toBe(true);
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports['run'] as Run;
}

export const doubles = [0, -0, 1, -1, 0.5, 1.5, 2.5, -2.5, 1e308, -1e-300, 5e-324, 3e9, -3e9, Infinity, -Infinity, NaN];
export const operands: { readonly [K in ValueType]: readonly Value[] } = {
  i32: [0, 1, -1, 5, 31, 2147483647, -2147483648],
  i64: [0n, 1n, -1n, 52n, 1023n, 0x3ff8000000000000n, -(2n ** 63n)],
  f32: [],
  f64: doubles,
  v128: [],
};
