// Compiles gradients of a batch: the arithmetic on learned parameters alone becomes a preparation that runs once, the rest
// an adjoint Program whose lanes the kernel holds from the forward run to the reverse.

import { BackendError } from '../backends/backend-error.js';
import { compileBatchNow } from '../backends/compile-batch.js';
import { holdLanes, type HeldLanes } from '../backends/held-lanes.js';
import type { BatchKernel } from '../backends/batch.js';
import { layoutOf } from '../backends/layout.js';
import { argOf, withArena, type Expr } from '../ir/expr.js';
import { noiseParams, noiseValues } from '../ir/noise.js';
import type { Program } from '../ir/program.js';
import { Rewriter } from '../ir/rewrite.js';
import { specialize } from '../ir/specialize.js';
import type { StateRef } from '../ir/types.js';
import { makeColumns, rowsBefore } from '../simulate/recording.js';
import { adjointProgram, type AdjointProgram } from './adjoint-program.js';
import type { BatchCotangents, BatchGradient, BatchGradientOptions, BatchGradients, BatchValues, LaneInputs } from './batch-gradient.js';
import { cutParameters, type CutProgram } from './cut-parameters.js';
import { GradientError } from './gradient-error.js';
import { cutIntoSegments, type Segment } from './lane-gradients.js';
import { keepLastRows } from './last-rows.js';
import { Preparation } from './preparation.js';
import { sequenceInputs } from './sequence-inputs.js';

/** Events whose tape is kept as a whole. */
const shortRun = 4096;
const noiseNames: readonly string[] = Object.values(noiseParams);

/**
 * `program` may hold surrogates; parameters that no option names are constants. Throws GradientError, BackendError, and
 * NetlistError DL506 where the rows take too much memory.
 */
export async function openBatchGradient(program: Program, options: BatchGradientOptions): Promise<BatchGradient> {
  return Promise.resolve(openBatchGradientNow(program, options));
}

/** The same at once, for callers that cannot wait, such as layers of tfjs. */
export function openBatchGradientNow(program: Program, options: BatchGradientOptions): BatchGradient {
  const { timeline, clocks } = program;
  if (timeline.kind !== 'table') throw new GradientError('clocks whose edges do not repeat within a short time have no gradient yet');
  const { learned, formulas = new Map<string, Expr>(), perLane = [], sequences = [], finals, rows = [] } = options;
  const free = new Set([...learned, ...formulas.keys(), ...perLane, ...sequences, ...noiseNames]);
  const last = keepLastRows(specialize(program, new Map(), free), finals, rows);
  const sequenced = sequenceInputs(last.program, sequences, options.clock, options.ticks);
  const ofLanes = new Set([...perLane, ...noiseNames]);
  const cut = cutParameters(sequenced.program, (name) => !ofLanes.has(name));

  const { offset, period } = clocks[options.clock]!;
  const end = offset + options.ticks * period;
  const whole = Math.ceil(end / timeline.length);
  const isShort = whole * timeline.entries.length <= shortRun;
  const adjoint = adjointProgram(cut.program, {
    learned: [...cut.prepared.map(({ name }) => name), ...perLane],
    objectives: rows,
    finals: last.finals,
    sources: [...sequenced.sequences.values()],
    hyperperiods: Math.min(whole, options.hyperperiods ?? (isShort ? whole : Math.ceil(Math.sqrt(whole)))),
  });
  const shared = new Set([...cut.prepared.map(({ name }) => name), noiseParams.seedLow, noiseParams.seedHigh]);
  const kernel = compileBatchNow(adjoint.program, { backend: options.backend, precision: options.precision, shared });
  return new HeldBatchGradient({ options, cut, adjoint, kernel, end, finals: last.finals, sources: [...sequenced.sequences.values()] });
}

interface Parts {
  readonly options: BatchGradientOptions;
  readonly cut: CutProgram;
  readonly adjoint: AdjointProgram;
  readonly kernel: BatchKernel;
  /** Grid tick of the end. */
  readonly end: number;
  readonly finals: readonly StateRef[];
  readonly sources: readonly StateRef[];
}

/** Where a segment begins. */
interface Checkpoint {
  /** Of the Program's own states, but for the sequences; none where there is one segment. */
  readonly states: readonly Float64Array[];
  readonly position: Float64Array;
}

