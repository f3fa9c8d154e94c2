// Emits the nodes of a region as statements. A node that is used once is written where it is used; one
// that is used more often, or whose text would be too deep, gets a name.

import { argOf, type Expr, type Op } from '../../ir/expr.js';
import type { Region } from '../../ir/order.js';
import { arrayLength, type ArrayRef, type LoopRef } from '../../ir/types.js';
import { jsConstant, jsOps, repeatsOperands } from './ops.js';

/** How leaves are written; they are plain names or cheap reads. */
export interface LeafText {
  param(name: string): string;
  input(key: string): string;
  state(expr: Expr): string;
  array(ref: ArrayRef): string;
  time(): string;
  tick(clock: string): string;
}

const deepestText = 24;
const leafOps: ReadonlySet<Op> = new Set(['const', 'param', 'input', 'state', 'time', 'tick', 'index']);

/** Uses of each node; an operand that stands twice in its user's text, or that a loop reads from outside, counts as shared. */
export function countUses(region: Region, roots: readonly Expr[]): Map<Expr, number> {
  const uses = new Map<Expr, number>();
  const count = (expr: Expr, times: number): void => void uses.set(expr, (uses.get(expr) ?? 0) + times);
  const regions = [region, ...region.loops.values()];
  for (const one of regions) {
    const inside = new Set(one.nodes);
    for (const expr of one.nodes) {
      for (const operand of expr.src) count(operand, repeatsOperands.has(expr.op) || !inside.has(operand) ? 2 : 1);
    }
  }
  for (const root of roots) count(root, 1);
  return uses;
}

export class BodyEmitter {
  readonly lines: string[] = [];
  private readonly texts = new Map<Expr, string>();
  private readonly depths = new Map<Expr, number>();
  private readonly loopNames = new Map<LoopRef, string>();
  private readonly region: Region;
  private readonly uses: ReadonlyMap<Expr, number>;
  private readonly leaves: LeafText;
  private readonly nextName: () => string;

  /** `named` gives the text of nodes that have a name already, such as hoisted ones. */
  constructor(region: Region, uses: ReadonlyMap<Expr, number>, leaves: LeafText, nextName: () => string, named?: ReadonlyMap<Expr, string>) {
    this.region = region;
    this.uses = uses;
    this.leaves = leaves;
    this.nextName = nextName;
    for (const [expr, text] of named ?? []) this.texts.set(expr, text);
  }

  /** Emits nodes in order; `indent` is the statements' margin. */
  emit(nodes: readonly Expr[], indent: string): void {
    for (const expr of nodes) if (!this.texts.has(expr)) this.emitNode(expr, indent);
  }

  text(expr: Expr): string {
    return this.texts.get(expr)!;
  }

  /** Gives an emitted node another text, such as a place in memory. */
  rename(expr: Expr, text: string): void {
    this.texts.set(expr, text);
    this.depths.set(expr, 0);
  }

  /** The loop of a `fill`: `body` gets the index's name and ends the turn. */
  emitLoop(loop: LoopRef, indent: string, body: (index: string, indent: string) => void): void {
    const index = this.nextName();
    this.loopNames.set(loop, index);
    this.lines.push(`${indent}for (let ${index} = 0; ${index} < ${loop.length}; ${index}++) {`);
    this.emit(this.region.loops.get(loop)!.nodes, `${indent}  `);
    body(index, `${indent}  `);
    this.lines.push(`${indent}}`);
  }

  private emitNode(expr: Expr, indent: string): void {
    if (expr.op === 'sum') {
      this.emitSum(expr, indent);
      return;
    }
    const text = this.nodeText(expr);
    const depth = 1 + Math.max(0, ...expr.src.map((operand) => this.depths.get(operand) ?? 0));
    const isShared = (this.uses.get(expr) ?? 0) > 1 || depth > deepestText;
    if (leafOps.has(expr.op) || !isShared) {
      this.texts.set(expr, text);
      this.depths.set(expr, leafOps.has(expr.op) ? 0 : depth);
      return;
    }
    const name = this.nextName();
    this.lines.push(`${indent}const ${name} = ${text};`);
    this.rename(expr, name);
  }

  private emitSum(expr: Expr, indent: string): void {
    const name = this.nextName();
    this.lines.push(`${indent}let ${name} = 0;`);
    this.emitLoop(argOf(expr, 'sum'), indent, (_, inner) => this.lines.push(`${inner}${name} += ${this.text(expr.src[0]!)};`));
    this.rename(expr, name);
  }

  private nodeText(expr: Expr): string {
    const { leaves } = this;
    switch (expr.op) {
      case 'const':
        return jsConstant(expr);
      case 'param':
        return leaves.param(argOf(expr, 'param'));
      case 'input':
        return leaves.input(argOf(expr, 'input'));
      case 'state':
        return leaves.state(expr);
      case 'time':
        return leaves.time();
      case 'tick':
        return leaves.tick(argOf(expr, 'tick'));
      case 'index':
        return this.loopNames.get(argOf(expr, 'index'))!;
      case 'load':
        return this.loadText(expr);
      case 'sum':
        throw new Error('internal: a sum is emitted as a loop');
      default: {
        const [a = '', b = '', c = ''] = expr.src.map((operand) => this.text(operand));
        return jsOps[expr.op](expr, a, b, c);
      }
    }
  }

  private loadText(expr: Expr): string {
    const array = argOf(expr, 'load');
    const [index] = expr.src as [Expr];
    const last = arrayLength(array) - 1;
    const at = this.text(index);
    const element = `${this.leaves.array(array)}[${isInside(index, last) ? at : `${at} < 0 ? 0 : ${at} > ${last} ? ${last} : ${at}`}]`;
    if (expr.type === 'bit') return `(${element} !== 0)`;
    return expr.type === 'int' ? `(${element} | 0)` : element;
  }
}

/** Whether an index cannot leave 0 .. last: a constant, a loop's own index, or a choice between such. */
function isInside(index: Expr, last: number): boolean {
  switch (index.op) {
    case 'const':
      return argOf(index, 'const') >= 0 && argOf(index, 'const') <= last;
    case 'index':
      return argOf(index, 'index').length <= last + 1;
    case 'select':
      return isInside(index.src[1]!, last) && isInside(index.src[2]!, last);
    default:
      return false;
  }
}
