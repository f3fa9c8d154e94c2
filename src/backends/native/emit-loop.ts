// Emits a Program as one C function: states live in local variables, and what never changes is computed
// once before the loop. The counterpart of js/emit.ts.

import { argOf, type Expr } from '../../ir/expr.js';
import type { Action, EventKind } from '../../ir/program.js';
import { programNodes, rootsOf } from '../../ir/roots.js';
import type { StateRef } from '../../ir/types.js';
import { hoistedNodes } from '../hoist.js';
import { bodyOf, clampText, hoistedBody, type BodyEmitter, type LeafText } from '../body.js';
import { indexByName } from '../layout.js';
import { closeTimeline, eventLoop, openTimeline } from './event-loop.js';
import { cDialect, declareVariable, literalOf, realLiteral, tickInts, timeText } from './ops.js';
import { advanceHead, type Advance, type Unit } from './unit.js';

export function emitLoop(unit: Unit): Advance {
  return new LoopEmitter(unit).emit();
}

class LoopEmitter {
  private readonly unit: Unit;
  private readonly states = new Map<StateRef, string>();
  private readonly scratch = new Map<StateRef, number>();
  private readonly hoisted = new Map<Expr, string>();
  private readonly leaves: LeafText;
  private names = 0;
  private workSize = 0;

  constructor(unit: Unit) {
    this.unit = unit;
    const { program } = unit;
    program.states.forEach((state, i) => this.states.set(state, `${state.length > 0 ? 'A' : 's'}${i}`));
    const clocks = indexByName(program.clocks);
    this.leaves = {
      param: (name) => unit.params.get(name)!,
      input: (key) => {
        throw new Error(`internal: input ${key} was not replaced`);
      },
      state: (expr) => this.states.get(argOf(expr, 'state'))!,
      element: (ref, index) => `${ref.kind === 'state' ? this.states.get(ref) : unit.dataName(unit.data.indexOf(ref))}[${index}]`,
      time: () => timeText('n', program.grid),
      tick: (clock) => `(double)k${clocks.get(clock)}`,
    };
  }

  emit(): Advance {
    const { program } = this.unit;
    const nodes = programNodes(program);
    const before = this.emitHoisted(hoistedNodes(program, nodes));
    const clocks = indexByName(program.clocks);
    for (const [node, text] of tickInts(nodes, (clock) => `k${clocks.get(clock)}`)) this.hoisted.set(node, text);
    const loop = eventLoop(
      program,
      program.events.map((event) => this.emitEvent(event)),
    );
    const lines = [advanceHead(this.unit), ...this.openLines(), ...before, ...loop, ...this.closeLines(), '}'];
    return { functions: [lines.join('\n')], workSize: this.workSize };
  }

  private emitHoisted(roots: readonly Expr[]): readonly string[] {
    const { lines, names } = hoistedBody(cDialect, roots, this.leaves, () => this.nextName());
    for (const [node, name] of names) this.hoisted.set(node, name);
    return lines;
  }

  private nextName(): string {
    return `t${this.names++}`;
  }

  private emitEvent(event: EventKind): string[] {
    const { emitter, region } = bodyOf(cDialect, rootsOf(event), this.leaves, () => this.nextName(), this.hoisted);
    const { lines } = emitter;
    for (const clock of event.begins) lines.push(`k${clock}++;`);
    for (const state of event.resets) lines.push(this.resetText(state));
    emitter.emit(region.nodes, '');
    const commits: string[] = [];
    for (const action of event.actions) {
      if (action.do !== 'record') this.emitChange(action, emitter, commits);
      else {
        const { clock } = this.unit.program.records[action.record]!;
        lines.push(`R${action.record}[(k${clock} - f${clock}) & M] = ${emitter.text(action.value)};`);
      }
    }
    return [...lines, ...commits];
  }

  /** Values are computed into names first; the states take them when all are known. */
  private emitChange(action: Exclude<Action, { do: 'record' }>, emitter: BodyEmitter, commits: string[]): void {
    const { lines } = emitter;
    const { length } = action.state;
    const target = this.states.get(action.state)!;
    switch (action.do) {
      case 'set': {
        const value = this.nextName();
        lines.push(cDialect.declare(action.value.type, value, emitter.text(action.value)));
        commits.push(`${target} = ${value};`);
        break;
      }
      case 'put': {
        const [index, value] = [this.nextName(), this.nextName()];
        lines.push(cDialect.declare('int', index, emitter.text(action.index)));
        lines.push(`const double ${value} = ${emitter.text(action.value)};`);
        commits.push(`${target}[${clampText(index, length - 1)}] = ${value};`);
        break;
      }
      case 'fill': {
        const copy = this.scratchOf(action.state);
        emitter.emitLoop(action.loop, '', (index, indent) => lines.push(`${indent}${copy}[${index}] = ${emitter.text(action.value)};`));
        commits.push(`memcpy(${target}, ${copy}, ${length} * sizeof(double));`);
        break;
      }
    }
  }

  /** Name of the work space that an array's new elements wait in. */
  private scratchOf(state: StateRef): string {
    if (!this.scratch.has(state)) {
      this.scratch.set(state, this.workSize);
      this.workSize += state.length;
    }
    return `W${this.states.get(state)!.slice(1)}`;
  }

  private resetText(state: StateRef): string {
    const name = this.states.get(state)!;
    const { init, length, type } = state;
    const { data } = this.unit;
    if (typeof init !== 'number')
      return `memcpy(${name}, ${this.unit.dataName(data.indexOfInit(state, init))}, ${length} * sizeof(double));`;
    if (length > 0) return `for (int32_t i = 0; i < ${length}; i++) ${name}[i] = ${realLiteral(init)};`;
    return `${name} = ${literalOf(type, init)};`;
  }

  private openLines(): string[] {
    const { program, layout, hasInputs } = this.unit;
    const written = new Set(program.events.flatMap(({ actions }) => actions.flatMap((a) => (a.do === 'record' ? [a.record] : []))));
    const counted = new Set([...written].map((record) => program.records[record]!.clock));
    const lines = ['  double *restrict const S = self->states;', '  int64_t *const Q = self->position;'];
    const unused = ['S', 'R', 'F', 'M', 'end', ...(hasInputs ? ['I'] : [])];
    lines.push(`  ${unused.map((name) => `(void)${name};`).join(' ')}`);
    for (const record of [...written].sort((a, b) => a - b)) lines.push(`  double *restrict const R${record} = R[${record}];`);
    for (const [state, name] of this.states) {
      const at = layout.offsets.get(state)!;
      if (state.length > 0) lines.push(`  double *const ${name} = S + ${at};`, `  (void)${name};`);
      else lines.push(`  ${declareVariable(state.type, name, cDialect.read(state.type, `S[${at}]`))}`);
    }
    for (const [state, at] of this.scratch) lines.push(`  double *restrict const ${this.scratchOf(state)} = self->work + ${at};`);
    program.clocks.forEach((_, i) => {
      lines.push(`  int64_t k${i} = Q[${layout.firstTicks + i}] - 1;`);
      if (counted.has(i)) lines.push(`  const int64_t f${i} = F[${i}];`);
    });
    return [...lines, ...openTimeline(program, layout)];
  }

  private closeLines(): string[] {
    const { program, layout } = this.unit;
    const lines: string[] = [];
    for (const [state, name] of this.states) if (state.length === 0) lines.push(`  S[${layout.offsets.get(state)}] = ${name};`);
    program.clocks.forEach((_, i) => lines.push(`  Q[${layout.firstTicks + i}] = k${i} + 1;`));
    return [...lines, ...closeTimeline(program, layout)];
  }
}
