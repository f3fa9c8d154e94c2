// Runs many lanes of a compiled system: one program, its clocks and its time for all, tunable parameters and noise for
// each. Where threads are provided they share the lanes out.

import type { Precision } from '../backends/batch.js';
import { compileBatch, type BatchBackendName } from '../backends/compile-batch.js';
import { BackendError } from '../backends/backend-error.js';
import { coherentHertz } from '../graph/coherent.js';
import { requireTunable } from '../graph/require-tunable.js';
import { argOf } from '../ir/expr.js';
import { evaluatorOf } from '../ir/interpret.js';
import { reachableNodes } from '../ir/leaves.js';
import { noiseParams, noiseValues } from '../ir/noise.js';
import type { Program } from '../ir/program.js';
import { specialize } from '../ir/specialize.js';
import { keepLive } from '../schedule/live.js';
import type { Compiled } from './compile-netlist.js';
import { gridEnds, makeColumns, rowsBefore, waveformOf, type RecordedWaveform } from './recording.js';
import { runLength } from './run-length.js';
import { TileRunner, type Stop } from './run-tile.js';
import type { Progress } from './simulate.js';

export interface BatchOptions {
  readonly lanes: number;
  /** Seed of the noise; each lane has its own. */
  readonly seed?: number | undefined;
  /** Ticks to run where no bench says so. */
  readonly ticks?: number | undefined;
  readonly backend?: BatchBackendName | undefined;
  readonly precision?: Precision | undefined;
  /** Worker threads; without it all runs in this one. */
  readonly threads?: number | undefined;
}

/** Values of tunable parameters, one each lane; the others are the netlist's in all lanes. */
export type LaneParams = ReadonlyMap<string, ArrayLike<number>>;

export interface BatchControl {
  /** Counts lanes. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the run early; lanes that were not run to the end have fewer rows. */
  readonly abort?: AbortSignal | undefined;
}

export interface BatchRunOptions extends BatchOptions, BatchControl {
  readonly params?: LaneParams | undefined;
}

export interface BatchResult {
  readonly backend: BatchBackendName;
  readonly precision: Precision;
  readonly lanes: number;
  /** By lane: ticks that were run, and whether all its numbers stayed finite. */
  readonly ticks: Float64Array;
  readonly isFinite: readonly boolean[];
  waveformsOf(lane: number): RecordedWaveform[];
}

/** A batch as plain data, but for the Program. */
export interface BatchWork {
  /** With the parameters free that lanes have values of. */
  readonly program: Program;
  readonly clock: number;
  readonly ticks: number;
  readonly backend: BatchBackendName | undefined;
  readonly precision: Precision;
  /** Value i of lane l at `l * params + i`; they may change from run to run. */
  readonly values: Float64Array;
  /** `columns[record]`: the rows of lane after lane. */
  readonly columns: readonly Float64Array[];
}

/** What became of some lanes. */
export interface LanesOutcome {
  readonly backend: BatchBackendName;
  readonly ticks: number;
  readonly isFinite: readonly boolean[];
}

/** Runs lanes `first` to `first + count - 1`. */
export type RunLanes = (first: number, count: number, abort?: AbortSignal) => Promise<LanesOutcome>;

export interface LanesPool {
  readonly runLanes: RunLanes;
  close(): Promise<void>;
}

export interface BatchThreads {
  /** Memory that threads share. */
  readonly allocate: (length: number) => Float64Array;
  /** The work's values and columns are such memory. */
  start(work: BatchWork, threads: number): LanesPool;
}

let batchThreads: BatchThreads | undefined;

/** Makes threads known, which only some places have. */
export function provideBatchThreads(threads: BatchThreads): void {
  batchThreads = threads;
}

/** Lanes that are run together, at most, and their memory. */
const mostTileLanes = 256;
const mostTileBytes = 2 ** 28;

/** Runs all lanes once; see openBatch. */
export async function runBatch(compiled: Compiled, options: BatchRunOptions): Promise<BatchResult> {
  const { params = new Map<string, ArrayLike<number>>() } = options;
  const batch = await openBatch(compiled, [...params.keys()], options);
  try {
    return await batch.run(params, options);
  } finally {
    await batch.close();
  }
}

