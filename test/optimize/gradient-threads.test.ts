// Gradients whose lanes threads share out: the bits of one thread, whatever their number; threads that die; the end. The
// threads are those of the built library.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as workerThreads from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as BuiltDiagnostics from '../../src/diagnostics/diagnostic.js';
import type * as BuiltElaborate from '../../src/graph/elaborate.js';
import type * as BuiltIndex from '../../src/index.node.js';
import type * as BuiltBuild from '../../src/ir/build.js';
import type { Program } from '../../src/ir/program.js';
import type { BatchGradient, BatchGradientOptions, BatchGradients, BatchValues, LaneInputs } from '../../src/optimize/batch-gradient.js';
import type * as BuiltGradient from '../../src/optimize/open-batch-gradient.js';
import type { GradientSetup } from '../../src/optimize/threads/gradient-worker.node.js';
import type * as BuiltLower from '../../src/schedule/lower.js';
import { hasCompiler, useOwnCache } from '../backends/compiler.js';

useOwnCache();

const text = `
  system pair(a = 0.9, b = 0.3) {
    clock clk = 1MHz phases [p1, p2]
    input u : V
    input w : V
    x1 = integrator(sin(x2/1V)*1V + b*u, gain: a, leak: 0.8) @ clk.p1
    hiss = noise(rms: 0.1V) @ clk.p1
    x2 = integrator(exp(-x1*x1/1V^2)*1V - x2 + w + hiss, gain: 0.5, leak: 0.9) @ clk.p2
    y = x2 + a*b*x1
    output y, x1
  }`;
const ticks = 23;
const root = fileURLToPath(new URL('../../dist/', import.meta.url));
const built = async <Module>(path: string): Promise<Module> => (await import(`${root}${path}`)) as Module;

let gradients: typeof BuiltGradient;
let program: Program;
const workers: workerThreads.Worker[] = [];
/** What the next threads get. */
let changeSetup = (setup: GradientSetup): GradientSetup => setup;
const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker: typeof workerThreads.Worker };
const { Worker } = threads;

beforeAll(async () => {
  expect(existsSync(root), 'the build: npm run build').toBe(true);
  threads.Worker = class extends Worker {
    constructor(file: URL, options: workerThreads.WorkerOptions) {
      super(file, { ...options, workerData: changeSetup(options.workerData as GradientSetup) });
      workers.push(this);
    }
  };
  syncBuiltinESMExports();
  const { loadText } = await built<typeof BuiltIndex>('index.node.js');
  const { DiagnosticBag } = await built<typeof BuiltDiagnostics>('diagnostics/diagnostic.js');
  const { elaborate } = await built<typeof BuiltElaborate>('graph/elaborate.js');
  const { lowerDifferentiable } = await built<typeof BuiltLower>('schedule/lower.js');
  gradients = await built<typeof BuiltGradient>('optimize/open-batch-gradient.js');
  const bag = new DiagnosticBag();
  program = lowerDifferentiable(elaborate(loadText(text), { openInputs: true }, bag), bag);
});

afterAll(() => {
  threads.Worker = Worker;
  syncBuiltinESMExports();
});

const spread = (count: number, scale: number): Float64Array => Float64Array.from({ length: count }, (_, i) => scale * Math.sin(1 + 3 * i));

function open(lanes: number, extra: Partial<BatchGradientOptions>): Promise<BatchGradient> {
  const options = { learned: ['a', 'b', 'x1.leak'], perLane: ['w'], sequences: ['u'], finals: ['x1'], rows: ['y'], clock: 0, ticks };
  return gradients.openBatchGradient(program, { ...options, lanes, ...extra });
}

const inputsOf = (lanes: number): LaneInputs => ({
  perLane: [spread(lanes, 0.3)],
  sequences: [spread(lanes * ticks, 1)],
  seed: 5,
  firstLane: 3,
});

interface Results {
  readonly values: BatchValues;
  readonly gradients: BatchGradients;
  readonly jacobian: Float64Array;
}

