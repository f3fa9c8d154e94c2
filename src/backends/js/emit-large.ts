// Emits a large Program as many functions, each small enough for engines to optimize. States stay in S;
// T holds what one function leaves for another: first the values that never change during a run, then an
// event's changes until all are known, then values between chunks. K holds the grid tick and the clocks' ticks.

import { indexByName, layoutOf, type Layout } from '../layout.js';
import { orderNodes, type Region } from '../../ir/order.js';
import { argOf, type Expr } from '../../ir/expr.js';
import type { Action, EventKind, Program } from '../../ir/program.js';
import { programNodes, rootsOf, rootsOfAction } from '../../ir/roots.js';
import type { ArrayRef } from '../../ir/types.js';
import type { BodyEmitter, LeafText } from '../body.js';
import { emitChunkBodies, type WritingSink } from '../chunk-bodies.js';
import type { JsSource } from './emit.js';
import { closeTimeline, eventLoop, openTimeline, timeText } from './event-loop.js';
import { hoistedNodes } from '../hoist.js';
import { numeric, readText } from './memory.js';
import { DataTable } from '../data-table.js';
import { placeChanges, type Places } from '../changes.js';
import { commitLines, resetLines } from './memory-moves.js';
import { jsDialect } from './ops.js';
import { emitPrelude } from './prelude.js';

/** Nodes per function, about. */
const usualChunkNodes = 600;
const parameters = '(S, T, P, D, R, K)';

/** `chunkNodes`: nodes per function, about; one at least. */
export function emitLargeJs(program: Program, chunkNodes = usualChunkNodes): JsSource {
  return new LargeEmitter(program, chunkNodes).emit();
}

class LargeEmitter {
  private readonly program: Program;
  private readonly chunkNodes: number;
  private readonly layout: Layout;
  private readonly data = new DataTable();
  private readonly hoisted = new Map<Expr, string>();
  private readonly leaves: LeafText;
  private readonly functions: string[] = [];
  /** Constant arrays that the function being emitted reads. */
  private readonly usedData = new Set<number>();
  private temporaries = 0;

  constructor(program: Program, chunkNodes: number) {
    this.program = program;
    this.chunkNodes = chunkNodes;
    this.layout = layoutOf(program);
    const params = indexByName(program.params);
    const clocks = indexByName(program.clocks);
    this.leaves = {
      param: (name) => `P[${params.get(name)}]`,
      input: (key) => {
        throw new Error(`internal: input ${key} was not replaced`);
      },
      state: (expr) => readText(expr.type, `S[${this.layout.offsets.get(argOf(expr, 'state'))}]`),
      element: (ref, index) => this.elementText(ref, index),
      time: () => timeText('K[0]', program),
      tick: (clock) => `K[${1 + clocks.get(clock)!}]`,
    };
  }

  emit(): JsSource {
    const { program, layout } = this;
    const nodes = programNodes(program);
    const before = this.emitHoisted(hoistedNodes(program, nodes).filter((node) => node.op !== 'param'));
    const events = program.events.map((event, kind) => this.emitEvent(event, kind));
    const source = [
      '"use strict";',
      ...emitPrelude(nodes),
      `const T = new Float64Array(${this.temporaries});`,
      `const K = new Float64Array(${1 + program.clocks.length});`,
      'const copy = (to, at, from, start, length) => { for (let i = 0; i < length; i++) to[at + i] = from[start + i]; };',
      ...this.functions,
      'return function run(S, P, D, R, Q, end) {',
      ...program.clocks.map((_, i) => `  K[${1 + i}] = Q[${layout.firstTicks + i}] - 1;`),
      ...openTimeline(program, layout),
      ...before,
      ...eventLoop(program, events),
      ...program.clocks.map((_, i) => `  Q[${layout.firstTicks + i}] = K[${1 + i}] + 1;`),
      ...closeTimeline(program, layout),
      '};',
    ];
    return { source: `${source.join('\n')}\n`, data: this.data.arrays };
  }

