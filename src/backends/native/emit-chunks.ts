// Emits a large Program as many C functions, each small enough for compilers. States stay in S; T holds what
// one function leaves for another: first the values that never change during a call, then an event's changes
// until all are known, then values between chunks. K holds the grid tick and the clocks' ticks. The
// counterpart of js/emit-large.ts.

import { orderNodes, type Region } from '../../ir/order.js';
import { argOf, type Expr } from '../../ir/expr.js';
import type { Action, EventKind } from '../../ir/program.js';
import { programNodes, rootsOf, rootsOfAction } from '../../ir/roots.js';
import type { ArrayRef } from '../../ir/types.js';
import { placeChanges, type Places } from '../changes.js';
import { emitChunkBodies, type WritingSink } from '../chunk-bodies.js';
import { hoistedNodes } from '../hoist.js';
import { clampText, type BodyEmitter, type LeafText } from '../body.js';
import { indexByName } from '../layout.js';
import { closeTimeline, eventLoop, openTimeline } from './event-loop.js';
import { initialLines } from './moves.js';
import { cDialect, timeText } from './ops.js';
import { advanceHead, inputDeclaration, type Advance, type Unit } from './unit.js';

/** Nodes per function, about. */
const usualChunkNodes = 600;

/** `chunkNodes`: nodes per function, about; one at least. */
export function emitChunks(unit: Unit, chunkNodes = usualChunkNodes): Advance {
  return new ChunksEmitter(unit, chunkNodes).emit();
}

class ChunksEmitter {
  private readonly unit: Unit;
  private readonly chunkNodes: number;
  private readonly hoisted = new Map<Expr, string>();
  private readonly leaves: LeafText;
  private readonly functions: string[] = [];
  private workSize = 0;

  constructor(unit: Unit, chunkNodes: number) {
    this.unit = unit;
    this.chunkNodes = chunkNodes;
    const { program, layout } = unit;
    const clocks = indexByName(program.clocks);
    this.leaves = {
      param: (name) => unit.params.get(name)!,
      input: (key) => {
        throw new Error(`internal: input ${key} was not replaced`);
      },
      state: (expr) => cDialect.read(expr.type, `S[${layout.offsets.get(argOf(expr, 'state'))}]`),
      element: (ref, index) => this.elementText(ref, index),
      time: () => timeText('K[0]', program.grid),
      tick: (clock) => `(double)K[${1 + clocks.get(clock)!}]`,
    };
  }

  emit(): Advance {
    const { program, layout, hasInputs } = this.unit;
    const before = this.emitHoisted(hoistedNodes(program, programNodes(program)).filter((node) => node.op !== 'param'));
    const events = program.events.map((event, kind) => this.emitEvent(event, kind));
    const unused = ['M', 'end', 'K', ...(hasInputs ? ['I'] : [])];
    const advance = [
      advanceHead(this.unit),
      '  int64_t *const Q = self->position;',
      `  int64_t K[${1 + program.clocks.length}] = {0};`,
      `  ${unused.map((name) => `(void)${name};`).join(' ')}`,
      ...program.clocks.map((_, i) => `  K[${1 + i}] = Q[${layout.firstTicks + i}] - 1;`),
      ...openTimeline(program, layout),
      ...before,
      ...eventLoop(program, events),
      ...program.clocks.map((_, i) => `  Q[${layout.firstTicks + i}] = K[${1 + i}] + 1;`),
      ...closeTimeline(program, layout),
      '}',
    ];
    return { functions: [...this.functions, advance.join('\n')], workSize: Math.max(1, this.workSize) };
  }

  /** Statements that compute what never changes during a call. */
  private emitHoisted(roots: readonly Expr[]): string[] {
    if (roots.length === 0) return [];
    const sinks = roots.map((expr, place): WritingSink => ({
      roots: [{ expr }],
      write: (emitter) => emitter.lines.push(`  T[${place}] = ${emitter.text(expr)};`),
    }));
    const region = orderNodes(sinks.flatMap((sink) => sink.roots));
    const calls = this.emitRegion('h', region, sinks, roots.length);
    roots.forEach((expr, place) => this.hoisted.set(expr, cDialect.read(expr.type, `T[${place}]`)));
    return [`  ${this.emitSequence('hoist', calls)};`];
  }

