// Compiles gradients of a batch: the arithmetic on learned parameters alone becomes a preparation that runs once, the rest
// an adjoint Program whose lanes the kernel holds from the forward run to the reverse.

import { BackendError } from '../backends/backend-error.js';
import type { BatchKernel } from '../backends/batch.js';
import { compileBatchNow } from '../backends/compile-batch.js';
import { holdLanes, type HeldLanes } from '../backends/held-lanes.js';
import { layoutOf } from '../backends/layout.js';
import { noiseParams, noiseValues } from '../ir/noise.js';
import type { Program } from '../ir/program.js';
import type { StateRef } from '../ir/types.js';
import { makeColumns, rowsBefore } from '../simulate/recording.js';
import { adjointProgram, type AdjointProgram } from './adjoint-program.js';
import type { BatchCotangents, BatchGradient, BatchGradientOptions, BatchValues, LaneInputs } from './batch-gradient.js';
import type { CutProgram } from './cut-parameters.js';
import { planGradient, type GradientPlan } from './gradient-plan.js';
import { lanesPerSum, sumCount, type LanesGradient, type LanesGradients } from './lanes-gradient.js';
import { PreparedGradient } from './prepared-gradient.js';
import { checkpointStride, cutIntoSegments, enterSegment, eventsOf, turnParameters, turnSegment, type Segment } from './segments.js';

/**
 * `program` may hold surrogates; parameters that no option names are constants. Throws GradientError, BackendError, and
 * NetlistError DL506 where the rows take too much memory.
 */
export async function openBatchGradient(program: Program, options: BatchGradientOptions): Promise<BatchGradient> {
  const { lanes, threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) throw new RangeError(`${threads} is no number of threads`);
  if (threads !== undefined && gradientThreads === undefined) throw new BackendError('there are no threads here', 'leave `threads` out');
  const { plan, prepared } = planGradient(program, options);
  if (threads === undefined) return gradientOf(options, plan, prepared);
  const shared = await gradientThreads!(plan, lanes, threads);
  return new PreparedGradient(options, prepared, shared, () => shared.close());
}

/** The same at once and in this thread, for callers that cannot wait, such as layers of tfjs. */
export function openBatchGradientNow(program: Program, options: BatchGradientOptions): BatchGradient {
  const { plan, prepared } = planGradient(program, options);
  return gradientOf(options, plan, prepared);
}

const gradientOf = (options: BatchGradientOptions, plan: GradientPlan, prepared: CutProgram['prepared']): BatchGradient =>
  new PreparedGradient(options, prepared, holdGradient(plan, options.lanes), () => Promise.resolve());

export interface LanesInThreads extends LanesGradient {
  close(): Promise<void>;
}

/** Lanes of a plan in so many threads, this one included. Throws as openBatchGradient. */
export type GradientThreads = (plan: GradientPlan, lanes: number, threads: number) => Promise<LanesInThreads>;

let gradientThreads: GradientThreads | undefined;

/** Makes threads known, which only some places have. */
export function provideGradientThreads(threads: GradientThreads): void {
  gradientThreads = threads;
}

/** Lanes of a plan in this thread. Throws as openBatchGradient. */
export function holdGradient(plan: GradientPlan, lanes: number): LanesGradient {
  const { program, prepared, perLane, rows, finals, sources, segment, backend, precision } = plan;
  const learned = [...prepared, ...perLane];
  const adjoint = adjointProgram(program, { learned, objectives: rows, finals, sources, ...segment });
  const shared = new Set([...prepared, noiseParams.seedLow, noiseParams.seedHigh]);
  const kernel = compileBatchNow(adjoint.program, { backend, precision, shared });
  return new HeldGradient({ plan, lanes, adjoint, kernel });
}

interface Parts {
  readonly plan: GradientPlan;
  readonly lanes: number;
  readonly adjoint: AdjointProgram;
  readonly kernel: BatchKernel;
}

/** Where a segment begins. */
interface Checkpoint {
  /** Of the Program's own states, but for the sequences; none where there is one segment. */
  readonly states: readonly Float64Array[];
  readonly position: Float64Array;
}

class HeldGradient implements LanesGradient {
  private readonly lanes: number;
  private readonly parts: Parts;
  private readonly held: HeldLanes;
  private readonly columns: readonly (readonly Float64Array[])[];
  private readonly segments: readonly Segment[];
  /** States of the run itself, that begin anew with it. */
  private readonly own: readonly StateRef[];
  /** States of the reverse, that begin at 0. */
  private readonly reversed: readonly StateRef[];
  /** The number of the next event, where anything asks for it. */
  private readonly counters: readonly StateRef[];
  private readonly firstTicks: number;
  private readonly values: BatchValues;
  private readonly laneNumbers: Float64Array;
  private readonly summands: Float64Array;
  /** By segment. Not all are kept where they are many; the others are found again in between. */
  private readonly kept = new Map<number, Checkpoint>();
  private readonly every: number;
  /** Since the last run forwards. */
  private isReversed = false;

