// Learning from the CIFF start of netlists/rcnet-ciff.loom, shortened; and what was learned at length, which is kept as netlists:
// their checks run with those of all netlists, here are what no bench measures and other draws of inputs and noise.

import { describe, expect, it } from 'vitest';
import { RestartRunner } from '../../src/campaign/optimization/restart-runner.js';
import { compileNetlist, loadFile, loadText } from '../../src/index.node.js';
import { join } from 'node:path';
import { measureOf, netlistsFolder, runNetlist } from './bench.js';

const path = join(netlistsFolder, 'rcnet-ciff.loom');
const measuresOf = ({ measures }: { measures: readonly { name: string; value: number }[] }): Record<string, number> =>
  Object.fromEntries(measures.map(({ name, value }) => [name, value]));

describe('learning from CIFF', () => {
  it('gains bits within the budget of capacitors, by a few steps', async () => {
    const text = loadFile(path)
      .file.source.text.replaceAll('steps: 1500, lanes: 256', 'steps: 60, lanes: 64')
      .replaceAll('batch 4096', 'batch 512')
      .replaceAll('lanes: 8192', 'lanes: 1024');
    expect(text).toContain('steps: 60, lanes: 64');
    const runner = new RestartRunner(loadText(text, path), { item: 'ciff14', seed: 1 });
    const result = await runner.run({ phase: 'restart', restart: 0, variant: 0 });
    expect(result.failure).toBeUndefined();
    const measures = measuresOf(result);
    expect(measures['enob']).toBeGreaterThan(measureOf(await runNetlist('rcnet-ciff.loom', 'conversions'), 'enob') + 0.5);
    expect(measures['total']).toBeLessThan(14e-12);
  });
});

describe.each([
  ['rcnet-learned-14pf.loom', 14e-12, 14],
  ['rcnet-learned-10pf.loom', 10e-12, 14],
])('%s', (file, budget, enob) => {
  it.each([11, 12])('keeps its bits with the inputs and the noise of seed %i', async (seed) => {
    const result = await runNetlist(file, 'conversions', { seed });
    expect(measureOf(result, 'enob')).toBeGreaterThan(enob);
    expect(measureOf(result, 'total')).toBeLessThan(budget);
  });

  it('has weights of at most 64 unit capacitors, in whole numbers', () => {
    const { graph } = compileNetlist(loadFile(join(netlistsFolder, file)), { bench: 'conversions' });
    const values = new Map(graph.params.map(({ name, value }) => [name, value]));
    const weights = [...values].filter(([name]) => name.startsWith('enc.weights['));
    // 11 of them are connections.
    const counts = weights.map(([name, value]) => value / values.get(`enc.steps[${/\d+/.exec(name)![0]}]`)!).filter((count) => count !== 0);
    expect(counts.length).toBe(11);
    for (const count of counts) {
      expect(Math.abs(count - Math.round(count))).toBeLessThan(1e-9);
      expect(Math.abs(count)).toBeLessThan(64.5);
    }
  });
});
