// Emits a Program as one JavaScript function: states live in local variables, coefficients are
// literals, and what never changes is computed once before the loop. Names are made here; no text of a
// netlist reaches the code.

import { layoutOf } from '../layout.js';
import { intrinsicDefinition } from '../../ir/intrinsics.js';
import { orderNodes, type Root } from '../../ir/order.js';
import { argOf, type Expr, type Op } from '../../ir/expr.js';
import type { Intrinsic } from '../../ir/evaluate.js';
import type { Action, EventKind, Program } from '../../ir/program.js';
import { reachableNodes } from '../../ir/leaves.js';
import type { ArrayRef, DataRef, LoopRef, StateRef } from '../../ir/types.js';
import { BodyEmitter, countUses, type LeafText } from './body.js';
import { jsPrelude, jsWords } from './ops.js';

/** Source of a function body that returns `run(S, P, D, R, Q, end)`, and the constant arrays it gets as D. */
export interface JsSource {
  readonly source: string;
  readonly data: readonly Float64Array[];
}

/** Up to this many events in a hyperperiod are written one after the other; beyond, a table picks them. */
const longestUnrolled = 16;

export function emitJs(program: Program): JsSource {
  return new JsEmitter(program).emit();
}

export const rootsOf = (event: EventKind): Root[] =>
  event.actions.flatMap((action): Root[] => {
    if (action.do === 'put') return [{ expr: action.index }, { expr: action.value }];
    return [action.do === 'fill' ? { expr: action.value, loop: action.loop } : { expr: action.value }];
  });

/** Every node of all events. */
export const programNodes = (program: Program): Set<Expr> => reachableNodes(program.events.flatMap((event) => rootsOf(event).map((root) => root.expr)));

class JsEmitter {
  private readonly program: Program;
  private readonly data: Float64Array[] = [];
  private readonly dataIndex = new Map<DataRef, number>();
  private readonly states = new Map<StateRef, string>();
  private readonly scratch = new Map<StateRef, string>();
  private readonly inits = new Map<StateRef, string>();
  private readonly hoisted = new Map<Expr, string>();
  private readonly lines: string[] = [];
  private names = 0;

  constructor(program: Program) {
    this.program = program;
    program.states.forEach((state, i) => this.states.set(state, `${state.length > 0 ? 'A' : 's'}${i}`));
  }

  emit(): JsSource {
    const nodes = programNodes(this.program);
    const bodies = [this.emitHoisted(nodes)];
    const events = this.program.events.map((event) => this.emitEvent(event));
    bodies.push(...this.emitLoop(events));
    const source = [
      '"use strict";',
      ...emitPrelude(nodes),
      'return function run(S, P, D, R, Q, end) {',
      ...this.openLines(),
      ...bodies,
      ...this.closeLines(),
      '};',
    ];
    return { source: `${source.join('\n')}\n`, data: this.data };
  }

  private readonly leaves: LeafText = {
    param: (name) => `P[${this.program.params.findIndex((param) => param.name === name)}]`,
    input: (key) => {
      throw new Error(`internal: input ${key} was not replaced`);
    },
    state: (expr) => this.states.get(argOf(expr, 'state'))!,
    array: (ref) => this.arrayName(ref),
    time: () => timeText('n', this.program),
    tick: (clock) => `k${this.program.clocks.findIndex(({ name }) => name === clock)}`,
  };

  private arrayName(ref: ArrayRef): string {
    if (ref.kind === 'state') return this.states.get(ref)!;
    return `D${this.dataOf(ref)}`;
  }

  private dataOf(ref: DataRef): number {
    let index = this.dataIndex.get(ref);
    if (index === undefined) this.dataIndex.set(ref, (index = this.data.push(ref.values) - 1));
    return index;
  }

  /** Nodes of parameters and constants alone are computed before the loop. */
  private emitHoisted(nodes: ReadonlySet<Expr>): string {
    const fixed = new Set<Expr>();
    for (const node of [...nodes].sort((a, b) => a.id - b.id)) {
      const isFixed = node.src.length === 0 ? node.op === 'const' || node.op === 'param' : node.op !== 'load' && node.op !== 'sum' && node.src.every((operand) => fixed.has(operand));
      if (isFixed) fixed.add(node);
    }
    const wanted = [...nodes].filter((node) => !fixed.has(node)).flatMap((node) => node.src.filter((operand) => fixed.has(operand) && operand.op !== 'const'));
    const roots = [...new Set([...wanted, ...this.program.events.flatMap((event) => rootsOf(event).map((root) => root.expr)).filter((expr) => fixed.has(expr) && expr.op !== 'const')])];
    const region = orderNodes(roots.map((expr) => ({ expr })));
    const emitter = new BodyEmitter(region, countUses(region, [...roots, ...roots]), { ...this.leaves }, () => `h${this.names++}`);
    emitter.emit(region.nodes, '  ');
    for (const root of roots) {
      if (root.op === 'param') {
        const name = `h${this.names++}`;
        emitter.lines.push(`  const ${name} = ${emitter.text(root)};`);
        emitter.rename(root, name);
      }
      this.hoisted.set(root, emitter.text(root));
    }
    return emitter.lines.join('\n');
  }

