// Runs a system on given input samples, one per tick of its clock, with the interpreter and with js, and
// returns its outputs; the two must agree in every bit.

import { expect } from 'vitest';
import { compileNetlist, loadText } from '../../src/index.js';
import type { Host } from '../../src/index.js';
import { simulateNow } from '../../src/simulate/simulate.js';

export type Columns = Record<string, readonly number[]>;

const rateHz = 1000;

/** `body` is the inside of a system with a clock `clk` of 1 kHz (or its own clocks) and the inputs given. */
export function runSystem(body: string, inputs: Columns, ticks: number, host?: Host): Record<string, number[]> {
  const clock = body.includes('clock ') ? '' : 'clock clk = 1kHz\n';
  const declared = Object.keys(inputs)
    .map((name) => `input ${name}\n`)
    .join('');
  const library = loadText(`system test {\n${clock}${declared}${body}\n}`, 'test.loom', host);
  const sources = new Map(
    Object.entries(inputs).map(([name, values]) => [
      name,
      { samples: { rateHz, channels: [Float64Array.from(values)], names: [name], clock: 'clk' } },
    ]),
  );
  const { program } = compileNetlist(library, { system: 'test', inputs: sources });
  const [js, oracle] = (['js', 'interpret'] as const).map((backend) => simulateNow(program, { clock: 0, ticks, backend }));
  const columns = (result: typeof js): Record<string, number[]> =>
    Object.fromEntries(result!.waveforms.map(({ name, values }) => [name, [...values]]));
  expect(columns(js)).toEqual(columns(oracle));
  return columns(js);
}
