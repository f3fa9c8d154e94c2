// How fast the interpreter is: the oracle is slow, and this says how slow.

import { interpretKernel } from '../../dist/backends/interpret.js';
import { createMachine } from '../../dist/backends/kernel.js';
import { loopProgram } from './loops.mjs';
import { randomSamples } from './random-samples.mjs';
import { summarize } from './summarize.mjs';

const ticks = 4096;
const counted = 9;

/** Events per second of one of the loops. */
export function timeInterpreter(loop) {
  const samples = new Float64Array(ticks);
  const program = loopProgram(loop, samples);
  const kernel = interpretKernel(program);
  const records = program.records.map(() => new Float64Array(ticks));
  const rates = [];
  for (let run = -2; run < counted; run++) {
    randomSamples(samples, loop, run);
    const started = performance.now();
    kernel.run(createMachine(program, records), ticks * program.clocks[0].period);
    const seconds = (performance.now() - started) / 1000;
    if (run >= 0) rates.push((ticks * program.timeline.entries.length) / seconds);
  }
  return { name: loop.name, eventsPerSecond: summarize(rates) };
}
