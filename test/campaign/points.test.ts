// Every point of a campaign is a run of its own: the same measures and checks, bit for bit, as a run whose netlist has the
// point's values. Nothing that follows from a varied parameter stays at its nominal value.

import { describe, expect, it } from 'vitest';
import { prepareBench, runBench, type PreparedBench } from '../../src/analysis/run-bench.js';
import { makeJob } from '../../src/campaign/campaign-job.js';
import { makePlan } from '../../src/campaign/make-plan.js';
import type { Axis } from '../../src/campaign/plan.js';
import { unpackRow, type PointResult } from '../../src/campaign/point-row.js';
import { PointRunner } from '../../src/campaign/run-points.js';
import { readAxes } from '../../src/campaign/vary-params.js';
import { NetlistError } from '../../src/diagnostics/diagnostic.js';
import { loadText } from '../../src/index.js';
import { add, int, tick } from '../../src/ir/build.js';
import { withArena } from '../../src/ir/expr.js';
import { drawNormal, withNoiseParams } from '../../src/ir/noise.js';
import { runLength } from '../../src/simulate/run-length.js';
import type { CompileOptions } from '../../src/simulate/compile-netlist.js';
import { simulateNow } from '../../src/simulate/simulate.js';
import { diagnosticsOf } from '../io/raised.js';

const text = `system mod(fs = 1MHz, osr = 32, k = 0.5, wide = 0) {
  clock clk = fs
  input u : V
  param level = 2 * k * 1V
  param chosen = wide > 1 ? 0.25 : 0.5
  x1 = integrator(u - v, gain: k, leak: 1 - k / 1000)
  x2 = integrator(x1 - v, gain: chosen)
  v  = quantizer(x2, levels: 2, full_scale: 1V)
  output v
}
bench mod {
  u = sine(freq: 3kHz, amplitude: 0.5V)
  run 2048 ticks of clk
  record u, v, x2
  measure sndr(v, bandwidth: fs/(2*osr))
  measure reach = peak(x2, skip: 100 * osr / 32)
  check sndr > 40dB * k / 0.5
  check reach < level && osr > 1
  check reach < level
}
`;
const library = loadText(text, 'mod.loom');

/** Arrays of capacitors; the second has a density at all points. */
const arraysText = (matching: string): string => `system arrays(pel = 0um, den = 2fF/(1um*1um)) {
  clock clk = 1MHz
  c = capacitor_array(4, unit: 10fF, size: 8, ${matching})
  w = weighted_array([true, true], unit: 10fF, weights: [1, 3], pelgrom: pel, density: 2 * den + 1fF/(1um*1um))
  y = register(c) @ clk
  output y, w
}
bench arrays {
  run 4 ticks of clk
  record y, w
  measure on = peak(y)
}
`;

async function pointsOf(
  axes: readonly Axis[],
  runs = 1,
  mostLanes = 5,
  of = library,
): Promise<{ values: number[][]; rows: PointResult[] }> {
  const prepared = prepareBench(of, {});
  const plan = { axes, runs, sampling: 'random' as const, seed: 3 };
  const job = makeJob(prepared, plan, { ...runLength(prepared.compiled, undefined), backend: 'js', precision: 'f64' });
  const runner = await PointRunner.create(structuredClone(job), mostLanes);
  const { points, valuesAt } = makePlan(plan);
  const shape = { measures: job.measures.length, checks: job.checks.length };
  const rows = await runner.rows(0, points);
  const length = rows.length / points;
  return {
    values: Array.from({ length: points }, (_, i) => valuesAt(i)),
    rows: Array.from({ length: points }, (_, i) => unpackRow(rows, i * length, shape)),
  };
}

/** What the first point is told. */
async function diagnosticsAt(axes: readonly Axis[]): Promise<object[]> {
  const prepared = prepareBench(library, {});
  const plan = { axes, runs: 1, sampling: 'random' as const, seed: 3 };
  const job = makeJob(prepared, plan, { ...runLength(prepared.compiled, undefined), backend: 'js', precision: 'f64' });
  const told: object[] = [];
  const runner = await PointRunner.create(structuredClone(job), 1);
  await runner.run(0, 1, (_, { diagnostics }) => told.push(...diagnostics.map(({ message, why, help }) => ({ message, why, help }))));
  return told;
}

/** A run whose netlist has these values. */
async function runWith(axes: readonly Axis[], values: readonly number[]) {
  const { measures, checks } = await runBench(library, {
    set: new Map(axes.map(({ name }, i) => [name, String(values[i])])),
    backend: 'js',
  });
  return { measures: measures.map(({ value }) => value), checks: checks.map(({ pass, margin = NaN }) => ({ pass, margin })) };
}

