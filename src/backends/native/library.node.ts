// Loads what the compiler made. The functions of a library are described in node-api.ts.

import { existsSync, rmSync } from 'node:fs';
import { BackendError } from '../backend-error.js';
import { compileLibrary, type Optimization } from './compiler.node.js';

export interface Library {
  run(index: number, arrays: readonly Float64Array[], end: number, lanes: number): boolean;
  queue(index: number, arrays: readonly Float64Array[], end: number, lanes: number): Promise<boolean>;
}

/** The library of the C files. Throws BackendError. */
export function loadLibrary(sources: readonly string[], optimization: Optimization): Library {
  const path = compileLibrary(sources, optimization);
  try {
    return open(path);
  } catch (error) {
    // Another process may have thrown away what this one had just found, or it was broken.
    if (!existsSync(path)) return open(compileLibrary(sources, optimization));
    throw error;
  }
}

function open(path: string): Library {
  const module: { exports: Partial<Library> } = { exports: {} };
  try {
    process.dlopen(module, path);
  } catch (error) {
    rmSync(path, { force: true });
    const why = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    throw new BackendError(
      `the native backend is not available: the compiled program cannot be loaded: ${why}`,
      'use the backend js or wasm',
    );
  }
  const { run, queue } = module.exports;
  if (run === undefined || queue === undefined)
    throw new BackendError(
      'the native backend is not available: the compiled program has not the functions it must have',
      'use the backend js or wasm',
    );
  return { run, queue };
}