class HeldBatchGradient implements BatchGradient {
  readonly learned: readonly string[];
  readonly lanes: number;
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
  private readonly prepared: Float64Array;
  private readonly values: BatchValues;
  private readonly laneNumbers: Float64Array;
  private readonly summands: Float64Array;
  private preparation!: Preparation;
  private checkpoints: Checkpoint[] = [];

  constructor(parts: Parts) {
    const { options, adjoint, cut, kernel, end } = parts;
    const { lanes } = options;
    this.parts = parts;
    this.learned = options.learned;
    this.lanes = lanes;
    this.columns = makeColumns(rowsBefore(cut.program, end), lanes);
    this.held = holdLanes(kernel, lanes, this.columns);
    this.segments = cutIntoSegments(adjoint, end);
    const isOwn = new Set(cut.program.states);
    const given = new Set<StateRef>([...parts.sources, ...adjoint.seeds.values()]);
    this.own = adjoint.program.states.filter((state) => isOwn.has(state) && !given.has(state));
    const tapes = new Set(adjoint.tapes);
    this.reversed = adjoint.program.states.filter(
      (state) => !isOwn.has(state) && !given.has(state) && !tapes.has(state) && state !== adjoint.entry,
    );
    this.counters = adjoint.program.states.filter((state) => state === adjoint.entry);
    this.firstTicks = layoutOf(adjoint.program).firstTicks;
    this.prepared = new Float64Array(cut.prepared.length);
    this.values = {
      finals: parts.finals.map(() => new Float64Array(lanes)),
      rows: this.columns.map((columns) => new Float64Array(columns[0]!.length * lanes)),
    };
    this.laneNumbers = new Float64Array(lanes);
    this.summands = new Float64Array(lanes);
    this.prepare(options.formulas ?? new Map());
  }

  prepare(formulas: ReadonlyMap<string, Expr>): void {
    this.preparation = withArena(() => {
      const rewriter = new Rewriter((leaf) => (leaf.op === 'param' ? formulas.get(argOf(leaf, 'param')) : undefined));
      const own = new Rewriter(() => undefined);
      return new Preparation(
        this.learned,
        this.parts.cut.prepared.map(({ value }) => own.rewrite(rewriter.rewrite(value))),
      );
    });
  }

  forward(values: ArrayLike<number>, inputs: LaneInputs = {}): BatchValues {
    const { held, parts, segments } = this;
    this.preparation.forward(values, this.prepared);
    this.give(inputs);
    held.reset(this.own);
    held.position.fill(0);
    this.checkpoints = [];
    for (const segment of segments) {
      this.checkpoints.push(this.keep());
      this.enter(segment);
      this.run(segment.start + segment.length);
    }
    parts.finals.forEach((state, i) => held.read(state, this.values.finals[i]!));
    this.values.rows.forEach((rows, record) => interleave(this.columns[record]!, rows));
    return this.values;
  }

  backward(cotangents: BatchCotangents): BatchGradients {
    const { held, parts } = this;
    this.reverse(cotangents);
    const { adjoint, options, sources } = parts;
    const { perLane = [] } = options;
    const sumOf = (name: string): number => this.gradientOf(name).reduce((sum, value) => sum + value, 0);
    return {
      learned: this.preparation.backward(parts.cut.prepared.map(({ name }) => sumOf(name))),
      perLane: perLane.map((name) => this.gradientOf(name).slice()),
      sequences: sources.map((state) => {
        const gradient = new Float64Array(state.length * this.lanes);
        const cotangent = adjoint.cotangents.get(state);
        if (cotangent !== undefined) held.read(cotangent, gradient);
        return gradient;
      }),
    };
  }

  jacobian(final: number): Float64Array {
    const { lanes, learned, parts, values } = this;
    const zeros = (all: readonly Float64Array[]): Float64Array[] => all.map(({ length }) => new Float64Array(length));
    const finals = zeros(values.finals);
    finals[final]!.fill(1);
    this.reverse({ finals, rows: zeros(values.rows) });
    const byPrepared = parts.cut.prepared.map(({ name }) => this.gradientOf(name).slice());
    const jacobian = new Float64Array(lanes * learned.length);
    for (let lane = 0; lane < lanes; lane++) {
      jacobian.set(this.preparation.backward(byPrepared.map((gradient) => gradient[lane]!)), lane * learned.length);
    }
    return jacobian;
  }