  private emitEvent(event: EventKind): string[] {
    const roots = rootsOf(event);
    const region = orderNodes(roots);
    const names = (): string => `t${this.names++}`;
    const emitter = new BodyEmitter(region, countUses(region, roots.map((root) => root.expr)), this.leaves, names, this.hoisted);
    const { lines } = emitter;
    for (const clock of event.begins) lines.push(`k${clock}++;`);
    for (const state of event.resets) lines.push(this.resetText(state));
    emitter.emit(region.nodes, '');
    const commits: string[] = [];
    for (const action of event.actions) {
      if (action.do === 'record') lines.push(`R${action.record}[k${this.program.records[action.record]!.clock}] = ${numeric(action.value, emitter.text(action.value))};`);
    }
    for (const action of event.actions) if (action.do !== 'record') this.emitChange(action, emitter, commits, names);
    return [...lines, ...commits];
  }

  /** Values are computed into names first; the states take them when all are known. */
  private emitChange(action: Exclude<Action, { do: 'record' }>, emitter: BodyEmitter, commits: string[], names: () => string): void {
    const { lines } = emitter;
    const target = this.states.get(action.state)!;
    switch (action.do) {
      case 'set': {
        const value = names();
        lines.push(`const ${value} = ${emitter.text(action.value)};`);
        commits.push(`${target} = ${value};`);
        break;
      }
      case 'put': {
        const [index, value] = [names(), names()];
        const last = action.state.length - 1;
        lines.push(`const ${index} = ${emitter.text(action.index)}, ${value} = ${numeric(action.value, emitter.text(action.value))};`);
        commits.push(`${target}[${index} < 0 ? 0 : ${index} > ${last} ? ${last} : ${index}] = ${value};`);
        break;
      }
      case 'fill': {
        const copy = `F${target.slice(1)}`;
        this.scratch.set(action.state, copy);
        emitter.emitLoop(action.loop as LoopRef, '', (index, indent) => lines.push(`${indent}${copy}[${index}] = ${numeric(action.value, emitter.text(action.value))};`));
        commits.push(`${target}.set(${copy});`);
        break;
      }
    }
  }

  private resetText(state: StateRef): string {
    const name = this.states.get(state)!;
    if (state.length === 0) return `${name} = ${state.type === 'bit' ? state.init !== 0 : literal(state.init as number)};`;
    if (typeof state.init === 'number') return `${name}.fill(${literal(state.init)});`;
    let init = this.inits.get(state);
    if (init === undefined) {
      init = `D${this.data.push(Float64Array.from(state.init)) - 1}`;
      this.inits.set(state, init);
    }
    return `${name}.set(${init});`;
  }

  private openLines(): string[] {
    const { program } = this;
    const { offsets, firstTicks, nextEdge } = layoutOf(program);
    const lines: string[] = [];
    this.data.forEach((_, i) => lines.push(`  const D${i} = D[${i}];`));
    program.records.forEach((_, i) => lines.push(`  const R${i} = R[${i}];`));
    for (const [state, name] of this.states) {
      const at = offsets.get(state)!;
      if (state.length > 0) lines.push(`  const ${name} = S.subarray(${at}, ${at + state.length});`);
      else lines.push(`  let ${name} = ${state.type === 'bit' ? `S[${at}] !== 0` : state.type === 'int' ? `S[${at}] | 0` : `S[${at}]`};`);
    }
    for (const [state, name] of this.scratch) lines.push(`  const ${name} = new Float64Array(${state.length});`);
    program.clocks.forEach((_, i) => lines.push(`  let k${i} = Q[${firstTicks + i}] - 1;`));
    if (program.timeline.kind === 'table') lines.push('  let base = Q[0], e = Q[1], n = 0;');
    else lines.push('  let n = 0;', ...program.timeline.edges.map((_, i) => `  let x${i} = Q[${nextEdge + i}];`));
    return lines;
  }

  private closeLines(): string[] {
    const { program } = this;
    const { offsets, firstTicks, nextEdge } = layoutOf(program);
    const lines: string[] = [];
    for (const [state, name] of this.states) if (state.length === 0) lines.push(`  S[${offsets.get(state)}] = ${state.type === 'bit' ? `${name} ? 1 : 0` : name};`);
    program.clocks.forEach((_, i) => lines.push(`  Q[${firstTicks + i}] = k${i} + 1;`));
    if (program.timeline.kind === 'table') lines.push('  Q[0] = base; Q[1] = e;');
    else lines.push(...program.timeline.edges.map((_, i) => `  Q[${nextEdge + i}] = x${i};`));
    return lines;
  }

