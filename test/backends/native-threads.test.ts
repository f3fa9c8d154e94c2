// Where the native backend computes a tile: in the main thread on another one, in a worker in the worker itself.

import * as threads from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTile } from '../../src/backends/batch.js';
import { examplePrograms } from '../ir/example-programs.js';
import { hasCompiler, useOwnCache } from './compiler.js';

useOwnCache();

afterEach(() => {
  vi.doUnmock('node:worker_threads');
  vi.resetModules();
});

/** Whether a tile is done without a turn of the event loop, on which all that is computed on another thread waits. */
async function isDoneAtOnce(isMainThread: boolean): Promise<boolean> {
  vi.doMock('node:worker_threads', () => ({ ...threads, isMainThread }));
  const { nativeBatchKernel } = await import('../../src/backends/native/native.node.js');
  const program = [...examplePrograms.values()][0]!();
  const kernel = nativeBatchKernel(program);
  const records = program.records.map(() => [new Float64Array(8)]);
  const params = Float64Array.from(program.params, ({ value }) => value);
  let isDone = false;
  const done = Promise.resolve(kernel.run(createTile(program, 1, records, params), 1)).then(() => (isDone = true));
  for (let i = 0; i < 20; i++) await Promise.resolve();
  const atOnce = isDone;
  await done;
  return atOnce;
}

describe.skipIf(!hasCompiler)('a tile of lanes', () => {
  it('is computed beside the main thread', async () => {
    expect(await isDoneAtOnce(true)).toBe(false);
  });

  it('is computed by the worker that asks for it', async () => {
    expect(await isDoneAtOnce(false)).toBe(true);
  });
});
