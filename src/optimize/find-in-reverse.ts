// One lane backwards until a cotangent is not finite, and the operation whose derivative made it so.

import { compileKernel } from '../backends/compile.js';
import { Interpreter } from '../backends/interpret.js';
import { cloneMachine, createMachine, type Kernel, type Machine } from '../backends/kernel.js';
import type { Graph } from '../graph/graph.js';
import type { Expr } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import { programNodes } from '../ir/roots.js';
import type { StateRef } from '../ir/types.js';
import { rowsBefore } from '../simulate/recording.js';
import { adjointProgram, type AdjointProgram } from './adjoint-program.js';
import type { NonFinite } from './find-non-finite.js';
import { segmentLength } from './lane-gradients.js';
import { NodePlaces } from './node-places.js';
import { cutIntoSegments, enterSegment, turnParameters, turnSegment, type Segment } from './segments.js';
import { sowSeeds, type Seeds } from './sow-seeds.js';

export interface ReverseQuestion {
  readonly learned: readonly string[];
  readonly objectives: readonly string[];
  readonly clock: number;
  readonly ticks: number;
  readonly params: Float64Array;
  /** Of the one lane. */
  readonly seeds: Seeds;
  readonly graph?: Graph | undefined;
}

/** Where states stand in the machine. */
type Places = readonly (readonly [from: number, to: number])[];
type Found = Omit<NonFinite, 'of' | 'lane'>;

/** Undefined where all derivatives are finite. */
export function findInReverse(program: Program, question: ReverseQuestion): Found | undefined {
  const { offset, period } = program.clocks[question.clock]!;
  const end = offset + question.ticks * period;
  const adjoint = adjointProgram(program, { ...question, ...segmentLength(program, end) });
  return new ReverseSearch(program, adjoint, question, end).run();
}

class ReverseSearch {
  private readonly program: Program;
  private readonly adjoint: AdjointProgram;
  private readonly question: ReverseQuestion;
  private readonly segments: readonly Segment[];
  private readonly kernel: Kernel;
  private readonly machine: Machine;
  private readonly gradients: Places;
  /** Of cotangents and gradients. */
  private readonly derivatives: Places;

  constructor(program: Program, adjoint: AdjointProgram, question: ReverseQuestion, end: number) {
    this.program = program;
    this.adjoint = adjoint;
    this.question = question;
    this.segments = cutIntoSegments(program, adjoint, end);
    this.kernel = compileKernel(adjoint.program);
    const columns = rowsBefore(program, end).map((rows) => new Float64Array(rows));
    this.machine = createMachine(adjoint.program, columns, question.params);
    const { layout } = this.machine;
    const placesOf = (states: readonly StateRef[]): Places =>
      states.map((state) => [layout.offsets.get(state)!, layout.offsets.get(state)! + Math.max(1, state.length)]);
    this.gradients = placesOf([...adjoint.gradients.values()]);
    const cotangents = adjoint.program.states.filter(({ name }) => name.startsWith('cotangent '));
    this.derivatives = [...placesOf(cotangents), ...this.gradients];
  }

  run(): Found | undefined {
    const starts: Machine[] = [];
    for (const segment of this.segments) {
      starts.push(cloneMachine(this.machine));
      this.forward(segment);
    }
    // A cotangent may leave the finite numbers without harm to any gradient.
    const first = this.goBack(starts);
    return this.isFinite(this.machine, this.gradients) ? undefined : first;
  }

  /** Runs all segments and the parameters backwards; where a cotangent or gradient stopped being finite. */
  private goBack(starts: readonly Machine[]): Found | undefined {
    const { machine, adjoint, segments, kernel } = this;
    const { objectives, seeds } = this.question;
    const records = objectives.map((name) => this.program.records.findIndex((record) => record.name === name));
    let found: Found | undefined;
    const back = (end: number, segment: Segment, start: Machine): void => {
      const before = cloneMachine(machine);
      kernel.run(machine, end);
      if (found === undefined && !this.isFinite(machine, this.derivatives)) found = this.findInSegment(before, end, segment, start);
    };
    for (let i = segments.length - 1; i >= 0; i--) {
      const segment = segments[i]!;
      this.restore(starts[i]!);
      this.forward(segment);
      sowSeeds(this.program, adjoint, { ...machine, lanes: 1 }, starts[i]!.position, segment, records, seeds);
      turnSegment(adjoint, machine.position, segment);
      back(segment.reverseEnd, segment, starts[i]!);
    }
    back(turnParameters(adjoint, machine.position), { ...segments[0]!, entries: 0 }, starts[0]!);
    return found;
  }

