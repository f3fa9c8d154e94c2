// Emits a Program as one JavaScript function: states and coefficients live in local variables, and what
// never changes is computed once before the loop. Names are made here; no text of a netlist reaches the code.

import { indexByName, layoutOf } from '../layout.js';
import { argOf, type Expr } from '../../ir/expr.js';
import type { Action, EventKind, Program } from '../../ir/program.js';
import { programNodes, rootsOf } from '../../ir/roots.js';
import type { StateRef } from '../../ir/types.js';
import { bodyOf, clampText, hoistedBody, type BodyEmitter, type LeafText } from '../body.js';
import { closeTimeline, eventLoop, openTimeline, timeText } from './event-loop.js';
import { hoistedNodes, loopConstants } from '../hoist.js';
import { literal, numeric, readText } from './memory.js';
import { DataTable } from '../data-table.js';
import { jsDialect } from './ops.js';
import { emitPrelude } from './prelude.js';

/** Source of a function body that returns `run(S, P, D, R, Q, end)`, and the constant arrays it gets as D. */
export interface JsSource {
  readonly source: string;
  readonly data: readonly Float64Array[];
}

export function emitJs(program: Program): JsSource {
  return new JsEmitter(program).emit();
}

/** Constants beyond which the rest stay literals: each name is alive in the whole loop. */
const mostNamedConstants = 128;

class JsEmitter {
  private readonly program: Program;
  private readonly data = new DataTable();
  private readonly states = new Map<StateRef, string>();
  private readonly scratch = new Map<StateRef, string>();
  private readonly hoisted = new Map<Expr, string>();
  private readonly clocks: ReadonlyMap<string, number>;
  private readonly leaves: LeafText;
  private names = 0;

  constructor(program: Program) {
    this.program = program;
    program.states.forEach((state, i) => this.states.set(state, `${state.length > 0 ? 'A' : 's'}${i}`));
    const params = indexByName(program.params);
    this.clocks = indexByName(program.clocks);
    this.leaves = {
      param: (name) => `P[${params.get(name)}]`,
      input: (key) => {
        throw new Error(`internal: input ${key} was not replaced`);
      },
      state: (expr) => this.states.get(argOf(expr, 'state'))!,
      element: (ref, index) => `${ref.kind === 'state' ? this.states.get(ref) : `D${this.data.indexOf(ref)}`}[${index}]`,
      time: () => timeText('n', program),
      tick: (clock) => `k${this.clocks.get(clock)}`,
    };
  }

  emit(): JsSource {
    const nodes = programNodes(this.program);
    const before = [...this.emitHoisted(hoistedNodes(this.program, nodes)), ...this.nameConstants(loopConstants(this.program, nodes))];
    this.nameRows(nodes);
    const events = this.program.events.map((event) => this.emitEvent(event));
    const source = [
      '"use strict";',
      ...emitPrelude(nodes),
      'return function run(S, P, D, R, Q, end) {',
      ...this.openLines(),
      ...before,
      ...eventLoop(this.program, events),
      ...this.closeLines(),
      '};',
    ];
    return { source: `${source.join('\n')}\n`, data: this.data.arrays };
  }

  private emitHoisted(roots: readonly Expr[]): readonly string[] {
    const { lines, names } = hoistedBody(jsDialect, roots, this.leaves, () => this.nextName());
    for (const [node, name] of names) this.hoisted.set(node, name);
    return lines;
  }

  /**
   * Gives constants names whose values engines do not know: V8 builds a literal double from two instructions
   * wherever it stands, but keeps a variable in a register or uses it from the stack.
   */
  private nameConstants(constants: readonly Expr[]): string[] {
    const values = [...new Set(constants.map((expr) => argOf(expr, 'const')))].slice(0, mostNamedConstants);
    if (values.length === 0) return [];
    const place = this.data.indexOf({ kind: 'data', name: 'constants', values: Float64Array.from(values) });
    for (const expr of constants) {
      const index = values.indexOf(argOf(expr, 'const'));
      if (index >= 0) this.hoisted.set(expr, `c${index}`);
    }
    return values.map((value, index) => `  const c${index} = D${place}[${index}]; // ${literal(value)}`);
  }