/**
 * A batch that is run many times: the program is compiled, threads are started and memory is taken once. `varied` are the
 * parameters that lanes have values of.
 * @throws NetlistError DL306 for what cannot be varied, DL501 without a length, DL506 where memory is short; BackendError
 */
export async function openBatch(compiled: Compiled, varied: readonly string[], options: BatchOptions): Promise<Batch> {
  const { lanes, seed = 0, backend, precision = 'f64', threads } = options;
  if (!(Number.isInteger(lanes) && lanes >= 1 && lanes <= 2 ** 31)) throw new RangeError(`${lanes} is no number of lanes`);
  if (!(Number.isSafeInteger(seed) && seed >= 0)) throw new RangeError(`${seed} is no seed: a whole number from 0 to 2^53 - 1`);
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) throw new RangeError(`${threads} is no number of threads`);
  if (threads !== undefined && batchThreads === undefined) throw new BackendError('there are no threads here', 'leave `threads` out');
  for (const name of varied) requireTunable(compiled.graph, name);
  const { clock, ticks } = runLength(compiled, options.ticks);
  const program = keepLive(specialize(compiled.program, noiseValues(seed), new Set([...varied, noiseParams.lane])));
  const rows = rowsBefore(program, gridEnds(program, clock, ticks)(ticks));
  const allocate = threads === undefined ? undefined : batchThreads!.allocate;
  const columns = makeColumns(
    rows.map((count) => count * lanes),
    1,
    allocate,
  ).map(([column]) => column!);
  const length = lanes * program.params.length;
  const work: BatchWork = { program, clock, ticks, backend, precision, values: allocate?.(length) ?? new Float64Array(length), columns };
  const pool =
    threads === undefined ? { runLanes: await lanesRunner(work), close: () => Promise.resolve() } : batchThreads!.start(work, threads);
  return new Batch(work, lanes, threads ?? 1, pool, laneValuesOf(compiled, varied));
}

/** Lanes that are ready to run. */
export class Batch {
  private readonly work: BatchWork;
  private readonly lanes: number;
  private readonly threads: number;
  private readonly pool: LanesPool;
  private readonly laneValues: LaneValues | undefined;
  private isRunning = false;

  constructor(work: BatchWork, lanes: number, threads: number, pool: LanesPool, laneValues: LaneValues | undefined) {
    this.laneValues = laneValues;
    this.work = work;
    this.lanes = lanes;
    this.threads = threads;
    this.pool = pool;
  }

  /**
   * Runs all lanes from the start, one run at a time. A lane that diverges is run to its end and marked. The result's rows hold
   * until the next run. Frequencies that the bench makes coherent are moved as it moves them.
   * @throws RangeError for a value outside of its limits
   */
  async run(params: LaneParams, control: BatchControl = {}): Promise<BatchResult> {
    if (this.isRunning) throw new Error('a batch runs once at a time: wait for the run before');
    this.isRunning = true;
    try {
      return await this.runLanes(params, control);
    } finally {
      this.isRunning = false;
    }
  }

  private async runLanes(params: LaneParams, { onProgress, abort }: BatchControl): Promise<BatchResult> {
    const { work, lanes, threads, pool } = this;
    this.take(params);
    let failed = false;
    const ticksOf = new Float64Array(lanes);
    const isFinite = Array.from({ length: lanes }, () => true);
    let ranOn: BatchBackendName | undefined;
    let next = 0;
    let done = 0;
    const serve = async (): Promise<void> => {
      while (next < lanes && !failed && abort?.aborted !== true) {
        const first = next;
        const count = Math.min(mostTileLanes, lanes - first);
        next += count;
        const outcome = await pool.runLanes(first, count, abort).catch((error: unknown) => {
          failed = true;
          throw error;
        });
        ranOn = outcome.backend;
        ticksOf.fill(outcome.ticks, first, first + count);
        outcome.isFinite.forEach((finite, i) => (isFinite[first + i] = finite));
        onProgress?.({ done: (done += count), total: lanes });
      }
    };
    // All of them, so that nothing writes into the records any more.
    const ends = await Promise.allSettled(Array.from({ length: threads }, serve));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    const backend = ranOn ?? work.backend ?? 'wasm';
    return {
      backend,
      precision: work.precision,
      lanes,
      ticks: ticksOf,
      isFinite,
      waveformsOf: (lane) => this.waveforms(lane, ticksOf[lane]!),
    };
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.pool.close();
  }

