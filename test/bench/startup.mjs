// How long a system takes until it runs: twenty blocks in a warm process and in a cold one, and large systems.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsKernel } from '../../dist/backends/js/compile.js';
import { compileNetlist, convertNetlist, loadText } from '../../dist/index.js';
import { specialize } from '../../dist/ir/specialize.js';
import { loadParts, timeFirstSample } from './first-sample.mjs';
import { netlistPath } from './loops.mjs';
import { summarize } from './summarize.mjs';

const coldRuns = 7;
const warmRuns = 41;
/** A process is warm once it has done the same before. */
const warmUps = 20;
/** The first sample of twenty blocks is promised within this time, ms. */
export const mostFirstSampleMs = 50;

/** Both languages, warm and cold; loading the library stands apart. */
export async function timeFirstSamples() {
  const loom = readFileSync(netlistPath('blocks20.loom'), 'utf8');
  const texts = { 'blocks20.loom': loom, 'blocks20.yaml': convertNetlist(loadText(loom, 'blocks20.loom').file, 'yaml') };
  const parts = await loadParts();
  const results = [];
  for (const [name, text] of Object.entries(texts)) {
    const warm = [];
    for (let run = -warmUps; run < warmRuns; run++) {
      const ms = await timeFirstSample(text, name, parts);
      if (run >= 0) warm.push(ms);
    }
    const cold = runCold(name, text);
    results.push({
      name,
      warmMs: summarize(warm),
      coldMs: summarize(cold.map((run) => run.firstSampleMs)),
      coldLoadMs: summarize(cold.map((run) => run.loadMs)),
    });
  }
  return results;
}

function runCold(name, text) {
  const folder = mkdtempSync(join(tmpdir(), 'deltaloom-bench-'));
  const path = join(folder, name);
  writeFileSync(path, text);
  const program = fileURLToPath(new URL('first-sample.mjs', import.meta.url));
  const runs = Array.from({ length: coldRuns }, () => JSON.parse(execFileSync(process.execPath, [program, path], { encoding: 'utf8' })));
  rmSync(folder, { recursive: true });
  return runs;
}

/** Milliseconds of each step from text to kernel, for a chain of `blocks` blocks: integrators and sums in turn. */
export function timeCompile(blocks) {
  const pairs = Array.from({ length: blocks / 2 }, (_, i) => {
    const [before, other] = i === 0 ? ['u', 'x0'] : [`w${i - 1}`, `x${i - 1}`];
    return `  x${i} = integrator(${before}, gain: 0.5)\n  w${i} = x${i} - 0.25*${other}`;
  });
  const text = `system chain(u = 1V) {\n  clock clk = 1MHz\n${pairs.join('\n')}\n  output y = x${blocks / 2 - 1}\n}\n`;
  const marks = [performance.now()];
  const library = loadText(text);
  marks.push(performance.now());
  const { program } = compileNetlist(library);
  marks.push(performance.now());
  jsKernel(specialize(program, new Map(), new Set()));
  marks.push(performance.now());
  const [readMs, scheduleMs, emitMs] = marks.slice(1).map((at, i) => at - marks[i]);
  return { blocks, readMs, scheduleMs, emitMs };
}
