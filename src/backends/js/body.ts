// Emits the nodes of a region as statements. A node that is used once is written where it is used; one
// that is used more often, or whose text would be too deep, gets a name.

import { argOf, type Expr } from '../../ir/expr.js';
import type { Region } from '../../ir/order.js';
import { arrayLength, type ArrayRef, type LoopRef } from '../../ir/types.js';
import { readText } from './memory.js';
import { isInside, leafOps } from '../uses.js';
import { jsConstant, jsOps } from './ops.js';

/** How leaves are written; they are plain names or cheap reads. */
export interface LeafText {
  param(name: string): string;
  input(key: string): string;
  state(expr: Expr): string;
  /** `index` is the text of an index within the array. */
  element(ref: ArrayRef, index: string): string;
  time(): string;
  tick(clock: string): string;
}

const deepestText = 24;
export class BodyEmitter {
  readonly lines: string[] = [];
  private readonly texts = new Map<Expr, string>();
  private readonly depths = new Map<Expr, number>();
  private readonly loopNames = new Map<LoopRef, string>();
  private readonly region: Region;
  private readonly uses: ReadonlyMap<Expr, number>;
  private readonly leaves: LeafText;
  private readonly nextName: () => string;
  private readonly given: ReadonlyMap<Expr, string>;

  /** `given` has the text of nodes that were computed elsewhere and are not in the region, such as hoisted ones. */
  constructor(
    region: Region,
    uses: ReadonlyMap<Expr, number>,
    leaves: LeafText,
    nextName: () => string,
    given: ReadonlyMap<Expr, string> = new Map(),
  ) {
    this.region = region;
    this.uses = uses;
    this.leaves = leaves;
    this.nextName = nextName;
    this.given = given;
  }

  /** Emits nodes in order; `indent` is the statements' margin. */
  emit(nodes: readonly Expr[], indent: string): void {
    for (const expr of nodes) this.emitNode(expr, indent);
  }

  has(expr: Expr): boolean {
    return this.texts.has(expr);
  }

  text(expr: Expr): string {
    return (this.texts.get(expr) ?? this.given.get(expr))!;
  }

  /** Gives a node the text of a name or of a place in memory. */
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
    const depth = 1 + expr.src.reduce((deepest, operand) => Math.max(deepest, this.depths.get(operand) ?? 0), 0);
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
    const element = this.leaves.element(array, isInside(index, last) ? at : clampText(at, last));
    return readText(expr.type, element);
  }
}

/** An index limited to 0 .. last; its own text is a name. */
export const clampText = (index: string, last: number): string => `(${index} < 0 ? 0 : ${index} > ${last} ? ${last} : ${index})`;
