// Writes what lane-plan.ts laid out: scalar statements, then loops over the lanes, and the loops of sums and arrays around
// such. Arms of choices are computed before they are chosen from, so that no loop over lanes has a branch.

import type { Region } from '../../ir/order.js';
import type { Expr } from '../../ir/expr.js';
import { BodyEmitter, repeatsOperands, type LeafText } from '../body.js';
import { countUses } from '../uses.js';
import type { Varying } from '../varying.js';
import { isLoopPart, type Filling, type LanePart, type Level } from './lane-plan.js';
import { cDialect } from './ops.js';

/** Operations whose operands are names or cheap reads. */
const namedOperands = new Set([...repeatsOperands, 'select'] as const);

/** What a loop over the lanes does when all its nodes are computed: it may use the roots. */
export interface Finish {
  readonly roots: readonly Expr[];
  lines(text: (expr: Expr) => string): readonly string[];
}

export interface LaneContext<F extends Filling> {
  readonly lanes: number;
  readonly varying: Varying;
  /** Text of leaves; elements of arrays of the lanes have `l` in their index. */
  readonly leaves: LeafText;
  nextName(): string;
  /** Text of nodes of one value for all lanes that are known before. */
  readonly known: ReadonlyMap<Expr, string>;
  /** Place in lane `l` of what stands in memory before the event: a state, a parameter, or what never changes. */
  place(expr: Expr): string | undefined;
  /** Place in lane `l` of new element `index` of an array. */
  newElement(filling: F, index: string): string;
}

export class LaneWriter<F extends Filling> {
  readonly lines: string[] = [];
  private readonly context: LaneContext<F>;
  private readonly region: Region;
  private readonly uses: ReadonlyMap<Expr, number>;
  /** Text of nodes of one value for all lanes. */
  private readonly scalars: Map<Expr, string>;
  /** The part that computes each node, and the place of each value that another part uses. */
  private readonly homes = new Map<Expr, LanePart>();
  private readonly crossing = new Map<Expr, string>();
  private slots = 0;

  constructor(context: LaneContext<F>, region: Region, roots: readonly Expr[]) {
    this.context = context;
    this.region = region;
    this.scalars = new Map(context.known);
    this.uses = countUses(region, roots, namedOperands);
  }

  /** Places for values between loops over the lanes: `self->v0` and so on. */
  get slotCount(): number {
    return this.slots;
  }

  /** Writes the whole region. */
  write(level: Level<F>, finish: Finish): void {
    this.findHomes(level);
    this.findCrossing(level, finish.roots);
    this.writeLevel(level, finish, '');
  }

  /** An emitter of scalar statements that knows what was computed so far. */
  scalar(): BodyEmitter {
    return new BodyEmitter(cDialect, this.region, this.uses, this.context.leaves, () => this.context.nextName(), this.scalars);
  }

  private findHomes({ parts, last }: Level<F>): void {
    for (const part of [...parts, last]) {
      if (isLoopPart(part)) this.findHomes(part.level);
      else for (const node of part.nodes) this.homes.set(node, part);
    }
  }

  private findCrossing({ parts, last }: Level<F>, roots: readonly Expr[]): void {
    for (const part of [...parts, last]) {
      if (isLoopPart(part)) this.findCrossing(part.level, [rootOf(part.does)]);
      else
        for (const value of usedBy(part, part === last ? roots : [])) {
          const home = this.homes.get(value);
          if (home !== undefined && home !== part && !this.crossing.has(value)) this.crossing.set(value, this.nextSlot());
        }
    }
  }

  private nextSlot(): string {
    return `self->v${this.slots++}[l]`;
  }

  private writeLevel({ uniform, parts, last }: Level<F>, finish: Finish, indent: string): void {
    this.writeScalars(uniform, [...parts, last], finish.roots, indent);
    for (const part of parts) {
      if (!isLoopPart(part)) {
        this.writeLanes(part, nothing, indent);
        continue;
      }
      const { does, loop, level } = part;
      const root = rootOf(does);
      let place: string;
      const index = this.context.nextName();
      if ('op' in does) {
        place = this.nextSlot();
        this.crossing.set(does, place);
        this.lines.push(...this.overLanes([`${place} = 0;`], indent));
      } else place = this.context.newElement(does, index);
      this.lines.push(`${indent}${cDialect.loopHead(index, loop.length)}`);
      for (const node of level.uniform) if (node.op === 'index' && node.arg === loop) this.scalars.set(node, index);
      const lines = (text: (expr: Expr) => string): string[] => [`${place} ${'op' in does ? '+=' : '='} ${text(root)};`];
      this.writeLevel(level, { roots: [root], lines }, `${indent}  `);
      this.lines.push(`${indent}}`);
    }
    this.writeLanes(last, finish, indent);
  }

  /** Scalars that loops over the lanes use get names, so that no lane computes them again. */
  private writeScalars(nodes: readonly Expr[], parts: Level<F>['parts'], roots: readonly Expr[], indent: string): void {
    const wanted = new Set([...parts.flatMap((part) => (isLoopPart(part) ? [] : part.nodes.flatMap((node) => node.src))), ...roots]);
    const emitter = this.scalar();
    for (const node of nodes) {
      if (this.scalars.has(node)) continue;
      emitter.emit([node], indent);
      if (wanted.has(node) && node.op !== 'const' && node.op !== 'state') {
        const name = this.context.nextName();
        emitter.lines.push(`${indent}${cDialect.declare(node.type, name, emitter.text(node))}`);
        emitter.rename(node, name);
      }
      this.scalars.set(node, emitter.text(node));
    }
    this.lines.push(...emitter.lines);
  }

  private writeLanes(part: LanePart, finish: Finish, indent: string): void {
    const { varying, leaves } = this.context;
    const emitter = new BodyEmitter(cDialect, this.region, this.uses, leaves, () => this.context.nextName(), this.scalars);
    const body: string[] = [];
    for (const value of usedBy(part, finish.roots)) {
      if (!varying.nodes.has(value) || this.homes.get(value) === part) continue;
      const name = this.context.nextName();
      const place = this.context.place(value) ?? this.crossing.get(value)!;
      body.push(cDialect.declare(value.type, name, cDialect.read(value.type, place)));
      emitter.rename(value, name);
    }
    for (const node of part.nodes) {
      emitter.emit([node], '');
      const place = this.crossing.get(node);
      if (place !== undefined) emitter.lines.push(`${place} = ${emitter.text(node)};`);
    }
    const end = finish.lines((expr) => emitter.text(expr));
    this.lines.push(...this.overLanes([...body, ...emitter.lines, ...end], indent));
  }

  /** A loop over the lanes; none for nothing. Lanes never meet, which compilers are told. */
  private overLanes(body: readonly string[], indent: string): string[] {
    return body.length === 0 ? [] : overLanes(this.context.lanes, body).map((line) => indent + line);
  }
}

/** A loop over the lanes; they never meet, which compilers are told. */
export const overLanes = (lanes: number, body: readonly string[]): string[] => [
  'DL_LANES',
  `for (int32_t l = 0; l < ${lanes}; l++) {`,
  ...body.map((line) => `  ${line}`),
  '}',
];

const nothing: Finish = { roots: [], lines: () => [] };
const rootOf = (does: Expr | Filling): Expr => ('op' in does ? does.src[0]! : does.root.expr);
const usedBy = ({ nodes }: LanePart, roots: readonly Expr[]): Set<Expr> => new Set([...nodes.flatMap((node) => node.src), ...roots]);
