// Optimizations on the built command line: small problems whose optimum is known.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, type CliOptions, type CliResult } from '../cli/run-cli.js';

/** Gain and leak of a first-order filter are learned from what another one with 0.3 and 0.8 does. */
export const filter = `system filter {
  clock clk = 1kHz
  input u : V
  x = integrator(u, gain: 0.5, leak: 0.5)
  output x
}

bench unseen of filter {
  u = uniform(low: -1V, high: 1V) @ clk
  wanted = integrator(u, gain: 0.3, leak: 0.8) @ clk
  e = x - wanted
  run 500 ticks of clk
  record e, x
  measure error = rms(e)
  measure top = peak(x)
}

optimize fit of filter {
  u = uniform(low: -1V, high: 1V) @ clk
  wanted = integrator(u, gain: 0.3, leak: 0.8) @ clk
  e = x - wanted
  run 20 ticks of clk
  learn x.gain(init: uniform(0.1, 1))
  learn x.leak(init: 0.5, min: 0, max: 0.99)
  objective error = rms(e, over: "run")
  minimize log(error/1V)
  batch 8
  restarts 6
  method adam(rate: 0.02, steps: 60)
  finish adam(rate: 0.004, steps: 60, schedule: cosine)
  finalists 2
  judge -error/1V of unseen
}
`;

/** A chain of filters whose length is varied; numbers on a grid that holds the optimum for n = 1. */
export const coded = `system coded(n = 2) {
  clock clk = 1kHz
  input u : V
  x = integrator(u, gain: 0.5, leak: 0.5)
  for i in 0..n {
    d[i] = register(i == 0 ? x : d[i - 1])
  }
  y = d[n - 1]
  output y
}

optimize grid of coded {
  vary n = [1, 2]
  u = uniform(low: -1V, high: 1V) @ clk
  wanted = integrator(u, gain: 0.5625, leak: 0.8125) @ clk
  e = y - register(wanted)
  run 20 ticks of clk
  learn x.gain(levels: 16, step: 0.0625, init: uniform(0.2, 0.9))
  learn x.leak(levels: 16, step: 0.0625, max: 0.95)
  objective error = mean(e*e, over: "run")
  minimize error/(1V)^2
  batch 8
  restarts 4
  method adam(rate: 0.02, steps: 30)
  finish integer_search(passes: 8)
  finalists 4
}
`;

export const optimize = (cwd: string, args: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
  runCli(['optimize', ...args], { cwd, ...options });

/** The files of the results, without those of single restarts and without the folder's name in any. */
export function resultsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(names.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]));
}