  /** Statements that run the event within the loop over events. */
  private emitEvent(event: EventKind, kind: number): string[] {
    const { layout } = this.unit;
    const name = `e${kind}`;
    const places = placeChanges(event, layout, this.hoisted.size);
    const sinks = event.actions.map((action): WritingSink => ({
      roots: rootsOfAction(action),
      write: (emitter) => this.writeAction(action, places, emitter),
    }));
    const region = orderNodes(rootsOf(event), this.hoisted);
    const call = this.emitSequence(name, [
      ...this.emitStatements(`${name}r`, initialLines(event.resets, this.unit)),
      ...this.emitRegion(`${name}c`, region, sinks, places.end),
      ...this.emitStatements(`${name}s`, commitLines(places)),
    ]);
    return [...event.begins.map((clock) => `K[${1 + clock}]++;`), 'K[0] = n;', `${call};`];
  }

  private writeAction(action: Action, { stageOf }: Places, emitter: BodyEmitter): void {
    const value = (): string => emitter.text(action.value);
    if (action.do === 'record') {
      const { clock } = this.unit.program.records[action.record]!;
      emitter.lines.push(`  R[${action.record}][(K[${1 + clock}] - F[${clock}]) & M] = ${value()};`);
      return;
    }
    const stage = stageOf.get(action)!;
    if (action.do === 'fill')
      emitter.emitLoop(action.loop, '  ', (index, indent) => emitter.lines.push(`${indent}T[${stage} + ${index}] = ${value()};`));
    else emitter.lines.push(`  T[${stage}] = ${value()};`);
    if (action.do === 'put') emitter.lines.push(`  T[${stage + 1}] = ${emitter.text(action.index)};`);
  }

  /** Functions that compute the region and write the sinks; values between them stand in T from `start` on. */
  private emitRegion(prefix: string, region: Region, sinks: readonly WritingSink[], start: number): string[] {
    const { leaves, hoisted, chunkNodes } = this;
    const calls: string[] = [];
    const options = { dialect: cDialect, leaves, given: hoisted, chunkNodes, start };
    const end = emitChunkBodies(region, sinks, options, (lines, chunk) => calls.push(this.emitFunction(`${prefix}${chunk}`, lines)));
    this.workSize = Math.max(this.workSize, end);
    return calls;
  }

  private elementText(ref: ArrayRef, index: string): string {
    const { layout, data, dataName } = this.unit;
    return ref.kind === 'state' ? `S[${layout.offsets.get(ref)} + ${index}]` : `${dataName(data.indexOf(ref))}[${index}]`;
  }

  /** Functions of bounded length that hold the statements. */
  private emitStatements(prefix: string, lines: readonly string[]): string[] {
    const calls: string[] = [];
    for (let i = 0; i < lines.length; i += this.chunkNodes)
      calls.push(
        this.emitFunction(
          `${prefix}${calls.length}`,
          lines.slice(i, i + this.chunkNodes).map((line) => `  ${line}`),
        ),
      );
    return calls;
  }

  /** A function that makes the calls in order. */
  private emitSequence(name: string, calls: readonly string[]): string {
    return this.emitFunction(
      name,
      calls.map((call) => `  ${call};`),
    );
  }

  /** Text of a call of the function. */
  private emitFunction(name: string, lines: readonly string[]): string {
    const { prefix, hasInputs } = this.unit;
    const head = `static void ${name}(struct ${prefix} *const self, ${inputDeclaration(prefix, hasInputs)}double *const R[], const int64_t F[], const int64_t M, const int64_t K[]) {`;
    const unused = ['S', 'T', 'R', 'F', 'M', 'K', ...(hasInputs ? ['I'] : [])].map((one) => `(void)${one};`).join(' ');
    const locals = ['  double *const S = self->states;', '  double *const T = self->work;', `  ${unused}`];
    this.functions.push([head, ...locals, ...lines, '}'].join('\n'));
    return `${name}(self, ${hasInputs ? 'I, ' : ''}R, F, M, K)`;
  }
}

/** Statements by which the states take an event's changes. */
function commitLines({ runs, puts }: Places): string[] {
  return [
    ...runs.map(({ offset, stage, length }) =>
      length === 1 ? `S[${offset}] = T[${stage}];` : `memcpy(S + ${offset}, T + ${stage}, ${length} * sizeof(double));`,
    ),
    ...puts.map(({ state, offset, stage }) => `S[${offset} + ${clampText(`(int32_t)T[${stage + 1}]`, state.length - 1)}] = T[${stage}];`),
  ];
}
