// What gpu.js would run kernels on in this place, and why on nothing better: found by running one.

import { loadGpuJs, whatRan, type GpuJs, type GpuMode } from './gpu-js.js';
import { openGpu } from './open.js';

export interface GpuProbe {
  readonly isInstalled: boolean;
  /** What a kernel ran on; null if none ran. */
  readonly mode: GpuMode | null;
  /** Why on nothing better, or why not at all. */
  readonly why: string;
}

/** Looks for gpu.js and runs a small kernel in the mode that it chooses by itself. */
export async function probeGpu(): Promise<GpuProbe> {
  const library = await loadGpuJs();
  if (library === undefined) return { isInstalled: false, mode: null, why: 'gpu.js is not installed' };
  try {
    const { gpu, input } = await openGpu('async');
    const source = 'function (values) { return values[0][this.thread.x] + 1.0; }';
    const kernel = gpu.createKernel(source, {
      output: [2, 1],
      precision: 'single',
      tactic: 'precision',
      loopMaxIterations: 1,
      asyncMode: true,
    });
    const [sums] = await kernel(input(Float32Array.of(1, 2), [2, 1]));
    const { mode, fallbackReason } = whatRan(library, kernel);
    kernel.destroy();
    if (sums?.[0] !== 2 || sums[1] !== 3) return { isInstalled: true, mode: null, why: `${mode} computes wrongly` };
    return { isInstalled: true, mode, why: fallbackReason ?? (await betterModes(library, mode)) };
  } catch (error) {
    return { isInstalled: true, mode: null, why: error instanceof Error ? error.message : String(error) };
  }
}

/** The modes that gpu.js prefers to the one it took, in words. */
async function betterModes({ GPU }: GpuJs, mode: GpuMode): Promise<string> {
  const preferred: readonly [GpuMode, string, boolean][] = [
    ['webgpu', 'no WebGPU adapter', await GPU.isWebGPUAvailable()],
    ['headlessgl', 'no headless-gl', GPU.isHeadlessGLSupported],
    ['webgl2', 'no WebGL2', GPU.isWebGL2Supported],
    ['webgl', 'no WebGL', GPU.isWebGLSupported],
    ['webasm', 'no WebAssembly', GPU.isWebAssemblySupported],
  ];
  const place = preferred.findIndex(([name]) => name === mode);
  const better = preferred.slice(0, place < 0 ? preferred.length : place).filter(([, , isThere]) => !isThere);
  return better.length === 0 ? 'the best there is' : better.map(([, words]) => words).join(', ');
}
