// The elementary functions as plain functions, by walking their bodies with the meanings of the operations.

import { meanings, type Intrinsic, type PureOp } from '../../src/ir/evaluate.js';
import { argOf, type Expr } from '../../src/ir/expr.js';
import { intrinsicDefinition } from '../../src/ir/intrinsics.js';

export const names = ['exp', 'log', 'sin', 'cos', 'tanh', 'pow'] as const satisfies readonly Intrinsic[];

/** All nodes of a body, operands first. */
export function nodesOf(body: Expr): Expr[] {
  const reached = new Set<Expr>();
  const visit = (expr: Expr): void => {
    if (reached.has(expr)) return;
    expr.src.forEach(visit);
    reached.add(expr);
  };
  visit(body);
  return [...reached];
}

/** A body as a function that checks the range of every pow2 on the way. */
export function evaluator(params: readonly string[], body: Expr): (...args: number[]) => number {
  const nodes = nodesOf(body);
  const slot = new Map(nodes.map((node, i) => [node, i]));
  const steps = nodes.map((node) => ({
    node,
    meaning: meanings[node.op as PureOp],
    type: (node.src.at(-1) ?? node).type,
    src: node.src.map((operand) => slot.get(operand)!),
  }));
  const values = new Float64Array(nodes.length);
  return (...args) => {
    steps.forEach(({ node, meaning, type, src }, i) => {
      if (node.op === 'const') values[i] = argOf(node, 'const');
      else if (node.op === 'input') values[i] = args[params.indexOf(argOf(node, 'input'))]!;
      else {
        const first = values[src[0]!]!;
        if (node.op === 'pow2' && !(first >= -1022 && first <= 1023)) throw new Error(`pow2(${first}) for ${args.join(', ')}`);
        values[i] = meaning(type, first, values[src[1] ?? 0]!, values[src[2] ?? 0]!);
      }
    });
    return values[nodes.length - 1]!;
  };
}

export const f = Object.fromEntries(
  names.map((name) => [name, evaluator(intrinsicDefinition(name).params, intrinsicDefinition(name).body)]),
) as {
  readonly [K in Intrinsic]: (...args: number[]) => number;
};

/** Arguments at which something changes, with both signs. */
export const specials = [
  ...[
    0, 5e-324, 1e-310, 2.2250738585072014e-308, 1e-20, 0.5, 0.9999999999999999, 1, 1.0000000000000002, 1.5, 2, 3, 2.5, 7, 1022, 1023, 1024,
  ],
  ...[1075, 1e6 + 1, 2 ** 31, 2 ** 52 + 0.5, 2 ** 53 - 1, 2 ** 53, 1e22, 1e300, Number.MAX_VALUE, Infinity],
].flatMap((x) => [x, -x]);
