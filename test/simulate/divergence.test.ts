// A run that leaves the finite numbers: which signal and tick are named, and what is kept.

import { describe, expect, test } from 'vitest';
import { availableBackends } from '../../src/backends/compile.js';
import type { SimulationResult } from '../../src/simulate/simulate.js';
import { simulateNow } from '../../src/simulate/simulate.js';
import { compileText } from '../properties/run-netlist.js';

describe.each(availableBackends())('a run on %s that diverges', (backend) => {
  const run = (text: string): SimulationResult => {
    const { program, graph, bench } = compileText(text);
    const clock = program.clocks.findIndex(({ name }) => name === graph.clocks[bench!.run.clock]!.name);
    return simulateNow(program, { clock, ticks: bench!.run.ticks, backend });
  };
  const rowsOf = ({ waveforms }: SimulationResult): Record<string, number[]> =>
    Object.fromEntries(waveforms.map(({ name, values }) => [name, [...values]]));

  test('an infinity that harms nothing before is not blamed', () => {
    // r is infinite at t = 0 and limited at once; x grows by 4 each tick and ends at 4^512.
    const result = run(
      'system s {\n  clock clk = 1kHz\n  u = ramp(slope: 1)\n  r = 1/u\n  m = min(r, 2)\n  x = integrator(3*x + 1)\n  output x, m\n}\nbench s {\n  run 1000 ticks\n  record x, m\n}\n',
    );
    expect(result).toMatchObject({ status: 'diverged', ticks: 512, divergence: { signal: 'x.in', value: Infinity, tick: 512 } });
    expect(result.waveforms.map(({ values }) => values.length)).toEqual([512, 512]);
  });

  test('an infinity that is limited in the tick of the divergence is not blamed either', () => {
    const result = run(
      'system s {\n  clock clk = 1kHz\n  a = 1/(x - x)\n  r = min(a, 1)\n  x = integrator(3*x + 1)\n  output x, r\n}\nbench s {\n  run 1000 ticks\n  record x, r\n}\n',
    );
    expect(result.divergence).toMatchObject({ signal: 'x.in', tick: 512 });
  });

  test('with a faster clock the time is that of the event, and rows that were not reached are left out', () => {
    // y is 4^n at its n-th event, each 1/16 ms: infinite from the 512th on, at t = 32 ms.
    const result = run(
      'system s {\n  clock clk = 1kHz\n  clock fast = clk * 16\n  clock slow = clk / 10 phases [a, b]\n  n = integrator(1) @ clk\n  y = integrator(3*y, initial: 1) @ fast\n  output n, y\n}\nbench s {\n  run 100 ticks of clk\n  record n @ clk\n  record p = n @ slow.a\n  record q = n @ slow.b\n  record y @ fast\n}\n',
    );
    expect(result.divergence).toMatchObject({ signal: 'y.x', value: Infinity });
    const { y, n, p, q } = rowsOf(result);
    expect(y!.every(Number.isFinite)).toBe(true);
    // 4^511 = 2^1022 is the last: 3 times that is 1.5 * 2^1023, and their sum 2^1024. Event 511 is in tick 31.
    expect(result.divergence).toMatchObject({ tick: 31, timeSeconds: 511 / 16000 });
    expect(y).toHaveLength(511);
    expect(n).toHaveLength(32);
    expect(p).toEqual([0, 10, 20, 30]);
    expect(q).toEqual([5, 15, 25]);
  });

  test('in a state that is an array', () => {
    const result = run(
      'system s {\n  clock clk = 1kHz\n  d = delay(g, ticks: 3)\n  x = integrator(3*x + 1)\n  g = 1e300*x\n  output d\n}\nbench s {\n  run 100 ticks\n  record d\n}\n',
    );
    // g = 1e300 (4^n - 1)/3 passes 2^1024 at n = 15; d shows it three ticks later only.
    expect(result).toMatchObject({ ticks: 15, divergence: { signal: 'g', value: Infinity, tick: 15 } });
    expect(rowsOf(result)['d']).toHaveLength(15);
  });
});

test('an initial value that is not finite is refused', () => {
  const text = (block: string): string =>
    `system s {\n  clock clk = 1kHz\n  x = ${block}\n  output x\n}\nbench s {\n  run 10 ticks\n  record x\n}\n`;
  for (const block of ['integrator(1, initial: inf)', 'delay(1, initial: 0/0)', 'register(1, initial: 1/0)'])
    expect(() => compileText(text(block))).toThrow(/DL303.*'initial' is not a finite number/);
});

test('a bit begins at 0 or 1', () => {
  const text = (block: string): string =>
    `system s {\n  clock clk = 1kHz\n  input b : bit\n  x = ${block}\n  output x\n}\nbench s {\n  b = 1 > 0\n  run 4 ticks\n  record x\n}\n`;
  for (const block of ['register(b, initial: 2)', 'delay(b, ticks: 3, initial: 0.5)', 'sample_hold(b, initial: -1)'])
    expect(() => compileText(text(block))).toThrow(/DL303.*'x'.* bit.* 0 or 1/);
  for (const initial of [0, 1]) expect(() => compileText(text(`register(b, initial: ${initial})`))).not.toThrow();
});
