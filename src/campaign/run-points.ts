// Runs points of a campaign side by side on a batch kernel and takes their measures in place. Knows no threads and no
// files; what a point gives depends on its number alone.

import { BackendError } from '../backends/backend-error.js';
import { compileBatch } from '../backends/compile-batch.js';
import type { BatchKernel } from '../backends/batch.js';
import { decodeProgram } from '../ir/encode-program.js';
import { noiseParams } from '../ir/noise.js';
import { makeColumns, type RecordedWaveform } from '../simulate/recording.js';
import { TileRunner } from '../simulate/run-tile.js';
import type { CampaignJob } from './campaign-job.js';
import { PointJudge, type JudgedPoint } from './judge-point.js';
import { makePlan } from './make-plan.js';
import type { Plan } from './plan.js';
import { packRow, rowLength } from './point-row.js';

/** Memory that the records of lanes run together may take, about. */
const mostTileBytes = 2 ** 28;

export class PointRunner {
  readonly kernel: BatchKernel;
  private readonly job: CampaignJob;
  private readonly plan: Plan;
  private readonly judge: PointJudge;
  private readonly lanes: number;
  private readonly runner: TileRunner;
  private readonly records: readonly (readonly Float64Array[])[];

  private constructor(job: CampaignJob, kernel: BatchKernel, mostLanes: number, mostBytes: number) {
    this.job = job;
    this.kernel = kernel;
    this.plan = makePlan(job.plan);
    this.judge = new PointJudge(job);
    this.runner = new TileRunner(kernel, job.clock, job.ticks);
    this.lanes = Math.min(mostLanes, this.runner.lanesWithin(Math.min(mostTileBytes, mostBytes)));
    this.records = makeColumns(this.runner.rows, this.lanes);
  }

  /** Compiles the job's kernel. At most `mostLanes` points are run together, one at least, in about `mostBytes`. Throws BackendError. */
  static async create(job: CampaignJob, mostLanes: number, mostBytes = mostTileBytes): Promise<PointRunner> {
    const { backend, precision } = job;
    return new PointRunner(job, await compileBatch(decodeProgram(job.program), { backend, precision }), mostLanes, mostBytes);
  }

  /** The rows of `count` points from `first` on. */
  async rows(first: number, count: number): Promise<Float64Array<ArrayBuffer>> {
    const { measures, checks } = this.job;
    const length = rowLength({ measures: measures.length, checks: checks.length });
    const rows = new Float64Array(count * length);
    await this.run(first, count, (point, judged) => rows.set(packRow(judged), (point - first) * length));
    return rows;
  }

  /** Runs points in order; `see` gets each with its waveforms, whose memory is used again afterwards. */
  async run(
    first: number,
    count: number,
    see: (point: number, judged: JudgedPoint, waveforms: readonly RecordedWaveform[]) => void,
  ): Promise<void> {
    const { kernel, plan, lanes: most } = this;
    for (let done = 0; done < count; done += most) {
      const lanes = Math.min(most, count - done);
      const values = Array.from({ length: lanes }, (_, lane) => this.valuesAt(first + done + lane));
      const axes = plan.axes.map(({ name }) => name);
      const params = new Float64Array(kernel.program.params.length * lanes);
      kernel.program.params.forEach(({ name }, i) => {
        const axis = axes.indexOf(name);
        for (let lane = 0; lane < lanes; lane++) {
          if (axis < 0 && name !== noiseParams.lane) throw new Error(`internal: '${name}' is free and not varied`);
          params[i * lanes + lane] = axis >= 0 ? values[lane]![axis]! : (first + done + lane) | 0;
        }
      });
      const records = this.records.map((columns) => columns.slice(0, lanes));
      const result = await this.runner.run(lanes, params, records);
      this.requireMode();
      for (let lane = 0; lane < lanes; lane++) {
        const waveforms = result.waveformsOf(lane);
        see(first + done + lane, this.judge.judge(values[lane]!, result.isFinite[lane] ? waveforms : undefined), waveforms);
      }
    }
  }

  /** gpu.js falls back without an error; numbers of two modes do not belong together. */
  private requireMode(): void {
    const { job, kernel } = this;
    const { detail } = kernel;
    if (job.gpuMode === undefined || detail === undefined || detail === job.gpuMode) return;
    throw new BackendError(`gpu.js ran a kernel on ${detail} instead of ${job.gpuMode}`, 'use the backend wasm');
  }

  /** What the parameters get. */
  valuesAt(point: number): number[] {
    return this.plan.valuesAt(point);
  }
}
