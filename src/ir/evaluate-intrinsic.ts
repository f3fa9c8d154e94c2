// Elementary functions as plain functions: the shared body of each, walked with the meanings of its operations. The walk is
// prepared once, since a body has dozens of nodes and is walked very often.

import { meanings, type Intrinsic, type PureOp } from './evaluate.js';
import { argOf } from './expr.js';
import { intrinsicDefinition } from './intrinsics.js';
import { orderNodes } from './order.js';

type Evaluate = (args: readonly number[]) => number;

function prepare(name: Intrinsic): Evaluate {
  const { params, body } = intrinsicDefinition(name);
  const { nodes } = orderNodes([{ expr: body }]);
  const slotOf = new Map(nodes.map((node, slot) => [node, slot]));
  /** Of the nodes; constants stay from call to call. A body calls no other, so one array serves. */
  const values = new Float64Array(nodes.length);
  const steps: (() => void)[] = [];
  const inputs: { readonly slot: number; readonly param: number }[] = [];
  for (const [slot, node] of nodes.entries()) {
    if (node.op === 'const') values[slot] = argOf(node, 'const');
    else if (node.op === 'input') inputs.push({ slot, param: params.indexOf(argOf(node, 'input')) });
    else {
      const meaning = meanings[node.op as PureOp];
      const { type } = node.src.at(-1)!;
      const [a, b, c] = [0, 1, 2].map((i) => slotOf.get(node.src[i] ?? node.src[0]!)!) as [number, number, number];
      steps.push(() => (values[slot] = meaning(type, values[a]!, values[b]!, values[c]!)));
    }
  }
  const result = slotOf.get(body)!;
  return (args) => {
    for (const { slot, param } of inputs) values[slot] = args[param]!;
    for (const step of steps) step();
    return values[result]!;
  };
}

const prepared = new Map<Intrinsic, Evaluate>();

/** An elementary function by its shared definition: the same bits as on every backend. */
export function evaluateIntrinsic(name: Intrinsic, args: readonly number[]): number {
  let evaluate = prepared.get(name);
  if (evaluate === undefined) prepared.set(name, (evaluate = prepare(name)));
  return evaluate(args);
}
