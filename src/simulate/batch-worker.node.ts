// A worker thread of a batch: compiles the kernel once and runs lanes into the shared records.

import { provideNative } from '../backends/native/provide-native.node.js';
import { decodeProgram } from '../ir/encode-program.js';
import type { BatchSetup, LanesTask } from './batch-threads.node.js';
import { lanesRunner, type LanesOutcome } from './run-batch.js';
import { serveTasks } from './serve-tasks.node.js';

provideNative();

serveTasks<BatchSetup, LanesTask, LanesOutcome>(async (setup) => {
  const runLanes = await lanesRunner({ ...setup, program: decodeProgram(setup.program) });
  const isStopped = (): boolean => Atomics.load(setup.stop, 0) !== 0;
  return ({ first, count }) =>
    runLanes(first, count, {
      get aborted() {
        return isStopped();
      },
    });
});
