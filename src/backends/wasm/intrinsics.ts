// The functions that a Program calls: elementary ones, each emitted from its shared definition, and random words.

import type { Intrinsic } from '../../ir/evaluate.js';
import type { Expr, Op } from '../../ir/expr.js';
import { intrinsicDefinition } from '../../ir/intrinsics.js';
import { orderNodes } from '../../ir/order.js';
import type { ModuleBuilder } from './assembler.js';
import { emitUniform } from './uniform.js';
import { BodyEmitter, usesOf, type Intrinsics, type LeafCode } from './body.js';

const intrinsicNames: readonly Intrinsic[] = ['exp', 'log', 'sin', 'cos', 'tanh', 'pow'];

/** Adds the functions that the nodes call to the module. */
export function emitIntrinsics(module: ModuleBuilder, nodes: Iterable<Expr>): Intrinsics {
  const used = new Set<Op>();
  for (const { op } of nodes) used.add(op);
  const elementary = intrinsicNames.filter((name) => used.has(name)).map((name) => [name, emitIntrinsic(module, name)] as const);
  return new Map([...elementary, ...(used.has('uniform') ? [['uniform', emitUniform(module)] as const] : [])]);
}

function emitIntrinsic(module: ModuleBuilder, name: Intrinsic): ReturnType<ModuleBuilder['addFunction']> {
  const { params, body } = intrinsicDefinition(name);
  const code = module.addFunction(
    params.map(() => 'f64'),
    ['f64'],
  );
  const noLeaf = (): never => {
    throw new Error('internal: an elementary function reads only its arguments');
  };
  const leaves: LeafCode = {
    input: (_, key) => code.get(params.indexOf(key)),
    param: noLeaf,
    state: noLeaf,
    time: noLeaf,
    tick: noLeaf,
    isCount: noLeaf,
    addressOf: noLeaf,
  };
  const region = orderNodes([{ expr: body }]);
  const emitter = new BodyEmitter(code, region, usesOf(region, [body]), leaves, new Map());
  emitter.emit(region.nodes);
  emitter.push(body);
  return code;
}
