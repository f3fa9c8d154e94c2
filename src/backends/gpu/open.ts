// gpu.js ready for kernels: one instance for each mode, shared by all Programs, as a page has few contexts to give.

import { BackendError } from '../backend-error.js';
import { loadGpuJs, type Gpu, type GpuJs, type GpuKernel, type GpuMode } from './gpu-js.js';

export interface OpenGpu {
  readonly library: GpuJs;
  readonly gpu: Gpu;
  readonly input: GpuJs['input'];
  /** Destroys the kernels once nobody holds their owner any more. */
  destroyWith(owner: object, kernels: ReadonlyMap<string, GpuKernel>): void;
}

const opened = new Map<'async' | GpuMode, OpenGpu>();

/** Throws BackendError without gpu.js, or where the mode cannot be had. */
export async function openGpu(mode: 'async' | GpuMode): Promise<OpenGpu> {
  let open = opened.get(mode);
  if (open === undefined) opened.set(mode, (open = await create(mode)));
  return open;
}

async function create(mode: 'async' | GpuMode): Promise<OpenGpu> {
  const library = await loadGpuJs();
  if (library === undefined)
    throw new BackendError('the gpu backend is not available: gpu.js is not installed', 'npm install gpu.js, or use the backend wasm');
  const registry = new FinalizationRegistry((kernels: ReadonlyMap<string, GpuKernel>) => {
    for (const kernel of kernels.values()) kernel.destroy();
  });
  try {
    const gpu = new library.GPU({ mode });
    return { library, gpu, input: library.input, destroyWith: (owner, kernels) => registry.register(owner, kernels) };
  } catch (error) {
    throw new BackendError(
      `the gpu backend is not available: ${error instanceof Error ? error.message : String(error)}`,
      'use the backend wasm',
    );
  }
}
