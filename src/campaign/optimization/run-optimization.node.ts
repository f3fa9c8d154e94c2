// Runs what is missing of an optimization in worker threads: first every restart, then the finish of the best. A thread
// that dies has its restart go on from its checkpoint, once.

import { runDespiteDeath, ThreadPool } from '../../simulate/thread-pool.node.js';
import type { OptimizationSetup, WorkerTask } from './optimization-worker.node.js';
import { restartOrder } from './restart-order.js';
import { rank, type OptimizationResults, type RestartResult, type RestartTask } from './restart-result.js';
import { readResult, writeResult } from './restart-store.node.js';

export interface OptimizationProgress {
  /** Restarts and finishes that are done, running ones in part, and all that there will be. */
  readonly done: number;
  readonly total: number;
  /** Of this process, in the same measure. */
  readonly before: number;
  /** Highest score so far; NaN for none. */
  readonly best: number;
  /** Loss of one of the restarts that run; NaN where none has one. */
  readonly loss: number;
}

export interface OptimizationEvents {
  readonly onProgress?: (progress: OptimizationProgress) => void;
  readonly onDeath?: (reason: string, restart: number) => void;
}

export interface OptimizationCounts {
  readonly restarts: number;
  readonly variants: number;
  /** 0 where nothing is to be finished. */
  readonly finalists: number;
  readonly threads: number;
}

const progressMs = 200;

/** Undefined where `abort` ended it before all was done. Throws what a worker threw, with all that is done kept. */
export async function runOptimization(
  setup: Omit<OptimizationSetup, 'progress' | 'stop'>,
  { restarts, variants, finalists, threads }: OptimizationCounts,
  { onProgress, onDeath }: OptimizationEvents = {},
  abort?: AbortSignal,
): Promise<OptimizationResults | undefined> {
  const { folder } = setup;
  const most = Math.max(1, Math.min(threads, restarts));
  const progress = new Float64Array(new SharedArrayBuffer(16 * most)).fill(NaN);
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const pool = new ThreadPool<WorkerTask, RestartResult>(
    new URL('./optimization-worker.node.js', import.meta.url),
    { ...setup, progress, stop },
    most,
  );
  const total = restarts + finalists;
  let done = 0;
  let best = NaN;
  const count = ({ score }: RestartResult): void => {
    done++;
    if (score > best || Number.isNaN(best)) best = score;
  };
  let before = 0;
  const tell = (): void => {
    const running = progress.filter((_, i) => i % 2 === 0).reduce((sum, fraction) => sum + (fraction > 0 ? fraction : 0), 0);
    onProgress?.({ done: done + running, total, before, best, loss: progress[1]! });
  };
  const isStopped = (): boolean => abort?.aborted === true;
  const timer = setInterval(tell, progressMs);
  const runAll = async (tasks: readonly RestartTask[]): Promise<RestartResult[] | undefined> => {
    const results = tasks.map((task) => readResult(folder, task));
    for (const result of results) if (result !== undefined) count(result);
    before += results.filter((result) => result !== undefined).length;
    let next = 0;
    let failed = false;
    const work = async (slot: number): Promise<void> => {
      while (next < tasks.length && !failed && !isStopped()) {
        const i = next++;
        if (results[i] !== undefined) continue;
        const task = tasks[i]!;
        progress[2 * slot] = 0;
        try {
          const result = await runDespiteDeath(pool, { ...task, slot }, `restart ${task.restart}`, (reason) =>
            onDeath?.(reason, task.restart),
          );
          writeResult(folder, result);
          results[i] = result;
          count(result);
        } catch (error) {
          if (isStopped()) return;
          failed = true;
          throw error;
        } finally {
          progress[2 * slot] = NaN;
        }
      }
    };
    const settled = await Promise.allSettled(Array.from({ length: most }, (_, slot) => work(slot)));
    for (const outcome of settled) if (outcome.status === 'rejected') throw outcome.reason;
    return results.every((result) => result !== undefined) ? results : undefined;
  };
  const onAbort = (): void => void Atomics.store(stop, 0, 1);
  abort?.addEventListener('abort', onAbort);
  try {
    const trained = await runAll(
      restartOrder(restarts, variants).map((restart) => ({ phase: 'restart', restart, variant: restart % variants })),
    );
    if (trained === undefined) return undefined;
    trained.sort((a, b) => a.restart - b.restart);
    const finalist = rank(trained).slice(0, finalists);
    const finished = await runAll(finalist.map(({ restart, variant, state }) => ({ phase: 'finish', restart, variant, from: state })));
    return finished === undefined ? undefined : { restarts: trained, finished };
  } finally {
    clearInterval(timer);
    abort?.removeEventListener('abort', onAbort);
    await pool.close();
  }
}