describe('a point', () => {
  const cases: (readonly [string, readonly Axis[], number])[] = [
    ['in the system', [{ kind: 'lin', name: 'k', from: 0.3, to: 0.7, count: 5 }], 1],
    ['in options of measures and in checks', [{ kind: 'list', name: 'osr', values: [8, 16, 32, 64] }], 1],
    [
      'of blocks, and several at once',
      [
        { kind: 'uniform', name: 'u.amplitude', from: 0.1, to: 0.6 },
        { kind: 'list', name: 'k', values: [0.4, 0.5] },
        { kind: 'normal', name: 'x1.gain', mean: 0.5, sigma: 0.01 },
      ].slice(0, 2) as Axis[],
      4,
    ],
    ['in a frequency that the bench moves to a coherent one', [{ kind: 'log', name: 'u.freq', from: 1000, to: 20_000, count: 6 }], 1],
    ['without any', [], 3],
  ];
  it.each(cases)('has the numbers of a run: parameters %s', async (_, axes, runs) => {
    const { values, rows } = await pointsOf(axes, runs);
    for (const [i, row] of rows.entries()) {
      const { measures, checks } = await runWith(axes, values[i]!);
      expect(row.measures).toEqual(measures);
      expect(row.checks).toEqual(checks);
      expect(row.state).toBe('done');
    }
    if (axes.length > 0) expect(new Set(rows.map(({ measures }) => measures.join())).size).toBeGreaterThan(1);
  });

  it('does not depend on the points beside it', async () => {
    const axes: Axis[] = [{ kind: 'uniform', name: 'k', from: 0.3, to: 0.7 }];
    const alone = await pointsOf(axes, 7, 1);
    expect((await pointsOf(axes, 7, 7)).rows).toEqual(alone.rows);
    expect((await pointsOf(axes, 7, 3)).rows).toEqual(alone.rows);
  });

  it('whose value is out of range, or whose measure cannot be taken, is told by its status', async () => {
    const range = await pointsOf([{ kind: 'list', name: 'k', values: [0.5, -1, 1001, 999] }]);
    expect(range.rows.map(({ state }) => state)).toEqual(['done', 'out of range', 'out of range', 'done']);
    expect(range.rows[1]!.measures).toEqual([NaN, NaN]);
    expect(range.rows[1]!.checks.every(({ pass }) => !pass)).toBe(true);
    const told = await diagnosticsAt([{ kind: 'list', name: 'k', values: [1001] }]);
    expect(told).toEqual([
      { message: "'x1.leak' is -0.001 for k = 1001", why: "'x1.leak' takes values from 0 to 1", help: 'take other values of k' },
    ]);
    const untaken = await pointsOf([{ kind: 'list', name: 'osr', values: [32, 0.32, 3200] }]);
    expect(untaken.rows.map(({ state }) => state)).toEqual(['done', 'unmeasured', 'unmeasured']);
    expect(untaken.rows[2]!.measures).toEqual([NaN, NaN]);
    expect(untaken.rows[1]!.measures[0]).toBeNaN();
    expect(untaken.rows[1]!.measures[1]).not.toBeNaN();
    expect(untaken.rows[1]!.checks[0]!.pass).toBe(false);
  });

  it('of capacitors with mismatch needs their density', async () => {
    const states = async (text: string, pel: readonly number[], den: readonly number[]): Promise<string[]> => {
      const axes: Axis[] = [
        { kind: 'list', name: 'pel', values: pel },
        { kind: 'list', name: 'den', values: den },
      ];
      return (await pointsOf(axes, 1, 5, loadText(text, 'arrays.loom'))).rows.map(({ state }) => state);
    };
    expect(await states(arraysText('pelgrom: pel'), [0, 1e-8], [2e-3])).toEqual(['done', 'out of range']);
    const both = arraysText('pelgrom: pel, density: den');
    expect(await states(both, [0, 1e-8], [0, 2e-3])).toEqual(['done', 'done', 'out of range', 'done']);
  });
});

