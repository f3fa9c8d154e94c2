// Emits the nodes of a region as statements. A node that is used once is written where it is used; one
// that is used more often, or whose text would be too deep, gets a name.

import { argOf, type Expr, type Op } from '../ir/expr.js';
import { orderNodes, type Region, type Root } from '../ir/order.js';
import { arrayLength, type ArrayRef, type LoopRef, type ScalarType } from '../ir/types.js';
import { countUses, isInside, leafOps } from './uses.js';

/** Operations that are not leaves and need nothing but their operands. */
export type PlainOp = Exclude<
  Op,
  'const' | 'param' | 'input' | 'state' | 'time' | 'tick' | 'index' | 'load' | 'sum' | 'uniform' | 'surrogate'
>;

/** The language that is written. Operands arrive as text; those of `repeatsOperands` are names or cheap reads. */
export interface Dialect {
  readonly ops: { readonly [K in PlainOp]: (expr: Expr, a: string, b: string, c: string) => string };
  constant(expr: Expr): string;
  /** Text of the value that stands in memory at a place. */
  read(type: ScalarType, place: string): string;
  /** Text of a value as memory holds it. */
  store(expr: Expr, text: string): string;
  /** Text of an index, whose own text is a name, limited to 0 .. last. */
  clampIndex(index: string, last: number): string;
  /** Statement that names a value. */
  declare(type: ScalarType, name: string, text: string): string;
  /** Statement that computes both uniforms of a block of random words, and the text of each. */
  declareUniforms(name: string, place: readonly string[]): { readonly line: string; readonly texts: readonly [string, string] };
  /** Statement that makes a variable for a sum, 0. */
  declareSum(name: string): string;
  /** Head of a loop of an index over 0 .. length - 1, up to its opening brace. */
  loopHead(index: string, length: number): string;
}

/** Operations whose text names an operand more than once. */
export const repeatsOperands: ReadonlySet<Op> = new Set(['min', 'max', 'load']);

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

/** An emitter of all that the roots need, but for what is given, and the region of that. */
export function bodyOf(
  dialect: Dialect,
  roots: readonly Root[],
  leaves: LeafText,
  nextName: () => string,
  given: ReadonlyMap<Expr, string> = new Map(),
): { readonly emitter: BodyEmitter; readonly region: Region } {
  const region = orderNodes(roots, given);
  const uses = countUses(
    region,
    roots.map((root) => root.expr),
    repeatsOperands,
  );
  return { emitter: new BodyEmitter(dialect, region, uses, leaves, nextName, given), region };
}

/** Statements that compute what never changes before the loop over events, and a name for each root. */
export function hoistedBody(
  dialect: Dialect,
  roots: readonly Expr[],
  leaves: LeafText,
  nextName: () => string,
): { readonly lines: readonly string[]; readonly names: ReadonlyMap<Expr, string> } {
  const { emitter, region } = bodyOf(
    dialect,
    roots.map((expr) => ({ expr })),
    leaves,
    nextName,
  );
  const isWanted = new Set(roots);
  const names = new Map<Expr, string>();
  for (const node of region.nodes) {
    emitter.emit([node], '  ');
    if (!isWanted.has(node)) continue;
    const name = nextName();
    emitter.lines.push(`  ${dialect.declare(node.type, name, emitter.text(node))}`);
    emitter.rename(node, name);
    names.set(node, name);
  }
  return { lines: emitter.lines, names };
}

const deepestText = 24;

export class BodyEmitter {
  readonly lines: string[] = [];
  private readonly dialect: Dialect;
  private readonly texts = new Map<Expr, string>();
  private readonly depths = new Map<Expr, number>();
  private readonly loopNames = new Map<LoopRef, string>();
  private readonly region: Region;
  private readonly uses: ReadonlyMap<Expr, number>;
  private readonly leaves: LeafText;
  private readonly nextName: () => string;
  private readonly given: ReadonlyMap<Expr, string>;
  /** Texts of both uniforms of each block of random words, by its operands. */
  private readonly uniforms = new Map<string, readonly [string, string]>();

  /** `given` has the text of nodes that were computed elsewhere and are not in the region, such as hoisted ones. */
  constructor(
    dialect: Dialect,
    region: Region,
    uses: ReadonlyMap<Expr, number>,
    leaves: LeafText,
    nextName: () => string,
    given: ReadonlyMap<Expr, string> = new Map(),
  ) {
    this.dialect = dialect;
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
    this.lines.push(`${indent}${this.dialect.loopHead(index, loop.length)}`);
    this.emit(this.region.loops.get(loop)!.nodes, `${indent}  `);
    body(index, `${indent}  `);
    this.lines.push(`${indent}}`);
  }

  private emitNode(expr: Expr, indent: string): void {
    if (expr.op === 'sum') {
      this.emitSum(expr, indent);
      return;
    }
    if (expr.op === 'uniform') {
      this.emitUniform(expr, indent);
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
    this.lines.push(`${indent}${this.dialect.declare(expr.type, name, text)}`);
    this.rename(expr, name);
  }

  private emitSum(expr: Expr, indent: string): void {
    const name = this.nextName();
    this.lines.push(`${indent}${this.dialect.declareSum(name)}`);
    this.emitLoop(argOf(expr, 'sum'), indent, (_, inner) => this.lines.push(`${inner}${name} += ${this.text(expr.src[0]!)};`));
    this.rename(expr, name);
  }

  /** Both uniforms come from one call: the second one asked for has its text already. */
  private emitUniform(expr: Expr, indent: string): void {
    const key = expr.src.map((operand) => operand.id).join();
    let texts = this.uniforms.get(key);
    if (texts === undefined) {
      const place = expr.src.map((operand) => this.text(operand));
      const declared = this.dialect.declareUniforms(this.nextName(), place);
      this.lines.push(`${indent}${declared.line}`);
      this.uniforms.set(key, (texts = declared.texts));
    }
    this.rename(expr, texts[argOf(expr, 'uniform')]);
  }

  private nodeText(expr: Expr): string {
    const { leaves } = this;
    switch (expr.op) {
      case 'const':
        return this.dialect.constant(expr);
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
      case 'surrogate':
        throw new Error('internal: surrogates are removed before code is emitted');
      case 'uniform':
        throw new Error('internal: uniforms are emitted as a statement');
      default: {
        const [a = '', b = '', c = ''] = expr.src.map((operand) => this.text(operand));
        return this.dialect.ops[expr.op](expr, a, b, c);
      }
    }
  }

  private loadText(expr: Expr): string {
    const array = argOf(expr, 'load');
    const [index] = expr.src as [Expr];
    const last = arrayLength(array) - 1;
    const at = this.text(index);
    const element = this.leaves.element(array, isInside(index, last) ? at : this.dialect.clampIndex(at, last));
    return this.dialect.read(expr.type, element);
  }
}

/** An index limited to 0 .. last; its own text is a name. */
export const clampText = (index: string, last: number): string => `(${index} < 0 ? 0 : ${index} > ${last} ? ${last} : ${index})`;
