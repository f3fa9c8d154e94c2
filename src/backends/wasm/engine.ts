// The part of the platform's WebAssembly that a kernel needs. Modules are made synchronously: browsers may refuse that
// on a page's main thread beyond 8 MB of code (some hundred thousand blocks); a worker has no such limit.

import { pageBytes } from './memory-map.js';
import { BackendError } from '../backend-error.js';
import { ModuleBuilder } from './assembler.js';

/** A compiled module, of which any number of instances can be made. */
export type WasmModule = object;

export interface WasmInstance {
  readonly memory: ArrayBuffer;
  /** Runs the events before the grid tick, of the group of lanes at an address where the module runs lanes. */
  readonly run: (end: number, area?: number) => void;
}

interface Platform {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => {
    readonly exports: {
      readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
      readonly run: WasmInstance['run'];
    };
  };
}

const platform = (): Platform | undefined => (globalThis as { WebAssembly?: unknown }).WebAssembly as Platform | undefined;

/** A module that uses vector registers, the newest part of what emitted code needs. */
function probeModule(): Uint8Array {
  const module = new ModuleBuilder();
  const code = module.addFunction(['f64'], ['f64']);
  code.get(0);
  code.op('f64x2.splat');
  code.op('f64x2.extract_lane');
  return module.toBytes(0);
}

/** Whether this place has WebAssembly with vector registers and allows modules made at run time; under a content security policy that takes 'wasm-unsafe-eval'. */
export function canCompileWasm(): boolean {
  try {
    return new (platform()!.Module)(probeModule()) !== undefined;
  } catch {
    return false;
  }
}

export const compileModule = (bytes: Uint8Array): WasmModule => new (platform()!.Module)(bytes);

/** An instance with a memory of its own, which has `morePages` pages more than the module asks for. Throws BackendError where there is no room. */
export function instantiate(module: WasmModule, morePages = 0): WasmInstance {
  const { memory, run } = new (platform()!.Instance)(module).exports;
  if (morePages > 0) {
    try {
      memory.grow(morePages);
    } catch {
      const mebibytes = Math.ceil((morePages * pageBytes) / 2 ** 20);
      throw new BackendError(`the lanes take ${mebibytes} MiB, more memory than wasm has`, 'use fewer lanes, or fewer ticks of a run');
    }
  }
  return { memory: memory.buffer, run };
}