  private forward(segment: Segment): void {
    enterSegment(this.adjoint, this.machine.position, segment);
    this.machine.states[this.machine.layout.offsets.get(this.adjoint.entry)!] = 0;
    this.kernel.run(this.machine, segment.forwardEnd);
  }

  private restore({ states, position }: Machine): void {
    const own = new Set(this.program.states);
    for (const [state, at] of this.machine.layout.offsets) {
      if (own.has(state)) this.machine.states.set(states.subarray(at, at + Math.max(1, state.length)), at);
    }
    this.machine.position.set(position);
  }

  private isFinite({ states }: Machine, places: Places): boolean {
    return places.every(([from, to]) => states.subarray(from, to).every(Number.isFinite));
  }

  private findInSegment(machine: Machine, end: number, segment: Segment, start: Machine): Found {
    const { adjoint, program } = this;
    const interpreter = new Interpreter(adjoint.program);
    for (let entry = segment.entries - 1; ; entry--) {
      const next = interpreter.next(machine);
      if (next.tick >= end) throw new Error('internal: the interpreter stayed finite where the kernel did not');
      const values = new Map<Expr, number>();
      interpreter.run(machine, next, (expr, value) => {
        if (Number.isFinite(values.get(expr) ?? 0)) values.set(expr, value);
      });
      if (this.isFinite(machine, this.derivatives)) continue;
      const primal = this.valuesAt(Math.max(0, entry), segment, start);
      const tick = entry < 0 ? undefined : primal.tick;
      return { tick, ...this.culprit(adjoint.nodeCotangents[next.event - program.events.length]!, values, primal.values) };
    }
  }

  /** The first node on the way back whose cotangent is not finite, and the operation that has it as an operand. */
  private culprit(
    cotangents: ReadonlyMap<Expr, Expr>,
    values: ReadonlyMap<Expr, number>,
    primal: ReadonlyMap<Expr, number>,
  ): Omit<Found, 'tick'> {
    const { source } = this.adjoint;
    const valueOf = (node: Expr): number | undefined => values.get(cotangents.get(node)!);
    const isWild = (node: Expr): boolean => cotangents.has(node) && !Number.isFinite(valueOf(node) ?? 0);
    const [node] = [...cotangents.keys()].filter(isWild).sort((a, b) => b.id - a.id);
    if (node === undefined) return { signal: 'a sum of finite derivatives', value: Infinity };
    const users = [...programNodes(source)].filter((user) => user.src.includes(node) && cotangents.has(user) && !isWild(user));
    const [user = node] = users.sort((a, b) => b.id - a.id);
    const place = new NodePlaces(source, this.question.graph).placeOf(user);
    return {
      signal: place?.signal ?? user.op,
      value: valueOf(node)!,
      operation: user.op,
      operands: user.src.flatMap((operand) => primal.get(operand) ?? []),
      place,
    };
  }

  /** Values of the Program's nodes in an event of the segment. */
  private valuesAt(entry: number, segment: Segment, start: Machine): { readonly values: Map<Expr, number>; readonly tick: number } {
    const { source } = this.adjoint;
    const machine = createMachine(source, this.machine.records, this.question.params);
    for (const [state, at] of machine.layout.offsets) {
      const from = start.layout.offsets.get(state);
      if (from !== undefined) machine.states.set(start.states.subarray(from, from + Math.max(1, state.length)), at);
    }
    const { firstTicks, nextEdge } = machine.layout;
    machine.position.set(start.position.subarray(firstTicks, nextEdge), firstTicks);
    if (typeof segment.from === 'number') this.enterTable(machine, segment);
    else machine.position.set(segment.from, nextEdge);
    const interpreter = new Interpreter(source);
    const values = new Map<Expr, number>();
    for (let i = 0; i <= entry; i++) {
      interpreter.run(machine, interpreter.next(machine), (expr, value) => (i === entry ? values.set(expr, value) : undefined));
    }
    return { values, tick: machine.position[firstTicks + this.question.clock]! - 1 };
  }

  private enterTable({ position }: Machine, { start, from }: Segment): void {
    const { timeline } = this.program;
    if (timeline.kind !== 'table') throw new Error('internal: a segment begins at an entry of no table');
    position[0] = Math.floor(start / timeline.length) * timeline.length;
    position[1] = (from as number) % timeline.entries.length;
  }
}
