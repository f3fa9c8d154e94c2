// Emits a Program as C functions that run many lanes side by side. Values of the lanes stand in arrays of a struct, lanes
// innermost; what is one value for all of them stands in scalars.

import { orderNodes } from '../../ir/order.js';
import { argOf, type Expr } from '../../ir/expr.js';
import type { Action, EventKind } from '../../ir/program.js';
import { programNodes, rootsOf } from '../../ir/roots.js';
import type { StateRef } from '../../ir/types.js';
import { hoistedNodes } from '../hoist.js';
import type { BodyEmitter, LeafText } from '../body.js';
import { clampText } from '../body.js';
import { indexByName } from '../layout.js';
import { varyingOf, type Varying } from '../varying.js';
import { closeTimeline, eventLoop, openTimeline } from './event-loop.js';
import { planLanes, type Filling } from './lane-plan.js';
import { LaneWriter, overLanes, type LaneContext } from './lane-writer.js';
import { cDialect, declareVariable, literalOf, tickInts, timeText } from './ops.js';
import type { Unit } from './unit.js';

/** Lanes that are run together, and rows of each record that wait to be moved to the columns: a power of two. */
export interface LaneShape {
  readonly lanes: number;
  readonly rows: number;
}

/** An array of doubles in the struct. */
export interface LaneField {
  readonly name: string;
  readonly length: number;
}

export interface LaneCode {
  /** `prepare(self)` computes what never changes, `advance(self, end)` runs events and gives whether it stopped for want of rows. */
  readonly functions: readonly string[];
  readonly fields: readonly LaneField[];
  readonly varying: Varying;
  /** Records that some event writes. */
  readonly written: readonly number[];
}

type Filled = Extract<Action, { do: 'fill' }> & Filling;
type Change = Exclude<Action, { do: 'record' }>;

export function emitLanes(unit: Unit, shape: LaneShape): LaneCode {
  return new LanesEmitter(unit, shape).emit();
}

class LanesEmitter {
  private readonly unit: Unit;
  private readonly shape: LaneShape;
  private readonly varying: Varying;
  private readonly stateIndex = new Map<StateRef, number>();
  private readonly fields = new Map<string, number>();
  /** Places of what never changes in a lane. */
  private readonly hoisted = new Map<Expr, string>();
  private readonly context: LaneContext<Filled>;
  private readonly written: readonly number[];
  private names = 0;

  constructor(unit: Unit, shape: LaneShape) {
    this.unit = unit;
    this.shape = shape;
    const { program, data } = unit;
    this.varying = varyingOf(program);
    program.states.forEach((state, i) => {
      this.stateIndex.set(state, i);
      this.fields.set(`s${i}`, Math.max(1, state.length) * (this.varying.states.has(state) ? shape.lanes : 1));
    });
    const params = indexByName(program.params);
    const clocks = indexByName(program.clocks);
    const noLeaf = (): never => {
      throw new Error('internal: a lane reads its leaves from memory, and no inputs');
    };
    const leaves: LeafText = {
      param: noLeaf,
      input: noLeaf,
      state: (expr) => this.scalarName(argOf(expr, 'state')),
      element: (ref, index) => (ref.kind === 'data' ? `${unit.dataName(data.indexOf(ref))}[${index}]` : this.element(ref, index)),
      time: () => timeText('n', program.grid),
      tick: (clock) => `(double)k${clocks.get(clock)}`,
    };
    const nodes = programNodes(program);
    this.context = {
      lanes: shape.lanes,
      varying: this.varying,
      leaves,
      known: tickInts(nodes, (clock) => `k${clocks.get(clock)}`),
      nextName: () => `t${this.names++}`,
      place: (expr) => {
        if (expr.op === 'state') return this.element(argOf(expr, 'state'), '0');
        if (expr.op === 'param') return `self->p${params.get(argOf(expr, 'param'))}[l]`;
        return this.hoisted.get(expr);
      },
      newElement: ({ state }, index) => `${this.newName(state)}[${this.laneIndex(index)}]`,
    };
    const records = program.events.flatMap(({ actions }) => actions.flatMap((action) => (action.do === 'record' ? [action.record] : [])));
    this.written = [...new Set(records)].sort((a, b) => a - b);
  }