  /** Runs the lanes backwards; their gradients are in the states of the adjoint then. */
  private reverse(cotangents: BatchCotangents): void {
    const { held, parts, segments } = this;
    const { adjoint, finals } = parts;
    const ended = held.position.slice();
    held.reset(this.reversed);
    finals.forEach((state, i) => {
      const cotangent = adjoint.cotangents.get(state);
      if (cotangent !== undefined) held.write(cotangent, cotangents.finals[i]!);
    });
    for (let i = segments.length - 1; i >= 0; i--) {
      const segment = segments[i]!;
      if (i < segments.length - 1) {
        this.restore(this.checkpoints[i]!);
        this.enter(segment);
        this.run(segment.start + segment.length);
      }
      this.sow(this.checkpoints[i]!, segment, cotangents.rows);
      // An earlier reverse of the same run counted down.
      const entries = new Float64Array(this.lanes).fill(segment.entries);
      for (const counter of this.counters) held.write(counter, entries);
      held.position[0] = segment.start;
      held.position[1] = 2 * adjoint.entries - segment.entries;
      this.run(segment.start + 2 * adjoint.length + (i === 0 ? 1 : 0));
    }
    held.position.set(ended);
  }

  private give({ perLane = [], sequences = [], seed = 0, firstLane = 0 }: LaneInputs): void {
    const { held, parts, laneNumbers, prepared } = this;
    const { adjoint, cut, options, sources } = parts;
    const noise = noiseValues(seed);
    adjoint.program.params.forEach(({ name }, i) => {
      if (i < cut.prepared.length) held.setParam(i, prepared[i]!);
      else if (name === noiseParams.lane) {
        for (let lane = 0; lane < this.lanes; lane++) laneNumbers[lane] = (firstLane + lane) | 0;
        held.setParam(i, laneNumbers);
      } else {
        const values = perLane[(options.perLane ?? []).indexOf(name)] ?? noise.get(name);
        if (values !== undefined) held.setParam(i, values);
      }
    });
    sources.forEach((state, i) => held.write(state, sequences[i] ?? new Float64Array(state.length * this.lanes)));
  }

  private run(end: number): void {
    if (this.held.run(end) instanceof Promise) {
      throw new BackendError('this backend does not run gradients: it gives results later', 'use the backend wasm');
    }
  }

  /** Before the first event of a segment, forwards. */
  private enter({ start }: Segment): void {
    this.held.position[0] = start;
    this.held.position[1] = 0;
    this.held.reset(this.counters);
  }

  private keep(): Checkpoint {
    const { held, lanes } = this;
    const isOnly = this.segments.length === 1;
    const states = isOnly ? [] : this.own.map((state) => new Float64Array(Math.max(1, state.length) * lanes));
    states.forEach((values, i) => held.read(this.own[i]!, values));
    return { states, position: held.position.slice() };
  }

  private restore({ states, position }: Checkpoint): void {
    states.forEach((values, i) => this.held.write(this.own[i]!, values));
    this.held.position.set(position);
  }

  /** Puts the derivatives by rows where the reverse of the events that wrote them reads them. */
  private sow({ position }: Checkpoint, { entries }: Segment, cotangents: readonly Float64Array[]): void {
    const { lanes, held, parts, firstTicks } = this;
    const { timeline, events, records } = parts.cut.program;
    if (timeline.kind !== 'table') throw new Error('internal: a segment needs a table');
    records.forEach(({ name, clock }, record) => {
      const array = parts.adjoint.seeds.get(name);
      if (array === undefined) return;
      const seeds = new Float64Array(array.length * lanes);
      const given = cotangents[record]!;
      let row = position[firstTicks + clock]! - 1;
      for (let i = 0; i < entries; i++) {
        const event = events[timeline.entries[i % timeline.entries.length]!.event]!;
        if (event.begins.includes(clock)) row++;
        const isWritten = event.actions.some((action) => action.do === 'record' && action.record === record);
        if (isWritten) seeds.set(given.subarray(row * lanes, (row + 1) * lanes), i * lanes);
      }
      held.write(array, seeds);
    });
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
