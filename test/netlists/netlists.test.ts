// Every bench of every netlist in netlists/: it runs to its end without a warning, its checks pass, and a second run
// gives the same records.

import { describe, expect, it } from 'vitest';
import { compileNetlist, formatDiagnostics, runBench } from '../../src/index.node.js';
import { simulateNow } from '../../src/simulate/simulate.js';
import { loadNetlist, netlistFiles } from './bench.js';
import { digestsOf } from './digest.js';

const benches = netlistFiles.flatMap((file) => loadNetlist(file).benches.map((bench) => [file, bench.name.name] as const));

describe('netlists', () => {
  it('are there, each with benches', () => {
    expect(benches.length).toBeGreaterThan(10);
    for (const file of netlistFiles) expect(benches.map(([name]) => name)).toContain(file);
  });

  it.each(benches)('%s: bench %s passes its checks', async (file, bench) => {
    const library = loadNetlist(file);
    const result = await runBench(library, { bench });
    expect(result.status).toBe('done');
    expect(formatDiagnostics(result.warnings)).toBe('');
    expect(result.checks.length).toBeGreaterThan(0);
    expect(result.checks.filter((check) => !check.pass)).toEqual([]);
    const { program, graph, bench: run } = compileNetlist(library, { bench });
    const clock = program.clocks.findIndex(({ name }) => name === graph.clocks[run!.run.clock]!.name);
    expect(digestsOf(simulateNow(program, { clock, ticks: run!.run.ticks }))).toEqual(digestsOf(result));
  });
});