  /** Ticks of a clock with records are ints as they are. */
  private nameRows(nodes: ReadonlySet<Expr>): void {
    for (const node of nodes) {
      const [tick] = node.src;
      if (node.op === 'toInt' && tick?.op === 'tick' && this.countsRows(this.clocks.get(argOf(tick, 'tick'))!))
        this.hoisted.set(node, this.leaves.tick(argOf(tick, 'tick')));
    }
  }

  /** Whether a clock's ticks number rows of records: those fit in memory, and so in an int. */
  private countsRows(clock: number): boolean {
    return this.program.records.some((record) => record.clock === clock);
  }

  private nextName(): string {
    return `t${this.names++}`;
  }

  private emitEvent(event: EventKind): string[] {
    const { emitter, region } = bodyOf(jsDialect, rootsOf(event), this.leaves, () => this.nextName(), this.hoisted);
    const { lines } = emitter;
    for (const clock of event.begins) lines.push(this.countsRows(clock) ? `k${clock} = (k${clock} + 1) | 0;` : `k${clock}++;`);
    for (const state of event.resets) lines.push(this.resetText(state));
    emitter.emit(region.nodes, '');
    const commits: string[] = [];
    for (const action of event.actions) {
      if (action.do !== 'record') this.emitChange(action, emitter, commits);
      else
        lines.push(
          `R${action.record}[k${this.program.records[action.record]!.clock}] = ${numeric(action.value, emitter.text(action.value))};`,
        );
    }
    return [...lines, ...commits];
  }

  /** Values are computed into names first; the states take them when all are known. */
  private emitChange(action: Exclude<Action, { do: 'record' }>, emitter: BodyEmitter, commits: string[]): void {
    const { lines } = emitter;
    const target = this.states.get(action.state)!;
    switch (action.do) {
      case 'set': {
        const value = this.nextName();
        lines.push(`const ${value} = ${emitter.text(action.value)};`);
        commits.push(`${target} = ${value};`);
        break;
      }
      case 'put': {
        const [index, value] = [this.nextName(), this.nextName()];
        lines.push(`const ${index} = ${emitter.text(action.index)}, ${value} = ${numeric(action.value, emitter.text(action.value))};`);
        commits.push(`${target}[${clampText(index, action.state.length - 1)}] = ${value};`);
        break;
      }
      case 'fill': {
        const copy = `F${target.slice(1)}`;
        this.scratch.set(action.state, copy);
        emitter.emitLoop(action.loop, '', (index, indent) =>
          lines.push(`${indent}${copy}[${index}] = ${numeric(action.value, emitter.text(action.value))};`),
        );
        commits.push(`${target}.set(${copy});`);
        break;
      }
    }
  }

  private resetText(state: StateRef): string {
    const name = this.states.get(state)!;
    const { init } = state;
    if (typeof init !== 'number') return `${name}.set(D${this.data.indexOfInit(state, init)});`;
    if (state.length > 0) return `${name}.fill(${literal(init)});`;
    return `${name} = ${state.type === 'bit' ? init !== 0 : literal(init)};`;
  }

  private openLines(): string[] {
    const { program } = this;
    const layout = layoutOf(program);
    const lines: string[] = [];
    this.data.arrays.forEach((_, i) => lines.push(`  const D${i} = D[${i}];`));
    program.records.forEach((_, i) => lines.push(`  const R${i} = R[${i}];`));
    for (const [state, name] of this.states) {
      const at = layout.offsets.get(state)!;
      if (state.length > 0) lines.push(`  const ${name} = S.subarray(${at}, ${at + state.length});`);
      else lines.push(`  let ${name} = ${readText(state.type, `S[${at}]`)};`);
    }
    for (const [state, name] of this.scratch) lines.push(`  const ${name} = new Float64Array(${state.length});`);
    program.clocks.forEach((_, i) => lines.push(`  let k${i} = Q[${layout.firstTicks + i}] - 1${this.countsRows(i) ? ' | 0' : ''};`));
    return [...lines, ...openTimeline(program, layout)];
  }

  private closeLines(): string[] {
    const { program } = this;
    const layout = layoutOf(program);
    const lines: string[] = [];
    for (const [state, name] of this.states) {
      if (state.length === 0) lines.push(`  S[${layout.offsets.get(state)}] = ${state.type === 'bit' ? `${name} ? 1 : 0` : name};`);
    }
    program.clocks.forEach((_, i) => lines.push(`  Q[${layout.firstTicks + i}] = k${i} + 1;`));
    return [...lines, ...closeTimeline(program, layout)];
  }
}