  private take(params: LaneParams): void {
    const { work, lanes } = this;
    for (const [name, values] of params)
      if (values.length !== lanes) throw new RangeError(`'${name}' has ${values.length} values for ${lanes} lanes`);
    const own = work.program.params;
    own.forEach(({ name, value }, i) => {
      const list = params.get(name);
      for (let lane = 0; lane < lanes; lane++)
        work.values[lane * own.length + i] = name === noiseParams.lane ? lane | 0 : (list?.[lane] ?? value);
    });
    const { laneValues } = this;
    for (let lane = 0; laneValues !== undefined && lane < lanes; lane++) {
      const moved = laneValues(new Map([...params].map(([name, list]) => [name, list[lane]!])), lane);
      own.forEach(({ name }, i) => (work.values[lane * own.length + i] = moved.get(name) ?? work.values[lane * own.length + i]!));
    }
  }

  private waveforms(lane: number, ticks: number): RecordedWaveform[] {
    const { program, clock, ticks: all, columns } = this.work;
    const endOf = gridEnds(program, clock, all);
    const [rows, kept] = [rowsBefore(program, endOf(all)), rowsBefore(program, endOf(ticks))];
    return program.records.map((record, i) =>
      waveformOf(program, record, columns[i]!.subarray(lane * rows[i]!, lane * rows[i]! + kept[i]!)),
    );
  }
}

/** The values that a lane's parameters get; throws RangeError. */
type LaneValues = (values: ReadonlyMap<string, number>, lane: number) => ReadonlyMap<string, number>;

/** Undefined where lanes get the values as they are. */
function laneValuesOf({ graph, bench }: Compiled, varied: readonly string[]): LaneValues | undefined {
  const coherent = new Set(bench === undefined ? [] : graph.params.flatMap(({ name, isCoherent }) => (isCoherent === true ? [name] : [])));
  const nominal = new Map(graph.params.map(({ name, value }) => [name, value]));
  const isVaried = new Set(varied);
  const limits = graph.limits.filter(({ expr }) =>
    [...reachableNodes([expr])].some((node) => node.op === 'param' && isVaried.has(argOf(node, 'param'))),
  );
  if (limits.length === 0 && !varied.some((name) => coherent.has(name))) return undefined;
  const evaluate = evaluatorOf(limits.map(({ expr }) => expr));
  return (values, lane) => {
    const moved = new Map(values);
    for (const [name, hertz] of values)
      if (coherent.has(name)) moved.set(name, coherentHertz(hertz, graph.clocks[bench!.run.clock]!, bench!.run.ticks));
    const found = evaluate((name) => moved.get(name) ?? nominal.get(name) ?? NaN);
    limits.forEach(({ name, min, max }, i) => {
      if (!(found[i]! >= min && found[i]! <= max))
        throw new RangeError(`'${name}' is ${found[i]} in lane ${lane}, outside ${min} to ${max}`);
    });
    return moved;
  };
}

/** Runs lanes in this thread; the kernel is compiled once. */
export async function lanesRunner({
  program,
  clock,
  ticks,
  backend,
  precision,
  values,
  columns,
}: BatchWork): Promise<(first: number, count: number, abort?: Stop) => Promise<LanesOutcome>> {
  const kernel = await compileBatch(program, { backend, precision });
  const runner = new TileRunner(kernel, clock, ticks);
  const together = Math.min(mostTileLanes, runner.lanesWithin(mostTileBytes));
  return async (first, count, abort) => {
    const isFinite: boolean[] = [];
    let done = ticks;
    for (let at = 0; at < count; at += together) {
      const lanes = Math.min(together, count - at);
      const own = columns.map((column, record) => {
        const rows = runner.rows[record]!;
        return Array.from({ length: lanes }, (_, lane) => column.subarray((first + at + lane) * rows, (first + at + lane + 1) * rows));
      });
      const params = new Float64Array(program.params.length * lanes);
      for (let i = 0; i < program.params.length; i++)
        for (let lane = 0; lane < lanes; lane++) params[i * lanes + lane] = values[(first + at + lane) * program.params.length + i]!;
      const result = await runner.run(lanes, params, own, abort);
      done = Math.min(done, result.ticks);
      isFinite.push(...result.isFinite);
    }
    return { backend: kernel.backend, ticks: done, isFinite };
  };
}