  /** Statements that compute what never changes during a run. */
  private emitHoisted(roots: readonly Expr[]): string[] {
    if (roots.length === 0) return [];
    const sinks = roots.map((expr, place): WritingSink => ({
      roots: [{ expr }],
      write: (emitter) => emitter.lines.push(`  T[${place}] = ${numeric(expr, emitter.text(expr))};`),
    }));
    const region = orderNodes(sinks.flatMap((sink) => sink.roots));
    this.emitSequence('hoist', this.emitChunks('h', region, sinks, roots.length));
    roots.forEach((expr, place) => this.hoisted.set(expr, readText(expr.type, `T[${place}]`)));
    return [`  hoist${parameters};`];
  }

  /** Statements that run the event within the loop over events. */
  private emitEvent(event: EventKind, kind: number): string[] {
    const name = `e${kind}`;
    const places = placeChanges(event, this.layout, this.hoisted.size);
    const sinks = event.actions.map((action): WritingSink => ({
      roots: rootsOfAction(action),
      write: (emitter) => this.writeAction(action, places, emitter),
    }));
    const region = orderNodes(rootsOf(event), this.hoisted);
    this.emitSequence(name, [
      ...this.emitStatements(`${name}r`, resetLines(event, this.layout, this.data)),
      ...this.emitChunks(`${name}c`, region, sinks, places.end),
      ...this.emitStatements(`${name}s`, commitLines(places)),
    ]);
    return [...event.begins.map((clock) => `K[${1 + clock}]++;`), 'K[0] = n;', `${name}${parameters};`];
  }

  private writeAction(action: Action, { stageOf }: Places, emitter: BodyEmitter): void {
    const value = (): string => numeric(action.value, emitter.text(action.value));
    if (action.do === 'record') {
      emitter.lines.push(`  R[${action.record}][K[${1 + this.program.records[action.record]!.clock}]] = ${value()};`);
      return;
    }
    const stage = stageOf.get(action)!;
    if (action.do === 'fill')
      emitter.emitLoop(action.loop, '  ', (index, indent) => emitter.lines.push(`${indent}T[${stage} + ${index}] = ${value()};`));
    else emitter.lines.push(`  T[${stage}] = ${value()};`);
    if (action.do === 'put') emitter.lines.push(`  T[${stage + 1}] = ${emitter.text(action.index)};`);
  }

  /** Functions that compute the region and write the sinks; values between them stand in T from `start` on. */
  private emitChunks(prefix: string, region: Region, sinks: readonly WritingSink[], start: number): string[] {
    const { leaves, hoisted, chunkNodes } = this;
    const calls: string[] = [];
    const options = { dialect: jsDialect, leaves, given: hoisted, chunkNodes, start };
    const end = emitChunkBodies(region, sinks, options, (lines, chunk) => {
      const data = [...this.usedData].sort((a, b) => a - b).map((index) => `  const D${index} = D[${index}];`);
      this.usedData.clear();
      calls.push(this.emitFunction(`${prefix}${chunk}`, [...data, ...lines]));
    });
    this.temporaries = Math.max(this.temporaries, end);
    return calls;
  }

  private elementText(ref: ArrayRef, index: string): string {
    if (ref.kind === 'state') return `S[${this.layout.offsets.get(ref)} + ${index}]`;
    const place = this.data.indexOf(ref);
    this.usedData.add(place);
    return `D${place}[${index}]`;
  }

  /** Functions of bounded length that hold the statements. */
  private emitStatements(prefix: string, lines: readonly string[]): string[] {
    const calls: string[] = [];
    for (let i = 0; i < lines.length; i += this.chunkNodes)
      calls.push(this.emitFunction(`${prefix}${calls.length}`, lines.slice(i, i + this.chunkNodes)));
    return calls;
  }

  /** A function that makes the calls in order. */
  private emitSequence(name: string, calls: readonly string[]): void {
    this.emitFunction(
      name,
      calls.map((call) => `  ${call};`),
    );
  }

  /** Text of a call of the function. */
  private emitFunction(name: string, lines: readonly string[]): string {
    this.functions.push([`function ${name}${parameters} {`, ...lines, '}'].join('\n'));
    return `${name}${parameters}`;
  }
}
