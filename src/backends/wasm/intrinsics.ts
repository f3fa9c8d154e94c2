// The functions that a Program calls: elementary ones, each emitted from its shared definition, and random words.

import type { Intrinsic } from '../../ir/evaluate.js';
import type { Expr, Op } from '../../ir/expr.js';
import { intrinsicDefinition } from '../../ir/intrinsics.js';
import { orderNodes } from '../../ir/order.js';
import type { ModuleBuilder } from './assembler.js';
import { emitUniform } from './uniform.js';
import { BodyEmitter, usesOf, type Intrinsics, type LeafCode } from './body.js';
import type { FunctionBuilder } from './function-builder.js';

const intrinsicNames: readonly Intrinsic[] = ['exp', 'log', 'sin', 'cos', 'tanh', 'pow'];

/** An elementary function reads nothing but its arguments. */
export const noLeaf = (): never => {
  throw new Error('internal: an elementary function reads only its arguments');
};
export const noLeaves: LeafCode = {
  input: noLeaf,
  param: noLeaf,
  state: noLeaf,
  time: noLeaf,
  tick: noLeaf,
  isCount: noLeaf,
  addressOf: noLeaf,
};

/** Adds the functions that the nodes call to the module, each as `elementary` or `uniform` emits it. */
export function emitCalled(
  nodes: Iterable<Expr>,
  elementary: (name: Intrinsic) => FunctionBuilder,
  uniform: () => FunctionBuilder,
): Intrinsics {
  const used = new Set<Op>();
  for (const { op } of nodes) used.add(op);
  const functions = intrinsicNames.filter((name) => used.has(name)).map((name) => [name, elementary(name)] as const);
  return new Map([...functions, ...(used.has('uniform') ? [['uniform', uniform()] as const] : [])]);
}

export const emitIntrinsics = (module: ModuleBuilder, nodes: Iterable<Expr>): Intrinsics =>
  emitCalled(
    nodes,
    (name) => emitIntrinsic(module, name),
    () => emitUniform(module),
  );

function emitIntrinsic(module: ModuleBuilder, name: Intrinsic): FunctionBuilder {
  const { params, body } = intrinsicDefinition(name);
  const code = module.addFunction(
    params.map(() => 'f64'),
    ['f64'],
  );
  const leaves: LeafCode = { ...noLeaves, input: (_, key) => code.get(params.indexOf(key)) };
  const region = orderNodes([{ expr: body }]);
  const emitter = new BodyEmitter(code, region, usesOf(region, [body]), leaves, new Map());
  emitter.emit(region.nodes);
  emitter.push(body);
  return code;
}