  private emitLoop(events: readonly (readonly string[])[]): string[] {
    return eventLoop(this.program, events, 'end');
  }
}

/** The loop over events, with the statements of each kind of event. Variables: base, e, n, or n and x0 … for merged clocks. */
export function eventLoop({ timeline }: Program, events: readonly (readonly string[])[], end: string): string[] {
  const indent = (lines: readonly string[], by: string): string[] => lines.flatMap((text) => text.split('\n')).map((line) => by + line);
  if (timeline.kind === 'merged') {
    const { edges, eventOf } = timeline;
    const kinds = events.flatMap((lines, kind) => [`      case ${kind}: {`, ...indent(lines, '        '), '        break;', '      }']);
    return [
      `  const E = [${eventOf.join(',')}];`,
      '  for (;;) {',
      `    n = x0;`,
      ...edges.slice(1).map((_, i) => `    if (x${i + 1} < n) n = x${i + 1};`),
      `    if (n >= ${end}) break;`,
      `    switch (E[${edges.map((_, i) => `(x${i} === n ? ${2 ** i} : 0)`).join(' + ')}]) {`,
      ...kinds,
      '    }',
      ...edges.map(({ period }, i) => `    if (x${i} === n) x${i} += ${period};`),
      '  }',
    ];
  }
  const { entries, length } = timeline;
  if (entries.length === 0) return [];
  if (entries.length === 1) {
    return [`  for (; base + ${entries[0]!.at} < ${end}; base += ${length}) {`, `    n = base + ${entries[0]!.at};`, ...indent(events[entries[0]!.event]!, '    '), '  }'];
  }
  if (entries.length <= longestUnrolled) {
    // Each case runs on into the next; a run that stopped inside a hyperperiod enters where it left.
    const cases = entries.flatMap(({ at, event }, i) => [
      `      case ${i}: {`,
      `        n = base + ${at};`,
      `        if (n >= ${end}) { e = ${i}; break loop; }`,
      ...indent(events[event]!, '        '),
      '      }',
    ]);
    return ['  loop: for (;;) {', '    switch (e) {', ...cases, '    }', '    e = 0;', `    base += ${length};`, '  }'];
  }
  const kinds = events.flatMap((lines, kind) => [`      case ${kind}: {`, ...indent(lines, '        '), '        break;', '      }']);
  return [
    `  const AT = [${entries.map((entry) => entry.at).join(',')}], E = [${entries.map((entry) => entry.event).join(',')}];`,
    '  for (;;) {',
    '    n = base + AT[e];',
    `    if (n >= ${end}) break;`,
    '    switch (E[e]) {',
    ...kinds,
    '    }',
    `    if (++e === ${entries.length}) { e = 0; base += ${length}; }`,
    '  }',
  ];
}

/** Seconds at a grid tick. */
export const timeText = (tick: string, { grid }: Program): string => `(${grid.numerator === 1 ? tick : `${tick} * ${grid.numerator}`} / ${grid.denominator})`;

const literal = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
/** Memory holds bits as 0 and 1. */
export const numeric = (expr: Expr, text: string): string => (expr.type === 'bit' ? `(${text} ? 1 : 0)` : text);

const intrinsicNames: readonly Intrinsic[] = ['exp', 'log', 'sin', 'cos', 'tanh', 'pow'];

/** The functions that the nodes call, each emitted once. */
export function emitPrelude(nodes: ReadonlySet<Expr>): string[] {
  const used = new Set<Op>();
  for (const node of nodes) used.add(node.op);
  const functions = intrinsicNames.filter((name) => used.has(name)).map((name) => {
    const { params, body } = intrinsicDefinition(name);
    for (const node of reachableNodes([body])) used.add(node.op);
    const region = orderNodes([{ expr: body }]);
    let names = 0;
    const noLeaf = (): never => {
      throw new Error('internal: an elementary function reads only its arguments');
    };
    const leaves: LeafText = { input: (key) => key, param: noLeaf, state: noLeaf, array: noLeaf, time: noLeaf, tick: noLeaf };
    const emitter = new BodyEmitter(region, countUses(region, [body]), leaves, () => `t${names++}`);
    emitter.emit(region.nodes, '  ');
    return [`const ${name} = (${params.join(', ')}) => {`, ...emitter.lines, `  return ${emitter.text(body)};`, '};'].join('\n');
  });
  const helpers = ['round', 'toInt', 'pow2', 'exponent'].filter((name) => used.has(name as Op)).map((name) => jsPrelude[name]!);
  const words = used.has('pow2') || used.has('exponent') ? [jsWords] : [];
  return [...words, ...helpers, ...functions];
}