  constructor(parts: Parts) {
    const { plan, lanes, adjoint, kernel } = parts;
    const { program, end, finals, sources } = plan;
    this.parts = parts;
    this.lanes = lanes;
    this.columns = makeColumns(rowsBefore(program, end), lanes);
    this.held = holdLanes(kernel, lanes, this.columns);
    this.segments = cutIntoSegments(program, adjoint, end);
    const isOwn = new Set(program.states);
    const values = this.segments.length === 1 ? 0 : lanes * program.states.reduce((sum, { length }) => sum + Math.max(1, length), 0);
    this.every = checkpointStride(this.segments.length, values);
    const given = new Set<StateRef>([...sources, ...adjoint.seeds.values()]);
    this.own = adjoint.program.states.filter((state) => isOwn.has(state) && !given.has(state));
    const tapes = new Set(adjoint.tapes);
    this.reversed = adjoint.program.states.filter(
      (state) => !isOwn.has(state) && !given.has(state) && !tapes.has(state) && state !== adjoint.entry,
    );
    this.counters = adjoint.program.states.filter((state) => state === adjoint.entry);
    this.firstTicks = layoutOf(adjoint.program).firstTicks;
    this.values = {
      finals: finals.map(() => new Float64Array(lanes)),
      rows: this.columns.map((columns) => new Float64Array(columns[0]!.length * lanes)),
    };
    this.laneNumbers = new Float64Array(lanes);
    this.summands = new Float64Array(lanes);
  }

  forward(prepared: Float64Array, inputs: LaneInputs): BatchValues {
    const { held, parts, segments } = this;
    this.give(prepared, inputs);
    held.reset(this.own);
    held.position.fill(0);
    this.kept.clear();
    this.isReversed = false;
    this.runForwards(0, segments.length, (i) => this.stays(i));
    parts.plan.finals.forEach((state, i) => held.read(state, this.values.finals[i]!));
    this.values.rows.forEach((rows, record) => interleave(this.columns[record]!, rows));
    return this.values;
  }

  backward(cotangents: BatchCotangents): LanesGradients {
    const { held, parts, lanes } = this;
    this.reverse(cotangents);
    const { adjoint, plan } = parts;
    return {
      sums: this.sums(),
      perLane: plan.perLane.map((name) => this.gradientOf(name).slice()),
      sequences: plan.sources.map((state) => {
        const gradient = new Float64Array(state.length * lanes);
        const cotangent = adjoint.cotangents.get(state);
        if (cotangent !== undefined) held.read(cotangent, gradient);
        return gradient;
      }),
    };
  }

  jacobian(final: number): Float64Array {
    const { lanes, parts, values } = this;
    const { prepared } = parts.plan;
    const zeros = (all: readonly Float64Array[]): Float64Array[] => all.map(({ length }) => new Float64Array(length));
    const finals = zeros(values.finals);
    finals[final]!.fill(1);
    this.reverse({ finals, rows: zeros(values.rows) });
    const jacobian = new Float64Array(prepared.length * lanes);
    prepared.forEach((name, i) => jacobian.set(this.gradientOf(name), i * lanes));
    return jacobian;
  }

  /** Runs the lanes backwards; their gradients are in the states of the adjoint then. */
  private reverse(cotangents: BatchCotangents): void {
    const { held, parts, segments } = this;
    const { adjoint, plan } = parts;
    const ended = held.position.slice();
    held.reset(this.reversed);
    plan.finals.forEach((state, i) => {
      const cotangent = adjoint.cotangents.get(state);
      if (cotangent !== undefined) held.write(cotangent, cotangents.finals[i]!);
    });
    for (let i = segments.length - 1; i >= 0; i--) {
      const segment = segments[i]!;
      // Another reverse left its first segment's tape, or took arrays back.
      const isRewound = this.isReversed && (segments.length > 1 || adjoint.rewound.length > 0);
      if (!this.kept.has(i)) {
        const group = i - (i % this.every);
        this.restore(this.kept.get(group)!);
        this.runForwards(group, i + 1, () => true);
      } else if (i < segments.length - 1 || isRewound) {
        this.restore(this.kept.get(i)!);
        this.runForwards(i, i + 1, () => false);
      }
      this.sow(this.kept.get(i)!, segment, cotangents.rows);
      if (!this.stays(i)) this.kept.delete(i);
      // An earlier reverse of the same run counted down.
      const entries = new Float64Array(this.lanes).fill(segment.entries);
      for (const counter of this.counters) held.write(counter, entries);
      turnSegment(adjoint, held.position, segment);
      this.run(segment.reverseEnd);
    }
    this.run(turnParameters(adjoint, held.position));
    this.isReversed = true;
    held.position.set(ended);
  }

