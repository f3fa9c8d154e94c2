// A worker thread of an optimization: runs one restart after another, keeps a checkpoint of what it runs, and shows how far it is.

import { provideNative } from '../../backends/native/provide-native.node.js';
import { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import { fileHost } from '../../netlist/host.node.js';
import { loadLibrary } from '../../netlist/library.js';
import { serveTasks } from '../../simulate/serve-tasks.node.js';
import type { RestartResult, RestartTask } from './restart-result.js';
import { RestartRunner, type RestartOptions } from './restart-runner.js';
import { readCheckpoint, writeCheckpoint } from './restart-store.node.js';

export interface OptimizationSetup extends RestartOptions {
  readonly path: string;
  /** What was read of the netlist and its data, by path: what is on the disk may have changed since. */
  readonly reads: ReadonlyMap<string, Uint8Array>;
  readonly folder: string;
  /** How far each restart is: fraction and loss at `2 * slot`. */
  readonly progress: Float64Array;
  /** Not 0 once the restarts that are running are to stop, with a checkpoint each. */
  readonly stop: Int32Array;
}

export interface WorkerTask extends RestartTask {
  /** Where in the progress it is shown. */
  readonly slot: number;
}

const checkpointMs = 5000;

provideNative();

serveTasks<OptimizationSetup, WorkerTask, RestartResult>(({ path, reads, folder, progress, stop, ...options }) => {
  const bag = new DiagnosticBag();
  const host = { ...fileHost, readBytes: (name: string) => reads.get(name) ?? fileHost.readBytes(name) };
  const library = loadLibrary(path, host, bag);
  bag.throwIfErrors();
  const runner = new RestartRunner(library, options);
  return Promise.resolve(({ slot, ...task }) => {
    let kept = performance.now();
    return runner.run(task, readCheckpoint(folder, task), (state, fraction) => {
      progress[2 * slot] = fraction;
      progress[2 * slot + 1] = state.history.losses.at(-1) ?? NaN;
      const isStopped = Atomics.load(stop, 0) !== 0;
      if (!isStopped && performance.now() - kept < checkpointMs) return;
      writeCheckpoint(folder, task, state);
      if (isStopped) throw new Error('internal: stopped on request');
      kept = performance.now();
    });
  });
});
