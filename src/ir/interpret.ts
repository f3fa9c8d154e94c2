// The interpreter: the meaning of expressions and Programs, slow and short. Every backend is tested
// against it, bit for bit.

import { argOf, type Expr } from './expr.js';
import { meanings, uniformMeaning, type PureOp } from './evaluate.js';
import { evaluateIntrinsic } from './evaluate-intrinsic.js';
import { orderNodes, type Region, type Root } from './order.js';
import { arrayLength, type ArrayRef, type LoopRef, type StateRef } from './types.js';

/** What the leaves of an expression read. */
export interface Leaves {
  param(name: string): number;
  input(key: string): number;
  /** A scalar state before the event. */
  state(ref: StateRef): number;
  /** An element of an array before the event; the index is within the array. */
  element(array: ArrayRef, index: number): number;
  /** Seconds. */
  time(): number;
  tick(clock: string): number;
}

/** Values of the nodes of one evaluation. */
export interface Evaluation {
  value(expr: Expr): number;
  /** The value in one turn of a loop, for arrays that are filled. */
  valueAt(loop: LoopRef, index: number, expr: Expr): number;
}

/** Computes everything that the roots need. `visit` sees each node with its value, in computing order. */
function evaluateRoots(roots: readonly Root[], leaves: Leaves, visit?: (expr: Expr, value: number) => void): Evaluation {
  return evaluateRegion(orderNodes(roots), leaves, visit);
}

/** The same with the order found before. */
export function evaluateRegion(region: Region, leaves: Leaves, visit?: (expr: Expr, value: number) => void): Evaluation {
  const values = new Map<Expr, number>();
  const indices = new Map<LoopRef, number>();

  const compute = (nodes: readonly Expr[]): void => {
    for (const expr of nodes) {
      const value = computeNode(expr);
      values.set(expr, value);
      visit?.(expr, value);
    }
  };
  const turn = (loop: LoopRef, index: number): void => {
    indices.set(loop, index);
    compute(region.loops.get(loop)!.nodes);
  };
  const computeNode = (expr: Expr): number => {
    const operand = (i: number): number => values.get(expr.src[i]!)!;
    switch (expr.op) {
      case 'const':
        return argOf(expr, 'const');
      case 'param':
        return leaves.param(argOf(expr, 'param'));
      case 'input':
        return leaves.input(argOf(expr, 'input'));
      case 'state':
        return leaves.state(argOf(expr, 'state'));
      case 'time':
        return leaves.time();
      case 'tick':
        return leaves.tick(argOf(expr, 'tick'));
      case 'index':
        return indices.get(argOf(expr, 'index'))!;
      case 'load': {
        const array = argOf(expr, 'load');
        return leaves.element(array, Math.max(0, Math.min(operand(0), arrayLength(array) - 1)));
      }
      case 'sum': {
        const loop = argOf(expr, 'sum');
        let sum = 0;
        for (let i = 0; i < loop.length; i++) {
          turn(loop, i);
          sum += operand(0);
        }
        return sum;
      }
      case 'exp':
      case 'log':
      case 'sin':
      case 'cos':
      case 'tanh':
      case 'pow':
        return evaluateIntrinsic(
          expr.op,
          expr.src.map((_, i) => operand(i)),
        );
      case 'surrogate':
        return operand(0);
      case 'uniform':
        return uniformMeaning(
          argOf(expr, 'uniform'),
          expr.src.map((_, i) => operand(i)),
        );
      default:
        return meanings[expr.op as PureOp](expr.src.at(-1)!.type, operand(0), operand(1), operand(2));
    }
  };

  compute(region.nodes);
  return {
    value: (expr) => values.get(expr)!,
    valueAt: (loop, index, expr) => {
      turn(loop, index);
      return values.get(expr)!;
    },
  };
}

const noLeaf = (): never => {
  throw new Error('internal: a constant expression reads something that varies');
};
const constantLeaves: Leaves = { param: noLeaf, input: noLeaf, state: noLeaf, element: noLeaf, time: noLeaf, tick: noLeaf };

/** Value of an expression without leaves that vary. */
export const interpretExpr = (expr: Expr): number =>
  expr.op === 'const' ? argOf(expr, 'const') : evaluateRoots([{ expr }], constantLeaves).value(expr);

/** Computes expressions over parameters, again and again for other values. */
export function evaluatorOf(exprs: readonly Expr[]): (param: (name: string) => number) => number[] {
  const region = orderNodes(exprs.map((expr) => ({ expr })));
  return (param) => {
    const { value } = evaluateRegion(region, { ...constantLeaves, param });
    return exprs.map(value);
  };
}