describe('noise', () => {
  /** The bench with noise on its record x2, drawn at every tick. */
  const noisy = (): PreparedBench => {
    const prepared = prepareBench(library, {});
    const { program } = prepared.compiled;
    const record = program.records.findIndex(({ name }) => name === 'x2');
    const events = withArena(() =>
      program.events.map((event) => ({
        ...event,
        actions: event.actions.map((action) =>
          action.do === 'record' && action.record === record
            ? { ...action, value: add(action.value, drawNormal({ path: 'n', tick: tick('clk'), draw: int(0) })) }
            : action,
        ),
      })),
    );
    return { ...prepared, compiled: { ...prepared.compiled, program: withNoiseParams({ ...program, events }) } };
  };

  it('is that of the lane of the point, whatever is run beside it', async () => {
    const prepared = noisy();
    const length = runLength(prepared.compiled, undefined);
    const plan = { axes: [], runs: 5, sampling: 'random' as const, seed: 12 };
    const job = makeJob(prepared, plan, { ...length, backend: undefined, precision: 'f64' });
    const seen: number[][] = [];
    const runner = await PointRunner.create(job, 3);
    await runner.run(1, 4, (_, __, waveforms) => seen.push(Array.from(waveforms[2]!.values)));
    const alone = [1, 2, 3, 4].map((lane) => simulateNow(prepared.compiled.program, { ...length, seed: 12, lane }));
    expect(seen).toEqual(alone.map(({ waveforms }) => Array.from(waveforms[2]!.values)));
    expect(new Set(seen.map((values) => values[0])).size).toBe(4);
  });
});

describe('what decides in the netlist', () => {
  const refusal = (vary: [string, string][]): string => {
    const { graph } = prepareBench(library, {}).compiled;
    try {
      readAxes(graph, new Map(vary));
    } catch (error) {
      if (error instanceof NetlistError) return error.message;
      throw error;
    }
    return '';
  };
  it('by a comparison cannot be varied', () => {
    expect(refusal([['wide', '[0, 2]']])).toBe("DL306: parameter 'wide' cannot be varied: it shapes the system");
    expect(refusal([['fs', '[1MHz]']])).toBe("DL306: parameter 'fs' cannot be varied: it shapes the system");
  });
  it('which values of blocks can be varied is told with what to do instead', () => {
    const circuit = loadText(`system s(a0 = 1000) {
  clock clk = 1MHz
  input u : V
  x = integrator(u, opamp_gain: a0)
  y = integrator(u)
  v = quantizer(x + y, levels: 3)
  output v
}
bench s {
  u = sine(freq: 3kHz)
  run 64 ticks
  record v, y
  measure top = max(y)
}
`);
    const told = (name: string, options: CompileOptions = {}): string => {
      const { graph } = prepareBench(circuit, options).compiled;
      const [found] = diagnosticsOf(() => readAxes(graph, new Map([[name, '[500]']])));
      return `${found!.message}; ${found!.help}`;
    };
    const shapes = 'it shapes the system';
    expect(told('x.opamp_gain')).toBe("parameter 'x.opamp_gain' cannot be varied: it follows from 'a0'; vary a0");
    expect(told('y.opamp_gain')).toBe(
      "parameter 'y.opamp_gain' cannot be varied: the netlist does not state it; state it, as by --set y.opamp_gain=…",
    );
    expect(told('y.opamp_gain', { ideal: ['gain'], vary: new Set(['y.opamp_gain']) })).toBe(
      "parameter 'y.opamp_gain' cannot be varied: gain is switched off; leave gain out of --ideal",
    );
    expect(told('x.opamp_gain', { ideal: ['gain'] })).toContain('gain is switched off; leave gain out of --ideal');
    expect(told('v.levels')).toContain(`'v.levels' cannot be varied: ${shapes}; run once for each value (--set v.levels=…); what can be`);
    expect(told('u.coherent')).toContain(`'u.coherent' cannot be varied: ${shapes}; write it in the netlist, once for each; what can be`);

    // An effect that the netlist does not state is there once it is varied, at its default otherwise.
    const topOf = (options: CompileOptions, params: ReadonlyMap<string, number> = new Map()): number => {
      const { compiled } = prepareBench(circuit, options);
      const { waveforms } = simulateNow(compiled.program, { ...runLength(compiled, undefined), params });
      return Math.max(...waveforms[1]!.values);
    };
    const vary = new Set(['y.opamp_gain']);
    const stated = topOf({ set: new Map([['y.opamp_gain', '500']]) });
    expect(topOf({ vary }, new Map([['y.opamp_gain', 500]]))).toBe(stated);
    expect(topOf({ vary })).toBe(topOf({}));
    expect(stated).not.toBe(topOf({}));
  });
  it('all faults are told at once', () => {
    expect(
      refusal([
        ['wide', '[1]'],
        ['v', '[1]'],
        ['k', 'lin(1, 2)'],
      ]).split('\n'),
    ).toHaveLength(3);
  });
});
