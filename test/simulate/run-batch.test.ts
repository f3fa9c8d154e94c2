// Many lanes at once give what each gives alone; in worker threads too, which are those of the built library.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BackendError } from '../../src/backends/backend-error.js';
import { compileNetlist, loadText, NetlistError, openBatch, runBatch, type BatchResult } from '../../src/index.js';
import type * as Built from '../../src/index.node.js';
import type { RecordedWaveform } from '../../src/simulate/recording.js';
import { simulateNow } from '../../src/simulate/simulate.js';

const text = `system loop(fs = 1kHz, k = 0.5) {
  clock clk = fs
  clock slow = clk / 10
  input u : V
  x = integrator(u - x, gain: k) @ clk
  y = integrator(x - 0.1*y, gain: 0.25) @ slow
  output x, y
}
bench loop {
  u = sine(freq: 10Hz, amplitude: 1V)
  run 2000 ticks of clk
  record u, x
  record y @ slow
}
`;
const compiled = compileNetlist(loadText(text, 'loop.loom'));
const lanes = 600;
const gains = Float64Array.from({ length: lanes }, (_, lane) => 0.01 + (2.8 * lane) / lanes);
const params = new Map([['k', gains]]);

function expectLanes(result: BatchResult): void {
  for (const lane of [0, 1, 255, 256, 400, 599]) {
    const alone = simulateNow(compiled.program, { clock: 0, ticks: 2000, params: new Map([['k', gains[lane]!]]) });
    expect(result.isFinite[lane]).toBe(alone.status === 'done');
    if (alone.status !== 'done') continue;
    const plain = ({ values, ...rest }: RecordedWaveform): object => ({ ...rest, values: Array.from(values) });
    expect(result.waveformsOf(lane).map(plain)).toEqual(alone.waveforms.map(plain));
  }
  expect(result.isFinite.filter((finite) => !finite).length).toBeGreaterThan(5);
}

describe('runBatch', () => {
  it('gives each lane what it gives alone, on any backend', async () => {
    const progress: number[] = [];
    const result = await runBatch(compiled, { lanes, params, onProgress: ({ done }) => progress.push(done) });
    expect(progress).toEqual([256, 512, 600]);
    expect(result).toMatchObject({ lanes, precision: 'f64' });
    expectLanes(result);
    expectLanes(await runBatch(compiled, { lanes, params, backend: 'js' }));
  });

  it('gives the same in worker threads', async () => {
    const built = fileURLToPath(new URL('../../dist/index.node.js', import.meta.url));
    expect(existsSync(built), 'the build: npm run build').toBe(true);
    const library = (await import(built)) as typeof Built;
    const theirs = library.compileNetlist(library.loadText(text, 'loop.loom'));
    expectLanes(await library.runBatch(theirs, { lanes, params, threads: 3 }));
    // Threads and memory serve one run after another.
    const batch = await library.openBatch(theirs, ['k'], { lanes, threads: 2 });
    await batch.run(new Map([['k', new Float64Array(lanes).fill(0.1)]]));
    expectLanes(await batch.run(params));
    await batch.close();
  });

  it('runs again with other values, and with those of the netlist', async () => {
    const batch = await openBatch(compiled, ['k'], { lanes });
    await batch.run(params);
    const result = await batch.run(new Map());
    const alone = simulateNow(compiled.program, { clock: 0, ticks: 2000 });
    for (const lane of [0, 599]) expect(result.waveformsOf(lane)[1]!.values).toEqual(alone.waveforms[1]!.values);
    expectLanes(await batch.run(params));
    await expect(batch.run(new Map([['k', [1]]]))).rejects.toThrow(RangeError);
  });

  it('takes values as the bench does: coherent frequencies, limits', async () => {
    const batch = await openBatch(compiled, ['u.freq', 'u.amplitude'], { lanes: 2 });
    const result = await batch.run(new Map([['u.freq', [11.3, 10]]]));
    const alone = simulateNow(compiled.program, { clock: 0, ticks: 2000, params: new Map([['u.freq', 11.5]]) });
    expect(result.waveformsOf(0)[0]!.values).toEqual(alone.waveforms[0]!.values);
    const limited = compileNetlist(loadText(text.replace('gain: k)', 'gain: k, leak: l)').replace('k = 0.5)', 'k = 0.5, l = 1)')));
    await expect(runBatch(limited, { lanes: 2, params: new Map([['l', [0.5, 1.5]]]) })).rejects.toThrow(
      new RangeError("'x.leak' is 1.5 in lane 1, outside 0 to 1"),
    );
  });

  it('runs once at a time', async () => {
    const batch = await openBatch(compiled, ['k'], { lanes });
    const first = batch.run(params);
    await expect(batch.run(params)).rejects.toThrow('wait for the run before');
    expectLanes(await first);
  });

  it('ends its threads when a lane cannot be run, and stops them when it is asked to', async () => {
    const library = (await import(fileURLToPath(new URL('../../dist/index.node.js', import.meta.url)))) as typeof Built;
    const theirs = library.compileNetlist(
      library.loadText(text.replace('2000 ticks', '3_000_000 ticks').replace('record u, x\n', ''), 'loop.loom'),
    );
    await expect(library.runBatch(theirs, { lanes: 3, threads: 3, backend: 'js', precision: 'f32' })).rejects.toThrow('doubles only');
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const result = await library.runBatch(theirs, { lanes: 2, threads: 2, backend: 'interpret', abort: abort.signal });
    expect(Math.max(...result.ticks)).toBeLessThan(3_000_000);
  });

  it('stops where it is asked to', async () => {
    const abort = new AbortController();
    const result = await runBatch(compiled, { lanes, params, abort: abort.signal, onProgress: () => abort.abort() });
    expect(Array.from(result.ticks.subarray(252, 260))).toEqual([2000, 2000, 2000, 2000, 0, 0, 0, 0]);
    expect(result.waveformsOf(0)[1]!.values).toHaveLength(2000);
    expect(result.waveformsOf(300)[1]!.values).toHaveLength(0);
  });

  it('refuses what it cannot do', async () => {
    const refusal = (options: Parameters<typeof runBatch>[1]): Promise<unknown> =>
      runBatch(compiled, options).catch((error: unknown) => error);
    expect(await refusal({ lanes: 2, params: new Map([['fs', [1, 2]]]) })).toBeInstanceOf(NetlistError);
    expect(await refusal({ lanes: 2, params: new Map([['k', [1]]]) })).toBeInstanceOf(RangeError);
    expect(await refusal({ lanes: 0 })).toBeInstanceOf(RangeError);
    expect(await refusal({ lanes: 2, threads: 2 })).toBeInstanceOf(BackendError);
    expect(await refusal({ lanes: 2, threads: 0 })).toBeInstanceOf(Error);
    expect(await refusal({ lanes: 2, seed: 1.5 })).toBeInstanceOf(RangeError);
    expect(await refusal({ lanes: 100_000_000 })).toMatchObject({ message: expect.stringMatching(/^DL506: the records would take/) });
  });
});
