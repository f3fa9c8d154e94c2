// Sweeps on the built command line, and what they leave in their folders.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, type CliResult } from '../cli/run-cli.js';

/** A loop whose gain is varied; it grows where that is above 2, and out of the numbers where it is above 2.4. */
export const swept = `system loop(fs = 1kHz, k = 0.5, top_limit = 1.2) {
  clock clk = fs
  input u : V
  x = integrator(u - x, gain: k, leak: 1)
  y = integrator(x - 0.1*y, gain: 0.25) @ clk
  output x, y
}

bench loop {
  u = sine(freq: 10Hz, amplitude: 1V)
  run 2000 ticks of clk
  record u, x
  measure top = max(x)
  measure swing = peak(y)
  measure level = rms(x, skip: 100)
  check top < top_limit*1V
  check swing > 0.1V
}
`;

export const sweepArgs = [
  'sweep',
  'loop.loom',
  '--vary',
  'k=lin(0.1, 3.3, 9)',
  '--vary',
  'u.amplitude=normal(1V, 0.1V)',
  '--runs',
  '20',
  '--seed',
  '7',
];

/** Every file of a folder with its bytes. */
export function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

export const sweep = (cwd: string, args: readonly string[]): Promise<CliResult> => runCli([...sweepArgs, ...args], { cwd });

/** The size of a file that may not be there. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
