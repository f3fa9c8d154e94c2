// The little of gpu.js that is used, and how it is loaded: it is an optional package. Which of its modes really ran is
// read off the class of the kernel that ran, as gpu.js itself falls back without an error.

import { BackendError } from '../backend-error.js';

/** What gpu.js can run a kernel on: the first two are graphics processors, the others this machine's processor. */
export type GpuMode = 'webgpu' | 'webgl2' | 'webgl' | 'headlessgl' | 'webasm' | 'cpu';

/** A flat array with its shape, `[width, height]`. */
export type GpuInput = object;

export interface GpuKernel {
  (...args: readonly GpuInput[]): Promise<readonly Float32Array[]>;
  readonly kernel: { readonly constructor: unknown; readonly fallbackReason?: string | null };
  destroy(): void;
}

export interface GpuSettings {
  /** Threads: width, height. */
  readonly output: readonly [number, number];
  readonly precision: 'single';
  readonly tactic: 'precision';
  readonly loopMaxIterations: number;
  readonly asyncMode: true;
}

export interface Gpu {
  createKernel(source: string, settings: GpuSettings): GpuKernel;
}

export interface GpuJs {
  readonly GPU: {
    new (settings: { readonly mode: 'async' | GpuMode }): Gpu;
    readonly isHeadlessGLSupported: boolean;
    readonly isWebGL2Supported: boolean;
    readonly isWebGLSupported: boolean;
    readonly isWebAssemblySupported: boolean;
    isWebGPUAvailable(): Promise<boolean>;
  };
  readonly input: (values: Float32Array, size: readonly [number, number]) => GpuInput;
  readonly classes: readonly (readonly [unknown, GpuMode])[];
}

/** gpu.js; undefined where it is not installed or cannot be loaded. */
export async function loadGpuJs(): Promise<GpuJs | undefined> {
  let module: Record<string, unknown>;
  try {
    module = (await import('gpu.js')) as unknown as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const library = (module['default'] ?? module) as Record<string, unknown> & Pick<GpuJs, 'GPU' | 'input'>;
  const { GPU, input } = library;
  const classes = classNames.map(([name, mode]) => [library[name], mode] as const);
  return { GPU, input, classes };
}

const classNames: readonly (readonly [string, GpuMode])[] = [
  ['WebGPUKernel', 'webgpu'],
  ['WebGL2Kernel', 'webgl2'],
  ['WebGLKernel', 'webgl'],
  ['HeadlessGLKernel', 'headlessgl'],
  ['WebAssemblyKernel', 'webasm'],
  ['CPUKernel', 'cpu'],
];

/** What ran a kernel. */
export interface GpuRan {
  readonly mode: GpuMode;
  /** Why it is not what was asked for. */
  readonly fallbackReason?: string;
}

/** What a kernel ran on the last time, whatever was asked for. */
export function whatRan({ classes }: GpuJs, { kernel }: GpuKernel): GpuRan {
  const mode = classes.find(([kind]) => kind === kernel.constructor)?.[1];
  if (mode === undefined) throw new BackendError('gpu.js ran a kernel in a mode that is not known', 'use gpu.js 2.24');
  return kernel.fallbackReason == null ? { mode } : { mode, fallbackReason: kernel.fallbackReason };
}

/** `webgl2`, or `cpu, because …`. */
export const ranText = ({ mode, fallbackReason }: GpuRan): string =>
  fallbackReason === undefined ? mode : `${mode}, because ${fallbackReason}`;
