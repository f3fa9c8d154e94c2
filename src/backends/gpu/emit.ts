// Emits the kernel of a Program as source of gpu.js. A thread is a lane and a *slot*: it runs the launch's events up to the one
// where its slot's value is known and returns that: a state after the last event, a record's row, or up to 24 rows of bits
// as one whole number. So every event is computed by all threads that need it or a later one: with S states and R records a
// launch of C rows costs S + R (C + 1) / 2 times the Program. Names are made here; no text of a netlist reaches the code.

import { argOf, type Expr } from '../../ir/expr.js';
import { orderNodes } from '../../ir/order.js';
import type { Action, EventKind } from '../../ir/program.js';
import type { DataRef, StateRef } from '../../ir/types.js';
import { BodyEmitter, type LeafText } from '../body.js';
import { countUses } from '../uses.js';
import { literalText } from './literals.js';
import { gpuDialect, namesOperands } from './ops.js';
import { packedRecords, twoLevels, type Levels } from './packing.js';
import { isKernelAction, type Partition } from './partition.js';

/** Arrays that a kernel takes, in this order, those without elements left out. */
export type GpuArgument = 'slots' | 'columns' | 'states' | 'coefficients' | 'data';

export interface KernelSource {
  readonly source: string;
  readonly args: readonly GpuArgument[];
  /** All constant arrays that the kernel reads, one after the other. */
  readonly data: Float32Array;
  /** Records whose rows are packed, and their levels. */
  readonly packed: ReadonlyMap<number, Levels>;
}

export function emitKernel(parts: Partition): KernelSource {
  return new KernelEmitter(parts).emit();
}

const notHere = (): never => {
  throw new Error('internal: the host computes this');
};

class KernelEmitter {
  private readonly parts: Partition;
  private readonly packed: ReadonlyMap<number, Levels>;
  private readonly states: ReadonlyMap<StateRef, string>;
  private readonly offsets = new Map<DataRef, number>();
  private readonly data: number[] = [];
  private readonly leaves: LeafText;
  private names = 0;

  constructor(parts: Partition) {
    this.parts = parts;
    this.packed = packedRecords(parts);
    this.states = new Map(parts.states.map((state, i) => [state, `s${i}`]));
    this.leaves = {
      param: notHere,
      input: notHere,
      time: notHere,
      tick: notHere,
      state: (expr) => this.states.get(argOf(expr, 'state'))!,
      element: (ref, index) => (ref.kind === 'data' ? `data[0][(${this.offsetOf(ref)}.0 + ${index})]` : notHere()),
    };
  }

  emit(): KernelSource {
    const { states, coefficients, program } = this.parts;
    const events = program.events.flatMap((event, kind) => this.emitEvent(event, kind));
    const args: GpuArgument[] = ['slots', 'columns'];
    if (states.length > 0) args.push('states');
    if (coefficients.size > 0) args.push('coefficients');
    if (this.data.length > 0) args.push('data');
    const lines = [
      `function (${args.join(', ')}) {`,
      '  const stop = slots[this.thread.y][0];',
      '  const start = slots[this.thread.y][1];',
      '  const which = slots[this.thread.y][2];',
      ...[...coefficients.values()].map((i) => `  const p${i} = coefficients[${i}][this.thread.x];`),
      ...states.map((_, i) => `  let s${i} = states[${i}][this.thread.x];`),
      '  let out = 0.0;',
      '  for (let e = 0; e < stop; e++) {',
      '    const kind = columns[e][0];',
      ...events,
      '  }',
      ...states.map((_, i) => `  if (which === ${i}.0) { out = s${i}; }`),
      '  return out;',
      '}',
    ];
    return { source: `${lines.join('\n')}\n`, args, data: Float32Array.from(this.data), packed: this.packed };
  }

  private offsetOf(ref: DataRef): number {
    let offset = this.offsets.get(ref);
    if (offset === undefined) {
      this.offsets.set(ref, (offset = this.data.length));
      for (const value of ref.values) this.data.push(value);
    }
    return offset;
  }

  /** What an action needs of the expressions: of packed records the bit. */
  private valueOf(action: Action): Expr {
    return action.do === 'record' && this.packed.has(action.record) ? twoLevels(action.value)!.bit : action.value;
  }

  private emitEvent(event: EventKind, kind: number): string[] {
    const { parts } = this;
    const actions = event.actions.filter((action) => isKernelAction(action, parts));
    const resets = event.resets.filter((state) => this.states.has(state));
    if (actions.length + resets.length === 0) return [];
    const given = new Map<Expr, string>([...parts.coefficients].map(([expr, i]) => [expr, `p${i}`]));
    for (const expr of parts.columns.keys()) given.set(expr, this.nextName());
    const roots = actions.map((action) => ({ expr: this.valueOf(action) }));
    const region = orderNodes(roots, given);
    const uses = countUses(
      region,
      roots.map(({ expr }) => expr),
      namesOperands,
    );
    const emitter = new BodyEmitter(gpuDialect, region, uses, this.leaves, () => this.nextName(), given);
    const indent = '      ';
    emitter.emit(region.nodes, indent);
    const commits: string[] = [];
    for (const action of actions) this.emitAction(action, emitter, commits);
    const starts = resets.map((state) => `${indent}${this.states.get(state)} = ${literalText(state.init as number)};`);
    const used = new Set([...roots.map(({ expr }) => expr), ...region.nodes.flatMap((node) => node.src)]);
    const columns = [...parts.columns].filter(([expr]) => used.has(expr));
    const reads = columns.map(([expr, i]) => `${indent}const ${given.get(expr)} = columns[e][${1 + i}];`);
    return [`    if (kind === ${kind}.0) {`, ...reads, ...starts, ...emitter.lines, ...commits, '    }'];
  }

  /** Values get names first; the states take them when all are known. */
  private emitAction(action: Action, emitter: BodyEmitter, commits: string[]): void {
    const indent = '      ';
    const value = this.nextName();
    emitter.lines.push(`${indent}const ${value} = ${emitter.text(this.valueOf(action))};`);
    if (action.do === 'set') commits.push(`${indent}${this.states.get(action.state)} = ${value};`);
    else if (action.do === 'record') {
      const which = `which === ${this.parts.states.length + action.record}.0`;
      const isPacked = this.packed.has(action.record);
      emitter.lines.push(
        `${indent}if (${which}) { ${isPacked ? `if (e >= start) { out = ((out + out) + ${value}); }` : `out = ${value};`} }`,
      );
    } else throw new Error('internal: an array was not taken apart');
  }

  private nextName(): string {
    return `v${this.names++}`;
  }
}
