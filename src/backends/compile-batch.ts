// Picks a backend for many lanes and makes the kernel.

import type { Program } from '../ir/program.js';
import { laneByLane, type BatchKernel, type Precision } from './batch.js';
import { BackendError } from './backend-error.js';
import { availableBackends, checkBackend, compileKernel } from './compile.js';
import { gpuBatchKernel } from './gpu/kernel.js';
import type { BackendName } from './kernel.js';
import { wasmBatchKernel } from './wasm/lanes/wasm-batch-kernel.js';

/** The backends of single runs, and those that run nothing but batches. */
export type BatchBackendName = BackendName | 'gpu';

export const batchBackendNames: readonly BatchBackendName[] = ['wasm', 'js', 'native', 'interpret', 'gpu'];

const factories = new Map<BatchBackendName, (program: Program) => BatchKernel>();

/** Makes lanes side by side known of a backend that only some places have. */
export function provideBatchBackend(name: 'native', factory: (program: Program) => BatchKernel): void {
  factories.set(name, factory);
}

export interface BatchOptions {
  readonly backend?: BatchBackendName | undefined;
  /** f32 trades accuracy for speed and must be asked for. */
  readonly precision?: Precision | undefined;
  /** Names of parameters that have one value for all lanes at a time: a backend may keep that once. */
  readonly shared?: ReadonlySet<string> | undefined;
}

/** The kernel of the backend asked for; without one wasm, else js, else the interpreter, where code made at run time is not allowed. Throws BackendError. */
export async function compileBatch(program: Program, options: BatchOptions = {}): Promise<BatchKernel> {
  if (options.backend !== 'gpu') return compileBatchNow(program, options);
  if (options.precision !== 'f32') throw new BackendError('the gpu backend runs floats only', 'use --precision f32, or the backend wasm');
  return gpuBatchKernel(program);
}

/** The same at once: of the backends that need not wait for anything. */
export function compileBatchNow(program: Program, { backend, precision = 'f64', shared }: BatchOptions = {}): BatchKernel {
  const available: readonly BatchBackendName[] = availableBackends();
  const chosen = backend ?? batchBackendNames.find((name) => available.includes(name))!;
  if (chosen === 'gpu') throw new BackendError('the gpu backend gives its results later', 'use the backend wasm');
  checkBackend(chosen, batchBackendNames);
  if (chosen === 'wasm') return wasmBatchKernel(program, precision, shared);
  if (precision === 'f32') throw new BackendError(`the ${chosen} backend runs doubles only`, 'use --precision f64, or the backend wasm');
  return factories.get(chosen)?.(program) ?? laneByLane(compileKernel(program, chosen));
}
