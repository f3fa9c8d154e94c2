// Picks a backend for many lanes and makes the kernel.

import type { Program } from '../ir/program.js';
import { laneByLane, type BatchKernel, type Precision } from './batch.js';
import { BackendError } from './backend-error.js';
import { backendNames, compileKernel, availableBackends } from './compile.js';
import { gpuBatchKernel } from './gpu/kernel.js';
import type { BackendName } from './kernel.js';

/** The backends of single runs, and those that run nothing but batches. */
export type BatchBackendName = BackendName | 'gpu';

export const batchBackendNames: readonly BatchBackendName[] = ['wasm', 'js', 'native', 'interpret', 'gpu'];

export interface BatchOptions {
  readonly backend?: BatchBackendName | undefined;
  /** f32 trades accuracy for speed and must be asked for. */
  readonly precision?: Precision | undefined;
}

/** The kernel of the backend asked for; without one wasm, else js, else the interpreter, where code made at run time is not allowed. Throws BackendError. */
export async function compileBatch(program: Program, { backend, precision = 'f64' }: BatchOptions = {}): Promise<BatchKernel> {
  const available: readonly BatchBackendName[] = availableBackends();
  const chosen = backend ?? batchBackendNames.find((name) => available.includes(name))!;
  if (chosen === 'gpu') {
    if (precision === 'f64') throw new BackendError('the gpu backend runs floats only', 'use --precision f32, or the backend wasm');
    return gpuBatchKernel(program);
  }
  if (precision === 'f32') throw new BackendError(`the ${chosen} backend runs doubles only`, `use --precision f64`);
  if (!backendNames.includes(chosen))
    throw new BackendError(`there is no backend '${String(chosen)}'`, `backends: ${batchBackendNames.join(', ')}`);
  return Promise.resolve(laneByLane(compileKernel(program, chosen)));
}
