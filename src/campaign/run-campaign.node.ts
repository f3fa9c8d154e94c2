// Runs what is missing of a campaign, or of a shard of it, in worker threads; every finished tile of points goes to the
// slot file at once. A thread that dies has its tile run again, once.

import { gridEnds, memoryShare, rowsBefore } from '../simulate/recording.js';
import { runDespiteDeath, ThreadDeath, ThreadPool } from '../simulate/thread-pool.node.js';
import type { CampaignJob } from './campaign-job.js';
import type { PointsTask, WorkerSetup } from './campaign-worker.node.js';
import type { CampaignPart } from './shards.js';
import type { SlotFile } from './slot-file.node.js';

export interface CampaignEvents {
  /** After each tile, with its rows; `done` counts points, those of an earlier run included. */
  readonly onTile?: (done: number, rows: Float64Array, firstPoint: number) => void;
  /** A thread died; its tile is run again. */
  readonly onDeath?: (reason: string, firstPoint: number) => void;
}

/** Points of the tile. */
export const tileCount = ({ points, tilePoints }: Pick<CampaignPart, 'points' | 'tilePoints'>, tile: number): number =>
  Math.min(tilePoints, points - tile * tilePoints);

/**
 * Returns when all is done, or, after `abort`, when the tiles being run are: whether it is done is the slot file's to
 * tell. Throws NetlistError DL506 where a point for each thread has no room, and what a worker threw
 * (BackendError, NetlistError), with all finished tiles kept.
 */
export async function runCampaign(
  job: CampaignJob,
  part: CampaignPart,
  slots: SlotFile,
  threads: number,
  { onTile, onDeath }: CampaignEvents = {},
  abort?: AbortSignal,
): Promise<void> {
  const { program, clock, ticks } = job;
  const most = Math.max(1, Math.min(threads, slots.tiles - slots.doneCount));
  const recordBytes = memoryShare(rowsBefore(program, gridEnds(program, clock, ticks)(ticks)), most);
  const setup: WorkerSetup = { job, tilePoints: part.tilePoints, recordBytes };
  const pool = new ThreadPool<PointsTask, Float64Array>(new URL('./campaign-worker.node.js', import.meta.url), setup, most);
  let next = 0;
  let failed = false;
  const isStopped = (): boolean => failed || abort?.aborted === true;
  const runTile = async (tile: number): Promise<void> => {
    const task = { first: part.first + tile * part.tilePoints, count: tileCount(part, tile) };
    const tell = (reason: string): void => onDeath?.(reason, task.first);
    const rows = await runDespiteDeath(pool, task, `points from ${task.first} on`, tell);
    slots.write(tile, rows);
    onTile?.(Math.min(part.points, slots.doneCount * part.tilePoints), rows, task.first);
  };
  /** One thread compiles the C for all, which then find what it kept; one that dies there is told by its tile. */
  const compileFirst = async (): Promise<void> => {
    if (job.backend !== 'native' || pool.threads === 1) return;
    await pool.run({ first: part.first, count: 0 }).catch((error: unknown) => {
      if (!(error instanceof ThreadDeath) && abort?.aborted !== true) throw error;
    });
  };
  /** Takes tile after tile; each thread has one of these. */
  const work = async (): Promise<void> => {
    for (let tile = slots.firstMissing(next); tile !== undefined && !isStopped(); tile = slots.firstMissing(next)) {
      next = tile + 1;
      try {
        await runTile(tile);
      } catch (error) {
        // Ctrl-C reaches the programs that a backend started, too: what they leave undone is run another time.
        if (abort?.aborted === true) return;
        failed = true;
        throw error;
      }
    }
  };
  try {
    await compileFirst();
    const results = await Promise.allSettled(Array.from({ length: pool.threads }, work));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  } finally {
    await pool.close();
  }
}
