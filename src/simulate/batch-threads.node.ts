// Lanes of a batch in worker threads: parameters and records are shared memory, so nothing large is copied.

import { encodeProgram, type EncodedProgram } from '../ir/encode-program.js';
import type { BatchThreads, BatchWork, LanesOutcome } from './run-batch.js';
import { runDespiteDeath, ThreadPool } from './thread-pool.node.js';

export type BatchSetup = Omit<BatchWork, 'program'> & { readonly program: EncodedProgram };

export interface LanesTask {
  readonly first: number;
  readonly count: number;
}

const allocate = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length));

export const nodeBatchThreads: BatchThreads = {
  allocate,
  start(work, threads) {
    const setup: BatchSetup = { ...work, program: encodeProgram(work.program) };
    const pool = new ThreadPool<LanesTask, LanesOutcome>(new URL('./batch-worker.node.js', import.meta.url), setup, threads);
    return { runLanes: (first, count) => runDespiteDeath(pool, { first, count }, `lanes from ${first} on`), close: () => pool.close() };
  },
};
