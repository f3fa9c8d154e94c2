// The functions that lanes call: the elementary ones on vectors of doubles, each emitted from its shared definition, and
// random words.

import type { Intrinsic } from '../../../ir/evaluate.js';
import { argOf, type Expr } from '../../../ir/expr.js';
import { intrinsicDefinition } from '../../../ir/intrinsics.js';
import { orderNodes } from '../../../ir/order.js';
import type { Precision } from '../../batch.js';
import type { ModuleBuilder } from '../assembler.js';
import { usesOf, type Intrinsics } from '../body.js';
import type { FunctionBuilder } from '../function-builder.js';
import { emitCalled, noLeaf, noLeaves } from '../intrinsics.js';
import { LaneBody, type LaneContext } from './lane-body.js';
import { floatDefinition } from './float-functions.js';
import { laneOpsF32 } from './lane-ops-f32.js';
import { laneOpsF64 } from './lane-ops-f64.js';
import { laneShape } from './lane-shape.js';
import { emitLaneUniform } from './lane-uniform.js';

const none = new Map<never, never>();

/** Adds the functions that the nodes call to the module; `image` pushes eight bytes twice. */
export const emitLaneIntrinsics = (
  module: ModuleBuilder,
  precision: Precision,
  nodes: Iterable<Expr>,
  image: LaneContext['image'],
): Intrinsics =>
  emitCalled(
    nodes,
    (name) => emitLaneIntrinsic(module, precision, name, image),
    () => emitLaneUniform(module, precision, image),
  );

function emitLaneIntrinsic(module: ModuleBuilder, precision: Precision, name: Intrinsic, image: LaneContext['image']): FunctionBuilder {
  const float = precision === 'f32' ? floatDefinition(name) : undefined;
  const { params, body } = float ?? intrinsicDefinition(name);
  const code = module.addFunction(
    params.map(() => 'v128'),
    ['v128'],
  );
  const region = orderNodes([{ expr: body }]);
  const context: LaneContext = {
    shape: laneShape(float === undefined ? 'f64' : 'f32', 1),
    varies: new Set(region.nodes.filter(({ op }) => op !== 'const')),
    ops: float === undefined ? laneOpsF64 : laneOpsF32,
    intrinsics: none,
    laneIntrinsics: none,
    leaves: noLeaves,
    leaf: (to, expr) => to.get(params.indexOf(argOf(expr, 'input'))),
    offsetOf: noLeaf,
    truncated: noLeaf,
    base: noLeaf,
    image,
  };
  const emitter = new LaneBody(code, region, usesOf(region, [body]), context, { scalars: none, lanes: none });
  emitter.emit(region.nodes);
  emitter.pushLane(body, 0);
  return code;
}
