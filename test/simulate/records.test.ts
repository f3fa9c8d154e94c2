// Rows of records: one for each edge that lies within the run, whatever clock it belongs to, and no others.

import { describe, expect, test } from 'vitest';
import { availableBackends } from '../../src/backends/compile.js';
import { compileText, runText } from '../properties/run-netlist.js';

const body = (clocks: string, run: string, records: string): string =>
  `system s {\n  clock clk = 1MHz\n${clocks}\n  x = integrator(1V) @ clk\n  output x\n}\nbench s {\n  run ${run}\n${records}\n}\n`;

describe.each(availableBackends())('records on %s', (backend) => {
  const rows = (clocks: string, run: string, records: string): Record<string, number[]> =>
    Object.fromEntries([...runText(body(clocks, run, records), { backend })].map(([name, values]) => [name, [...values]]));

  test('an edge of a slow clock that the run does not reach has no row', () => {
    const clocks = '  clock slow = clk / 10 phases [a, b]';
    expect(rows(clocks, '14 ticks of clk', '  record p = x @ slow.a\n  record q = x @ slow.b')).toEqual({ p: [0, 10], q: [5] });
    expect(rows(clocks, '15 ticks of clk', '  record q = x @ slow.b')).toEqual({ q: [5] });
    expect(rows(clocks, '16 ticks of clk', '  record q = x @ slow.b')).toEqual({ q: [5, 15] });
  });

  test('a clock that begins after the run has no rows', () => {
    const clocks = '  clock late = 1MHz offset 20.5us';
    expect(rows(clocks, '5 ticks of clk', '  record q = x + 0 @ late\n  record x @ clk')).toEqual({ q: [], x: [0, 1, 2, 3, 4] });
  });

  test('a clock that begins several of its periods late has rows from then on', () => {
    const clocks = '  clock late = 500kHz phases [a, b] offset 7us';
    expect(rows(clocks, '12 ticks of clk', '  record p = x @ late.a\n  record q = x @ late.b')).toEqual({ p: [7, 9, 11], q: [8, 10] });
    expect(rows(clocks, '3 ticks of late', '  record p = x @ late.a\n  record q = x @ late.b')).toEqual({ p: [7, 9, 11], q: [8, 10, 12] });
  });
});

test('a run whose end is no exact place on the grid of time is refused', () => {
  const clocks = '  clock odd = 1.000000001MHz\n  y = integrator(1V) @ odd';
  const text = (ticks: number): string => body(clocks, `${ticks} ticks of clk`, '  record y @ odd');
  expect(compileText(text(1000)).program.clocks.map(({ period }) => period)).toEqual([1000000001, 1000000000]);
  expect(() => runText(text(9_007_200))).toThrow(/DL506.*9007200 ticks/);
});