  emit(): LaneCode {
    const { program, prefix } = this.unit;
    const { lanes, rows } = this.shape;
    program.params.forEach((_, i) => this.fields.set(`p${i}`, lanes));
    for (const record of this.written) this.fields.set(`r${record}`, rows * lanes);
    const hoisted = hoistedNodes(program, programNodes(program)).filter((node) => node.op !== 'param' && this.varying.nodes.has(node));
    const prepare = [`static void prepare(struct ${prefix} *const self) {`, '  (void)self;', ...this.emitHoisted(hoisted), '}'];
    const events = program.events.map((event) => this.emitEvent(event));
    const advance = [
      `static int advance(struct ${prefix} *restrict const self, int64_t end) {`,
      ...this.openLines(),
      ...eventLoop(program, events),
      ...this.closeLines(),
      '}',
    ];
    const fields = Array.from(this.fields, ([name, length]) => ({ name, length }));
    return { functions: [prepare.join('\n'), advance.join('\n')], fields, varying: this.varying, written: this.written };
  }

  /** The variable of a state that is one scalar for all lanes. */
  private scalarName(state: StateRef): string {
    return `s${this.stateIndex.get(state)}`;
  }

  private fieldName(state: StateRef): string {
    return `self->s${this.stateIndex.get(state)}`;
  }

  /** The array in which a state's new elements wait. */
  private newName(state: StateRef): string {
    const name = `n${this.stateIndex.get(state)}`;
    this.fields.set(name, this.fields.get(this.scalarName(state))!);
    return `self->${name}`;
  }

  private laneIndex(index: string): string {
    return index === '0' ? 'l' : `${index} * ${this.shape.lanes} + l`;
  }

  /** An element, in lane `l` where lanes differ. */
  private element(state: StateRef, index: string): string {
    return `${this.fieldName(state)}[${this.varying.states.has(state) ? this.laneIndex(index) : index}]`;
  }

  private emitHoisted(nodes: readonly Expr[]): string[] {
    const region = orderNodes(nodes.map((expr) => ({ expr })));
    const writer = new LaneWriter(this.context, region, nodes);
    const places = nodes.map((node, i) => ({ node, name: `h${i}` }));
    const lines = (text: (expr: Expr) => string): string[] => places.map(({ node, name }) => `self->${name}[l] = ${text(node)};`);
    writer.write(planLanes(region, [], this.varying), { roots: nodes, lines });
    for (const { node, name } of places) {
      this.fields.set(name, this.shape.lanes);
      this.hoisted.set(node, `self->${name}[l]`);
    }
    return writer.lines.map((line) => `  ${line}`);
  }

  private emitEvent(event: EventKind): string[] {
    const isVarying = ({ state }: Change): boolean => this.varying.states.has(state);
    const changes = event.actions.filter((action) => action.do !== 'record');
    const records = event.actions.filter((action) => action.do === 'record');
    const fills = changes.filter((action) => action.do === 'fill').filter(isVarying);
    const fillings = fills.map((fill): Filled => ({ ...fill, root: { expr: fill.value, loop: fill.loop } }));
    const ofLanes = changes.filter((action) => action.do !== 'fill').filter(isVarying);

    const roots = rootsOf(event);
    const region = orderNodes(roots, { has: (expr) => this.hoisted.has(expr) || this.context.known.has(expr) });
    const writer = new LaneWriter(
      this.context,
      region,
      roots.map((root) => root.expr),
    );
    const used = [...records.map(({ value }) => value), ...ofLanes.flatMap((a) => (a.do === 'put' ? [a.index, a.value] : [a.value]))];
    const lines = (text: (expr: Expr) => string): string[] => {
      const stores = records.map(({ record, value }) => `b${record}[l] = ${text(value)};`);
      const values: string[] = [];
      for (const change of ofLanes) this.emitLaneChange(change, text, values, stores);
      return [...values, ...stores];
    };
    writer.write(planLanes(region, fillings, this.varying), { roots: used, lines });
    for (let i = 0; i < writer.slotCount; i++) this.fields.set(`v${i}`, this.shape.lanes);

    const commits: string[] = [];
    const scalar = writer.scalar();
    for (const change of changes) if (!isVarying(change)) this.emitScalarChange(change, scalar, commits);
    for (const { state } of fills)
      commits.push(`memcpy(${this.fieldName(state)}, ${this.newName(state)}, sizeof ${this.fieldName(state)});`);
    return [...this.beginLines(event), ...writer.lines, ...scalar.lines, ...commits];
  }

