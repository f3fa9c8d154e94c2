// Lanes of a batch in worker threads: parameters and records are shared memory, so nothing large is copied.

import { encodeProgram, type EncodedProgram } from '../ir/encode-program.js';
import type { BatchThreads, BatchWork, LanesOutcome, RunLanes } from './run-batch.js';
import { runDespiteDeath, ThreadPool } from './thread-pool.node.js';

export interface BatchSetup extends Omit<BatchWork, 'program'> {
  readonly program: EncodedProgram;
  /** Not 0 once the run is to end. */
  readonly stop: Int32Array;
}

export interface LanesTask {
  readonly first: number;
  readonly count: number;
}

const allocate = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length));

export const nodeBatchThreads: BatchThreads = {
  allocate,
  start(work, threads) {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const setup: BatchSetup = { ...work, stop, program: encodeProgram(work.program) };
    const pool = new ThreadPool<LanesTask, LanesOutcome>(new URL('./batch-worker.node.js', import.meta.url), setup, threads);
    const runLanes: RunLanes = async (first, count, abort) => {
      const onAbort = (): void => void Atomics.store(stop, 0, 1);
      Atomics.store(stop, 0, abort?.aborted === true ? 1 : 0);
      abort?.addEventListener('abort', onAbort);
      try {
        return await runDespiteDeath(pool, { first, count }, `lanes from ${first} on`);
      } finally {
        abort?.removeEventListener('abort', onAbort);
      }
    };
    return { runLanes, close: () => pool.close() };
  },
};
