// From the text of a netlist to the first sample of its outputs. As a command it does so once, in a process that
// has done nothing before, and prints the milliseconds: `node first-sample.mjs FILE`.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the work needs of the library; loading it is not part of the work. */
async function loadParts() {
  const [{ compileNetlist, loadText }, { compileKernel }, { createMachine }, { specialize }] = await Promise.all([
    import('../../dist/index.js'),
    import('../../dist/backends/compile.js'),
    import('../../dist/backends/kernel.js'),
    import('../../dist/ir/specialize.js'),
  ]);
  return { compileNetlist, loadText, compileKernel, createMachine, specialize };
}

/** Milliseconds from text to first sample; `name` says by its extension which language it is. */
export async function timeFirstSample(text, name, parts) {
  const { compileNetlist, loadText, compileKernel, createMachine, specialize } = parts ?? (await loadParts());
  const started = performance.now();
  const program = specialize(compileNetlist(loadText(text, name)).program, new Map(), new Set());
  const records = program.records.map(() => new Float64Array(1).fill(NaN));
  compileKernel(program, 'js').run(createMachine(program, records), program.clocks[0].offset + program.clocks[0].period);
  const elapsed = performance.now() - started;
  if (records.some(([value]) => !Number.isFinite(value))) throw new Error(`${name} gave no first sample`);
  return elapsed;
}

export { loadParts };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = process.argv[2];
  const started = performance.now();
  const parts = await loadParts();
  const loadMs = performance.now() - started;
  const firstSampleMs = await timeFirstSample(readFileSync(path, 'utf8'), path, parts);
  console.log(JSON.stringify({ loadMs, firstSampleMs }));
}
