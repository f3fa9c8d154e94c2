// Data for many conversions: by event in a single run, by lane in a batch, and the same either way.

import { describe, expect, it } from 'vitest';
import { compileNetlist, loadText, memoryHost, runBatch, runBench } from '../../src/index.js';
import { mean, variance } from '../../src/numeric/statistics.js';
import { benchOf } from '../random/draw-lanes.js';
import { correlation } from '../random/judge-normal.js';
import { runText } from '../properties/run-netlist.js';

const host = memoryHost({
  'table.csv': 'gain,level\n1,10\n2,20\n3,40\n',
  'timed.csv': 't,x\n0,5\n7,6\n',
});

/** A bench of 12 ticks whose signal x changes at every fourth. */
const every4 = (block: string): string => benchOf(`  clock slow = clk/4\n  x = ${block} @ slow`, 'x', 12);

async function rowsOf(text: string, options: { lane?: number; seed?: number } = {}): Promise<number[]> {
  const result = await runBench(loadText(text, 'test.loom', host), options);
  return [...result.waveforms[0]!.values];
}

async function lanesOf(text: string, lanes: number, seed = 0): Promise<number[][]> {
  const batch = await runBatch(compileNetlist(loadText(text, 'test.loom', host)), { lanes, seed });
  return Array.from({ length: lanes }, (_, lane) => [...batch.waveformsOf(lane)[0]!.values]);
}

describe('uniform', () => {
  const text = benchOf('  clock slow = clk/4\n  x = uniform(low: -0.25V, high: 0.75V) @ slow', 'x\n  record y = x @ slow', 2 ** 16);

  it('fills its range evenly, anew at each event and held in between', () => {
    const waves = runText(text);
    const values = waves.get('y')!;
    expect(values.length).toBe(2 ** 14);
    expect(values.every((value) => value > -0.25 && value < 0.75)).toBe(true);
    expect(Math.abs(mean(values) - 0.25)).toBeLessThan(4.5 / Math.sqrt(12 * values.length));
    // The fourth moment of an even distribution is 1/80, so that the variance's is (1/80 - 1/144)/N.
    expect(Math.abs(variance(values) - 1 / 12)).toBeLessThan(4.5 * Math.sqrt(1 / 180 / values.length));
    expect(new Set(values).size).toBe(values.length);
    const unit = values.map((value) => Math.sqrt(12) * (value - 0.25));
    expect(Math.abs(correlation(unit.subarray(1), unit.subarray(0, -1)))).toBeLessThan(4.5);
    expect(waves.get('x')).toEqual(Float64Array.from({ length: 2 ** 16 }, (_, i) => values[i >> 2]!));
  });

  it('is no effect: the ideal circuit has the same input', async () => {
    const [plain, ideal] = await Promise.all(
      [[], ['noise', 'mismatch']].map((effects) => runBench(loadText(every4('uniform()')), { ideal: effects as ('noise' | 'mismatch')[] })),
    );
    expect(ideal!.waveforms[0]!.values).toEqual(plain!.waveforms[0]!.values);
  });
});

describe('grid', () => {
  it('has the middles of equal parts, in order, and begins again behind the last', async () => {
    expect(await rowsOf(benchOf('  x = grid(low: -1V, high: 1V, count: 4) @ clk.p1', 'x', 6))).toEqual([
      -0.75, -0.25, 0.25, 0.75, -0.75, -0.25,
    ]);
    expect(await rowsOf(every4('grid(low: 0V, high: 3V, count: 3)'))).toEqual([0.5, 0.5, 0.5, 0.5, 1.5, 1.5, 1.5, 1.5, 2.5, 2.5, 2.5, 2.5]);
  });

  it('stays on its values far out', async () => {
    const rows = await rowsOf(benchOf('  x = grid(low: 0V, high: 49V, count: 49) @ clk.p1', 'x', 10_000), { lane: 2 ** 31 - 1 });
    rows.forEach((value, n) => expect(value).toBeCloseTo(((2 ** 31 - 1 + n) % 49) + 0.5, 12));
  });
});

describe('column', () => {
  it.each([
    ['column(file: "table.csv")', [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]],
    ['column(file: "table.csv", index: 2)', [10, 10, 10, 10, 20, 20, 20, 20, 40, 40, 40, 40]],
    ['column(file: "table.csv", name: "level")', [10, 10, 10, 10, 20, 20, 20, 20, 40, 40, 40, 40]],
    // A column of time is a column as any other.
    ['column(file: "timed.csv", name: "t")', [0, 0, 0, 0, 7, 7, 7, 7, 0, 0, 0, 0]],
  ])('%s', async (block, expected) => {
    expect(await rowsOf(every4(block))).toEqual(expected);
  });

  it.each([
    ['column(file: "table.csv", name: "volume")', "the file has no column 'volume'; columns: gain, level"],
    ['column(file: "table.csv", index: 3)', 'the file has 2 columns'],
    ['column(file: "table.csv", name: 2)', 'where a text is needed'],
  ])('%s is refused', async (block, message) => {
    await expect(rowsOf(every4(block))).rejects.toThrow(message);
  });
});

describe.each(['uniform(low: -1V, high: 1V)', 'grid(low: -1V, high: 1V, count: 5)', 'column(file: "table.csv", name: "level")'])(
  '%s',
  (block) => {
    const text = every4(block);

    it('gives each lane of a batch the values that a single run of its number has', async () => {
      const lanes = await lanesOf(text, 5, 7);
      for (const [lane, rows] of lanes.entries()) expect(rows).toEqual(await rowsOf(text, { lane, seed: 7 }));
    });

    it('differs from lane to lane', async () => {
      const lanes = await lanesOf(text, 3);
      expect(new Set(lanes.map(([first]) => first)).size).toBe(3);
    });
  },
);

describe('grid and column', () => {
  it('give lane l at its first event what lane 0 has at event l', async () => {
    for (const block of ['grid(low: -1V, high: 1V, count: 5)', 'column(file: "table.csv")']) {
      const longer = await rowsOf(benchOf(`  x = ${block} @ clk.p1`, 'x', 9));
      const lanes = await lanesOf(benchOf(`  x = ${block} @ clk.p1`, 'x', 1), 9);
      expect(lanes.map(([first]) => first)).toEqual(longer);
    }
  });
});