function differentiate(gradient: BatchGradient, learned: readonly number[], inputs: LaneInputs): Results {
  const { finals, rows } = gradient.forward(learned, inputs);
  const values = { finals: finals.map((array) => array.slice()), rows: rows.map((array) => array.slice()) };
  const squares = (array: Float64Array): Float64Array => array.map((value, i) => 2 * (1 + (i % 3)) * value);
  const gradients = gradient.backward({ finals: finals.map(squares), rows: rows.map(squares) });
  return { values, gradients, jacobian: gradient.jacobian(0) };
}

/** All numbers, one after the other. */
const bitsOf = ({ values, gradients: { learned, perLane, sequences }, jacobian }: Results): number[] =>
  [...values.finals, ...values.rows, learned, ...perLane, ...sequences, jacobian].flatMap((array) => Array.from(array));

async function runs(lanes: number, extra: Partial<BatchGradientOptions>): Promise<number[]> {
  const gradient = await open(lanes, extra);
  try {
    const first = differentiate(gradient, [0.9, 0.3, 0.8], inputsOf(lanes));
    const second = differentiate(gradient, [0.7, 0.4, 0.6], { ...inputsOf(lanes), seed: 6 });
    // What is not given is 0, or as it was.
    const third = differentiate(gradient, [0.7, 0.4, 0.6], {});
    return [first, second, third].flatMap(bitsOf);
  } finally {
    await gradient.close();
  }
}

const ended = (worker: workerThreads.Worker): Promise<void> =>
  worker.threadId === -1 ? Promise.resolve() : new Promise((resolve) => worker.once('exit', () => resolve()));

