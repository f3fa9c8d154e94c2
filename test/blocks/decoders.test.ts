// Decoders of incremental converters against their sums written out.

import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { elaborate } from '../../src/graph/elaborate.js';
import { loadText } from '../../src/index.js';
import { laneGradients } from '../../src/optimize/lane-gradients.js';
import { lowerDifferentiable } from '../../src/schedule/lower.js';
import { runSystem } from './run-system.js';

const inputs = Array.from({ length: 40 }, (_, n) => Math.sin(n * n));
const tapsOf = (count: number): number[] => Array.from({ length: count }, (_, j) => 0.5 + 0.1 * j * Math.cos(j));

/** Sums of taps times inputs since the last reset. */
function sums(taps: readonly number[], frame: number, offset: number): number[] {
  let sum = 0;
  return inputs.map((value, n) => {
    const cycle = n % frame;
    if (cycle === 0) sum = 0;
    sum += (taps[cycle] ?? 0) * value;
    return offset + sum;
  });
}

describe('fir_decoder', () => {
  it.each([
    [1, 4],
    [3, 10],
    [7, 10],
    [8, 10],
    [9, 9],
    [10, 10],
    [10, 4],
  ])('%i taps, frames of %i', (count, frame) => {
    const taps = tapsOf(count);
    const { y } = runSystem(
      `frame ${frame} ticks of clk\ny = fir_decoder(u, taps: [${taps.join(', ')}], offset: 0.25) @ clk\noutput y`,
      { u: inputs },
      inputs.length,
    );
    sums(taps, frame, 0.25).forEach((value, n) => expect(y![n]).toBeCloseTo(value, 12));
  });

  it('stays at its end without a frame', () => {
    const { y } = runSystem('y = fir_decoder(u, taps: [1, 2, 3]) @ clk\noutput y', { u: inputs }, 12);
    expect(new Set(y!.slice(2)).size).toBe(1);
  });

  it('gives each tap the inputs of its cycle as gradient', async () => {
    const [frame, ticks] = [5, 15];
    const library = loadText(`
      system s(a = 0.3) {
        clock clk = 1MHz
        frame ${frame} ticks of clk
        x = accumulator(a*1V) @ clk
        y = fir_decoder(x, taps: [${tapsOf(4).join(', ')}], offset: 0.1V) @ clk
        output y
      }
      bench s {
        run ${ticks} ticks of clk
        record y
      }`);
    const bag = new DiagnosticBag();
    const program = lowerDifferentiable(elaborate(library, { bench: library.benches[0]! }, bag), bag);
    const learned = ['y.taps[0]', 'y.taps[1]', 'y.taps[2]', 'y.taps[3]', 'y.offset', 'a'];
    for (const hyperperiods of [ticks, 4]) {
      const gradients = await laneGradients(program, { learned, objectives: ['y'], clock: 0, ticks, hyperperiods, backend: 'js' });
      const params = Float64Array.from(gradients.adjoint.program.params, ({ value }) => value);
      // The last row of every frame counts.
      const isLast = (row: number): boolean => row < ticks && row % frame === frame - 1;
      const found = await gradients.run(1, params, (rows) =>
        rows.map((lanes) => lanes.map((column) => Float64Array.from(column, (_, row) => (isLast(row) ? 1 : 0)))),
      );
      // x = a, 2a, 3a, … in each of three frames
      const byTaps = [1, 2, 3, 4].map((n) => 3 * n * 0.3);
      const byA = 3 * tapsOf(4).reduce((sum, tap, j) => sum + tap * (j + 1), 0);
      [...byTaps, 3, byA].forEach((expected, i) => expect(found[i]![0]).toBeCloseTo(expected, 12));
    }
  });

  it('is refused without taps', () => {
    expect(() => runSystem('y = fir_decoder(u, taps: []) @ clk\noutput y', { u: inputs }, 4)).toThrow('there are 1 to 4096');
  });
});

describe('srnn_decoder', () => {
  const body = (options: string): string =>
    `frame 10 ticks of clk\ny = srnn_decoder(u, a: [1, 0.9, 1], b: [1, 0.5, 2]${options}) @ clk\nz = y.out\nw = y.y[0]\nv = y.y[2]\noutput z, w, v`;
  const run = (options: string, u: readonly number[]) => runSystem(body(options), { u }, u.length);

  it('has a gain for each cycle, the last one from then on', () => {
    const gains = [0.5, 1, 2, -3, 0.25];
    for (const normalize of ['', ', normalize: "no"']) {
      const [plain, learned] = [run(normalize, inputs), run(`${normalize}, gains: [${gains.join(', ')}]`, inputs)];
      plain['z']!.forEach((value, n) => expect(learned['z']![n]).toBeCloseTo(value * (gains[n % 10] ?? gains.at(-1)!), 12));
      expect(learned['v']).toEqual(plain['v']);
    }
  });

  it('scales its stages so that a constant 1 ends at 1', () => {
    const ones = inputs.map(() => 1);
    const { w, v, z } = run(', cycles: 10, normalize: "no"', ones);
    for (const end of [9, 19, 29]) for (const column of [w, v, z]) expect(column![end]).toBeCloseTo(1, 12);
    const [scaled, plain] = [run(', cycles: 10', inputs), run('', inputs)];
    expect(scaled['z']).toEqual(plain['z']);
  });
});
