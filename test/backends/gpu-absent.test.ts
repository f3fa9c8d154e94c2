// Without gpu.js, which is optional, the gpu backend says so and all else works.

import { expect, it, vi } from 'vitest';
import { compileBatch } from '../../src/backends/compile-batch.js';
import { gpuBatchKernel } from '../../src/backends/gpu/kernel.js';
import { sweptProgram, systems } from './gpu-systems.js';

vi.mock('gpu.js', () => {
  throw new Error('Cannot find package');
});

it('says that gpu.js is not installed', async () => {
  const program = sweptProgram(systems[0]!);
  await expect(gpuBatchKernel(program)).rejects.toMatchObject({
    code: 'DL801',
    message: 'the gpu backend is not available: gpu.js is not installed',
    help: 'npm install gpu.js, or use the backend wasm',
  });
  expect((await compileBatch(program)).backend).not.toBe('gpu');
});
