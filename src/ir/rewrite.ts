// Rebuilds expressions with some nodes replaced. Nodes are made anew by the constructors, so constants
// fold on the way; each node is visited and rebuilt once, however many roots share it.

import * as build from './build.js';
import { argOf, intern, type Expr, type Op } from './expr.js';
import { reachableNodes } from './leaves.js';

/** What a node is replaced by, given its rebuilt operands; undefined keeps it. */
export type Replace = (node: Expr, operands: readonly Expr[]) => Expr | undefined;

/** Replaces nodes. One rewriter remembers what it rebuilt. */
export class Rewriter {
  private readonly rebuilt = new Map<Expr, Expr>();
  private readonly replace: Replace;

  constructor(replace: Replace) {
    this.replace = replace;
  }

  rewrite(root: Expr): Expr {
    const missing = reachableNodes([root], (node) => this.rebuilt.has(node));
    for (const node of [...missing].sort((a, b) => a.id - b.id)) this.rebuilt.set(node, this.rebuild(node));
    return this.rebuilt.get(root)!;
  }

  private rebuild(node: Expr): Expr {
    const src = node.src.map((operand) => this.rebuilt.get(operand)!);
    return this.replace(node, src) ?? rebuildNode(node, src);
  }
}

/** The node with other operands, constants folded; a leaf as it is. */
export function rebuildNode(node: Expr, src: readonly Expr[]): Expr {
  if (src.length === 0) return intern(node.op, node.type, node.src, node.arg);
  return node.op === 'uniform'
    ? build.uniform(argOf(node, 'uniform'), src)
    : constructors[node.op as InnerOp](node, ...(src as [Expr, Expr, Expr]));
}

type LeafOp = 'const' | 'param' | 'input' | 'state' | 'time' | 'tick' | 'index';
type InnerOp = Exclude<Op, LeafOp | 'uniform'>;

const constructors: { readonly [K in InnerOp]: (node: Expr, a: Expr, b: Expr, c: Expr) => Expr } = {
  surrogate: (_, value, smooth) => build.surrogate(value, smooth),
  load: (node, index) => build.load(argOf(node, 'load'), index),
  sum: (node, body) => intern('sum', 'real', [body], argOf(node, 'sum')),
  add: (_, a, b) => build.add(a, b),
  sub: (_, a, b) => build.sub(a, b),
  mul: (_, a, b) => build.mul(a, b),
  min: (_, a, b) => build.min(a, b),
  max: (_, a, b) => build.max(a, b),
  neg: (_, a) => build.neg(a),
  abs: (_, a) => build.abs(a),
  div: (_, a, b) => build.div(a, b),
  floor: (_, a) => build.floor(a),
  round: (_, a) => build.round(a),
  sqrt: (_, a) => build.sqrt(a),
  exp: (_, a) => build.exp(a),
  log: (_, a) => build.log(a),
  sin: (_, a) => build.sin(a),
  cos: (_, a) => build.cos(a),
  tanh: (_, a) => build.tanh(a),
  pow: (_, a, b) => build.pow(a, b),
  lt: (_, a, b) => build.lt(a, b),
  le: (_, a, b) => build.le(a, b),
  eq: (_, a, b) => build.eq(a, b),
  not: (_, a) => build.not(a),
  and: (_, a, b) => build.and(a, b),
  or: (_, a, b) => build.or(a, b),
  xor: (_, a, b) => build.xor(a, b),
  select: (_, test, a, b) => build.select(test, a, b),
  toReal: (_, a) => build.toReal(a),
  toInt: (_, a) => build.toInt(a),
  pow2: (_, a) => build.pow2(a),
  exponent: (_, a) => build.exponent(a),
};
