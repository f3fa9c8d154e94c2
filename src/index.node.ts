// The library with the file system: everything of index.ts, netlists read by path, and the native backend.

import { provideNative } from './backends/native/provide-native.node.js';
import { DiagnosticBag } from './diagnostics/diagnostic.js';
import { fileHost } from './netlist/host.node.js';
import { loadLibrary, type Library } from './netlist/library.js';
import { provideGradientThreads } from './optimize/open-batch-gradient.js';
import { nodeGradientThreads } from './optimize/threads/gradient-threads.node.js';
import { nodeBatchThreads } from './simulate/batch-threads.node.js';
import { provideBatchThreads } from './simulate/run-batch.js';

provideNative();
provideBatchThreads(nodeBatchThreads);
provideGradientThreads(nodeGradientThreads);

/** Reads a netlist file and what it imports. Throws NetlistError. */
export function loadFile(path: string): Library {
  const bag = new DiagnosticBag();
  const library = loadLibrary(path, fileHost, bag);
  bag.throwIfErrors();
  return library;
}

export * from './index.js';
export { loadTensorBackend } from './backends/tfjs/load-backend.node.js';
export type { TensorBackend } from './backends/tfjs/load-backend.node.js';
export { fileHost } from './netlist/host.node.js';
export { modelFolder } from './optimize/tfjs/model-files.node.js';
