// The elementary functions that a Program calls, each a function emitted from its shared definition.

import type { Intrinsic } from '../../ir/evaluate.js';
import type { Expr, Op } from '../../ir/expr.js';
import { intrinsicDefinition } from '../../ir/intrinsics.js';
import { orderNodes } from '../../ir/order.js';
import type { ModuleBuilder } from './assembler.js';
import { BodyEmitter, usesOf, type Intrinsics, type LeafCode } from './body.js';

const intrinsicNames: readonly Intrinsic[] = ['exp', 'log', 'sin', 'cos', 'tanh', 'pow'];

/** An elementary function reads nothing but its arguments. */
const noLeaf = (): never => {
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

/** The elementary functions that the nodes call. */
export function usedIntrinsics(nodes: Iterable<Expr>): Intrinsic[] {
  const used = new Set<Op>();
  for (const { op } of nodes) used.add(op);
  return intrinsicNames.filter((name) => used.has(name));
}

/** Adds the functions that the nodes call to the module. */
export function emitIntrinsics(module: ModuleBuilder, nodes: Iterable<Expr>): Intrinsics {
  return new Map(usedIntrinsics(nodes).map((name) => [name, emitIntrinsic(module, name)]));
}

function emitIntrinsic(module: ModuleBuilder, name: Intrinsic): ReturnType<ModuleBuilder['addFunction']> {
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