  private give(prepared: Float64Array, { perLane = [], sequences = [], seed = 0, firstLane = 0 }: LaneInputs): void {
    const { held, parts, laneNumbers } = this;
    const { adjoint, plan } = parts;
    const noise = noiseValues(seed);
    adjoint.program.params.forEach(({ name }, i) => {
      if (i < prepared.length) held.setParam(i, prepared[i]!);
      else if (name === noiseParams.lane) {
        for (let lane = 0; lane < this.lanes; lane++) laneNumbers[lane] = (firstLane + lane) | 0;
        held.setParam(i, laneNumbers);
      } else {
        const values = perLane[plan.perLane.indexOf(name)] ?? noise.get(name);
        if (values !== undefined) held.setParam(i, values);
      }
    });
    plan.sources.forEach((state, i) => held.write(state, sequences[i] ?? new Float64Array(state.length * this.lanes)));
  }

  private run(end: number): void {
    if (this.held.run(end) instanceof Promise) {
      throw new BackendError('this backend does not run gradients: it gives results later', 'use the backend wasm');
    }
  }

  /** Whether the checkpoint before a segment is kept from the run forwards on. */
  private stays(segment: number): boolean {
    return segment % this.every === 0 || segment === this.segments.length - 1;
  }

  private runForwards(from: number, to: number, isKept: (segment: number) => boolean): void {
    for (let i = from; i < to; i++) {
      if (isKept(i)) this.kept.set(i, this.keep());
      this.enter(this.segments[i]!);
      this.run(this.segments[i]!.forwardEnd);
    }
  }

  /** Before the first event of a segment, forwards. */
  private enter(segment: Segment): void {
    enterSegment(this.parts.adjoint, this.held.position, segment);
    this.held.reset(this.counters);
  }

  private keep(): Checkpoint {
    const { held, lanes } = this;
    const isOnly = this.segments.length === 1 && this.parts.adjoint.rewound.length === 0;
    const states = isOnly ? [] : this.own.map((state) => new Float64Array(Math.max(1, state.length) * lanes));
    states.forEach((values, i) => held.read(this.own[i]!, values));
    return { states, position: held.position.slice() };
  }

  private restore({ states, position }: Checkpoint): void {
    states.forEach((values, i) => this.held.write(this.own[i]!, values));
    this.held.position.set(position);
  }

  /** Puts the derivatives by rows where the reverse of the events that wrote them reads them. */
  private sow({ position }: Checkpoint, segment: Segment, cotangents: readonly Float64Array[]): void {
    const { lanes, held, parts, firstTicks } = this;
    const { events, records } = parts.plan.program;
    records.forEach(({ name, clock }, record) => {
      const array = parts.adjoint.seeds.get(name);
      if (array === undefined) return;
      const seeds = new Float64Array(array.length * lanes);
      const given = cotangents[record]!;
      let row = position[firstTicks + clock]! - 1;
      let at = 0;
      for (const kind of eventsOf(parts.plan.program, segment)) {
        const event = events[kind]!;
        if (event.begins.includes(clock)) row++;
        const isWritten = event.actions.some((action) => action.do === 'record' && action.record === record);
        if (isWritten) seeds.set(given.subarray(row * lanes, (row + 1) * lanes), at * lanes);
        at++;
      }
      held.write(array, seeds);
    });
  }

  private sums(): Float64Array {
    const { lanes, held, parts } = this;
    const { prepared } = parts.plan;
    const sums = new Float64Array(sumCount(lanes) * prepared.length);
    prepared.forEach((name, i) => {
      const state = parts.adjoint.gradients.get(name);
      if (state !== undefined) held.sum(state, lanesPerSum, sums, i, prepared.length);
    });
    return sums;
  }

  /** By lane; the array is used again. */
  private gradientOf(name: string): Float64Array {
    const { summands, held, parts } = this;
    const state = parts.adjoint.gradients.get(name);
    if (state === undefined) summands.fill(0);
    else held.read(state, summands);
    return summands;
  }
}

function interleave(columns: readonly Float64Array[], rows: Float64Array): void {
  const lanes = columns.length;
  columns.forEach((column, lane) => {
    for (let row = 0; row < column.length; row++) rows[row * lanes + lane] = column[row]!;
  });
}
