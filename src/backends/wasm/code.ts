// What emission gives: the bytes of a module that exports `memory` and `run(end)`, and where its memory holds what.

import type { ModuleBuilder } from './assembler.js';
import { pageBytes, type MemoryMap } from './memory-map.js';
import type { WindowSize } from './windows.js';

export interface WasmCode {
  readonly bytes: Uint8Array;
  readonly memory: MemoryMap;
  readonly window: WindowSize;
}

export function finishCode(module: ModuleBuilder, memory: MemoryMap, window: WindowSize): WasmCode {
  module.exportMemory('memory');
  const pages = Math.max(1, Math.ceil(memory.size / pageBytes));
  return { bytes: module.toBytes(pages), memory, window };
}