describe('the gradient of a batch in threads', () => {
  it.each(['f64', 'f32'] as const)('has the bits of one thread in %s', async (precision) => {
    const lanes = 200;
    const alone = await runs(lanes, { precision });
    expect(alone.length).toBe(3 * (3 + lanes * (2 + 2 * ticks + 3)));
    expect(alone.every(Number.isFinite)).toBe(true);
    for (const count of [1, 2, 3, 9]) expect(await runs(lanes, { precision, threads: count }), `${count} threads`).toEqual(alone);
  });

  it('has the bits of one thread where checkpoints cut the run, and on the js backend', async () => {
    const alone = await runs(130, { hyperperiods: 5, backend: 'js' });
    expect(await runs(130, { hyperperiods: 5, backend: 'js', threads: 2 })).toEqual(alone);
    expect(await runs(130, { hyperperiods: 5, backend: 'wasm', threads: 2 })).toEqual(alone);
  });

  it.skipIf(!hasCompiler)('has the bits of the other backends on the native one, in any thread', async () => {
    const alone = await runs(130, { backend: 'js' });
    expect(await runs(130, { backend: 'native' })).toEqual(alone);
    expect(await runs(130, { backend: 'native', threads: 2 })).toEqual(alone);
  });

  it('starts no more threads than there is work for', async () => {
    const before = workers.length;
    const gradient = await open(65, { threads: 5 });
    expect(workers.length - before).toBe(1);
    await gradient.close();
    await expect(open(65, { threads: 0 })).rejects.toThrow('0 is no number of threads');
  });

  it('tells formulas put in place later', async () => {
    const [one, two] = [await open(130, {}), await open(130, { threads: 2 })];
    const { mul, param } = await built<typeof BuiltBuild>('ir/build.js');
    const formulas = new Map([['b', mul(param('a'), 2)]]);
    for (const gradient of [one, two]) gradient.prepare(formulas);
    const results = [one, two].map((gradient) => differentiate(gradient, [0.9, 0.3, 0.8], inputsOf(130)));
    expect(results[0]!.gradients.learned[1]).toBe(0);
    expect(bitsOf(results[1]!)).toEqual(bitsOf(results[0]!));
    await Promise.all([one.close(), two.close()]);
  });

  it('says at the next run, and at all others, that a thread ended', async () => {
    const gradient = await open(200, { threads: 3 });
    differentiate(gradient, [0.9, 0.3, 0.8], inputsOf(200));
    await workers.at(-1)!.terminate();
    const expected = {
      code: 'DL801',
      message: 'a worker thread ended that had the lanes 128 to 199 of a gradient: it was heard of no more',
      help: 'try again with another backend or fewer threads',
    };
    const failure = (): unknown => {
      try {
        return gradient.forward([0.9, 0.3, 0.8]);
      } catch (error) {
        return error;
      }
    };
    expect(failure()).toMatchObject(expected);
    expect(failure()).toMatchObject(expected);
    await gradient.close();
  });

  it('notices a thread that ends while it is called', async () => {
    const gradient = await open(200, { threads: 2 });
    gradient.forward([0.9, 0.3, 0.8], inputsOf(200));
    void workers.at(-1)!.terminate();
    expect(() => {
      for (let i = 0; i < 1000; i++) gradient.forward([0.9, 0.3, 0.8], inputsOf(200));
    }).toThrow('a worker thread ended that had the lanes 128 to 199 of a gradient');
    await gradient.close();
  });

  it('throws what a thread throws, and goes on', async () => {
    changeSetup = (setup) => ({
      ...setup,
      memory: { ...setup.memory, gradients: { ...setup.memory.gradients, sums: new Float64Array() } },
    });
    const gradient = await open(200, { threads: 3 });
    changeSetup = (setup) => setup;
    const alone = await open(200, {});
    for (let i = 0; i < 3; i++) {
      const [theirs, ours] = [alone, gradient].map((each) => each.forward([0.9, 0.3, 0.8 - 0.1 * i], inputsOf(200)));
      expect(ours!.finals.map((values) => Array.from(values))).toEqual(theirs!.finals.map((values) => Array.from(values)));
      expect(() => gradient.backward(ours!)).toThrow('offset is out of bounds');
    }
    await Promise.all([gradient.close(), alone.close()]);
  });

  it('throws what threads throw at the start', async () => {
    const before = workers.length;
    await expect(open(200, { threads: 3, backend: 'gpu' })).rejects.toThrow('the gpu backend gives its results later');
    await Promise.all(workers.slice(before).map(ended));
    expect(workers.slice(before).map(({ threadId }) => threadId)).toEqual([-1, -1]);
  });

  it('ends its threads when it is closed, and runs no more', async () => {
    const before = workers.length;
    const gradient = await open(200, { threads: 3 });
    const own = workers.slice(before);
    expect(own.length).toBe(2);
    await gradient.close();
    await Promise.all(own.map(ended));
    expect(own.map(({ threadId }) => threadId)).toEqual([-1, -1]);
    expect(() => gradient.forward([0.9, 0.3, 0.8])).toThrow('internal: a gradient that was closed');
    await gradient.close();
  });

  it('keeps no process alive', () => {
    const script = `
      const { loadText } = await import('${root}index.node.js');
      const { DiagnosticBag } = await import('${root}diagnostics/diagnostic.js');
      const { elaborate } = await import('${root}graph/elaborate.js');
      const { lowerDifferentiable } = await import('${root}schedule/lower.js');
      const { openBatchGradient } = await import('${root}optimize/open-batch-gradient.js');
      const bag = new DiagnosticBag();
      const program = lowerDifferentiable(elaborate(loadText(${JSON.stringify(text)}), { openInputs: true }, bag), bag);
      const gradient = await openBatchGradient(program, { learned: ['a'], perLane: ['u', 'w'], finals: ['y'], clock: 0, ticks: 5, lanes: 200, threads: 3 });
      console.log(gradient.forward([0.5]).finals[0].length);`;
    const folder = mkdtempSync(join(tmpdir(), 'deltaloom-threads-'));
    writeFileSync(join(folder, 'script.mjs'), script);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'script.mjs')], { encoding: 'utf8', timeout: 30_000 });
    rmSync(folder, { recursive: true });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '200\n', stderr: '' });
  });
});
