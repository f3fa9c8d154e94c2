// netlists/rcnet.loom learns: few restarts of few steps, from random starts, with thermal noise and a budget of capacitors.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { RestartRunner } from '../../src/campaign/optimization/restart-runner.js';
import type { RestartResult } from '../../src/campaign/optimization/restart-result.js';
import { learnedNetlist, loadText, runBench } from '../../src/index.node.js';
import { convertNetlist } from '../../src/netlist/convert.js';
import { outlineOptimization } from '../../src/optimize/plan/outline-optimization.js';
import { planOptimization } from '../../src/optimize/plan/plan-optimization.js';
import { loadNetlist, measureOf, netlistsFolder } from './bench.js';

const seed = 1;

/** The item with fewer steps and one variant: 3 cells, 32 levels. */
const short = readFileSync(join(netlistsFolder, 'rcnet.loom'), 'utf8')
  .replace('vary cells = [2, 3, 4]', 'vary cells = [3]')
  .replace('vary levels = [16, 32, 64]', 'vary levels = [32]')
  .replace('steps: 200', 'steps: 80')
  .replace('steps: 800', 'steps: 250')
  .replaceAll(/steps: (1[05]0|50)\b/g, 'steps: 20')
  .replace('lanes: 256, only', 'lanes: 128, only')
  .replace('lanes: 2048', 'lanes: 512')
  .replaceAll('run 160000 ticks', 'run 16000 ticks');
const library = loadText(short, 'rcnet.loom');
const outline = outlineOptimization(library, 'rcnet');
const plan = planOptimization(library, outline, outline.variants[0]!);

const figure = (result: RestartResult, name: string): number => result.measures.find((measure) => measure.name === name)!.value;

describe('restarts', () => {
  const results: RestartResult[] = [];
  beforeAll(async () => {
    const runner = new RestartRunner(library, { item: 'rcnet', seed });
    for (let restart = 0; restart < 2; restart++) results.push(await runner.run({ phase: 'restart', restart, variant: 0 }));
  }, 60_000);
  const best = (): RestartResult => results.reduce((a, b) => (b.score > a.score ? b : a));

  it('gain bits over their starts, within the budget', () => {
    expect(results.map(({ failure }) => failure)).toEqual([undefined, undefined]);
    expect(figure(best(), 'enob')).toBeGreaterThan(9);
    expect(best().history.losses[0]! - best().loss).toBeGreaterThan(5);
    for (const result of results) expect(figure(result, 'total')).toBeLessThan(14e-12);
  });

  it('have whole numbers of unit capacitors, 32 at most', () => {
    const values = new Map(plan.learned.elements.map(({ name }, i) => [name, best().values[i]!]));
    for (const [name, value] of values) {
      const [, row] = /^enc\.weights\[(\d)\]/.exec(name) ?? [];
      if (row === undefined) continue;
      const count = value / values.get(`enc.steps[${row}]`)!;
      expect(Math.abs(count - Math.round(count))).toBeLessThan(1e-9);
      expect(Math.abs(count)).toBeLessThan(32.5);
    }
  });

  it('give netlists that have the score by themselves, on every backend', async () => {
    const values = new Map(plan.learned.elements.map(({ name }, i) => [name, best().values[i]!]));
    const learned = loadText(convertNetlist(learnedNetlist(library, plan, values), 'loom'), 'learned.loom');
    for (const backend of ['js', 'wasm', 'interpret'] as const) {
      const result = await runBench(learned, { bench: 'conversions', backend, seed });
      expect(measureOf(result, 'enob')).toBe(figure(best(), 'enob'));
      expect(measureOf(result, 'total')).toBe(figure(best(), 'total'));
    }
  }, 60_000);
});

it('a start has next to no bits', async () => {
  const result = await runBench(loadNetlist('rcnet.loom'), { bench: 'conversions', seed });
  expect(measureOf(result, 'enob')).toBeLessThan(2);
});
