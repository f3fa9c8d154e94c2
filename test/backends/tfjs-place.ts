// tfjs as the tests use it: on one of its backends, without its advice on standard error.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../../src/backends/tfjs/tfjs.js';

export const tensorBackends = ['cpu', 'wasm'] as const;

const wasmFolder = join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/');

export async function useTensorBackend(name: (typeof tensorBackends)[number]): Promise<void> {
  tf.env().set('PROD', true);
  setWasmPaths(wasmFolder);
  setThreadsCount(1);
  if (!(await tf.setBackend(name))) throw new Error(`tfjs has no backend ${name}`);
  await tf.ready();
}