  /** Statements that begin ticks, put states back, and say where the rows of records are. */
  private beginLines(event: EventKind): string[] {
    const { lanes, rows } = this.shape;
    const { records } = this.unit.program;
    const recorded = new Set(event.actions.flatMap((action) => (action.do === 'record' ? [action.record] : [])));
    const row = (record: number): string => `self->r${record} + (k${records[record]!.clock} & ${rows - 1}) * ${lanes}`;
    return [
      ...event.begins.map((clock) => `k${clock}++;`),
      ...event.begins.filter((clock) => this.isRecorded(clock)).map((clock) => `if (k${clock} >= full${clock}) isFull = 1, end = n + 1;`),
      ...event.resets.flatMap((state) => this.resetLines(state)),
      // A row that begins may be written by a later event, or by none.
      ...this.written
        .filter((record) => event.begins.includes(records[record]!.clock) && !recorded.has(record))
        .map((record) => `memset(${row(record)}, 0, ${lanes} * sizeof(double));`),
      ...[...recorded].map((record) => `double *restrict const b${record} = ${row(record)};`),
    ];
  }

  private isRecorded(clock: number): boolean {
    return this.written.some((record) => this.unit.program.records[record]!.clock === clock);
  }

  /** All values of a lane are there before its states take them. */
  private emitLaneChange(change: Change, text: (expr: Expr) => string, values: string[], stores: string[]): void {
    const named = (expr: Expr): string => {
      const name = this.context.nextName();
      values.push(cDialect.declare(expr.type, name, text(expr)));
      return name;
    };
    const index = change.do === 'put' ? clampText(named(change.index), change.state.length - 1) : '0';
    stores.push(`${this.element(change.state, index)} = ${named(change.value)};`);
  }

  /** Values are computed into names first; the states take them when all are known. */
  private emitScalarChange(change: Change, emitter: BodyEmitter, commits: string[]): void {
    const { lines } = emitter;
    const { state } = change;
    if (change.do === 'fill') {
      const copy = this.newName(state);
      emitter.emitLoop(change.loop, '', (index, indent) => lines.push(`${indent}${copy}[${index}] = ${emitter.text(change.value)};`));
      commits.push(`memcpy(${this.fieldName(state)}, ${copy}, sizeof ${copy});`);
      return;
    }
    const value = this.context.nextName();
    lines.push(cDialect.declare(change.value.type, value, emitter.text(change.value)));
    if (change.do === 'set') {
      commits.push(`${this.scalarName(state)} = ${value};`);
      return;
    }
    const index = this.context.nextName();
    lines.push(cDialect.declare('int', index, emitter.text(change.index)));
    commits.push(`${this.element(state, clampText(index, state.length - 1))} = ${value};`);
  }

  private resetLines(state: StateRef): string[] {
    const { init, length, type } = state;
    const { data, dataName } = this.unit;
    const value = typeof init === 'number' ? literalOf(type, init) : `${dataName(data.indexOfInit(state, init))}[i]`;
    const isVarying = this.varying.states.has(state);
    if (length === 0) {
      return isVarying
        ? overLanes(this.shape.lanes, [`${this.element(state, '0')} = ${value};`])
        : [`${this.scalarName(state)} = ${value};`];
    }
    const store = `${this.element(state, 'i')} = ${value};`;
    const body = isVarying ? overLanes(this.shape.lanes, [store]) : [store];
    return [cDialect.loopHead('i', length), ...body.map((line) => `  ${line}`), '}'];
  }

  /** States that are one scalar for all lanes, and their variables. */
  private scalarStates(): { readonly state: StateRef; readonly name: string }[] {
    const scalars = this.unit.program.states.filter((state) => state.length === 0 && !this.varying.states.has(state));
    return scalars.map((state) => ({ state, name: this.scalarName(state) }));
  }

  private openLines(): string[] {
    const { program, layout } = this.unit;
    const clocks = program.clocks.map((_, i) => `  int64_t k${i} = Q[${layout.firstTicks + i}] - 1;`);
    const full = program.clocks.flatMap((_, i) => (this.isRecorded(i) ? [`  const int64_t full${i} = self->full[${i}];`] : []));
    return [
      '  int64_t *const Q = self->position;',
      '  int isFull = 0;',
      '  (void)end;',
      ...this.scalarStates().map(
        ({ state, name }) => `  ${declareVariable(state.type, name, cDialect.read(state.type, `self->${name}[0]`))}`,
      ),
      ...clocks,
      ...full,
      ...openTimeline(program, layout),
    ];
  }

  private closeLines(): string[] {
    const { program, layout } = this.unit;
    return [
      ...this.scalarStates().map(({ name }) => `  self->${name}[0] = ${name};`),
      ...program.clocks.map((_, i) => `  Q[${layout.firstTicks + i}] = k${i} + 1;`),
      ...closeTimeline(program, layout),
      '  return isFull;',
    ];
  }
}
