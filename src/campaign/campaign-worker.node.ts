// A worker thread of a campaign: compiles the job's kernel once and runs tiles of points.

import { provideNative } from '../backends/native/provide-native.node.js';
import { serveTasks } from '../simulate/serve-tasks.node.js';
import type { CampaignJob } from './campaign-job.js';
import { PointRunner } from './run-points.js';

export interface WorkerSetup {
  readonly job: CampaignJob;
  readonly tilePoints: number;
  /** What the thread may take of the memory for records. */
  readonly recordBytes: number;
}

export interface PointsTask {
  readonly first: number;
  readonly count: number;
}

provideNative();

serveTasks<WorkerSetup, PointsTask, Float64Array<ArrayBuffer>>(
  async ({ job, tilePoints, recordBytes }) => {
    const runner = await PointRunner.create(job, tilePoints, recordBytes);
    return ({ first, count }) => runner.rows(first, count);
  },
  (rows) => [rows.buffer],
);
