// Sweeps as users run them: how long many points with their measures take, what a second thread brings, and how much
// memory they need at a few points and at many.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { summarize } from './summarize.mjs';

const child = fileURLToPath(new URL('sweep-child.mjs', import.meta.url));
const netlist = fileURLToPath(new URL('../../netlists/crfb5.loom', import.meta.url));
const pairs = 3;
export const pairPoints = 2000;
export const mostPoints = 10_000;

/** Fifth order, 8192 ticks, two measures; the amplitude is drawn. */
function sweep(points, threads) {
  const folder = mkdtempSync(join(tmpdir(), 'deltaloom-bench-'));
  try {
    const vary = ['--vary', 'u.amplitude=uniform(0.1, 0.5)', '--runs', points];
    const args = ['sweep', netlist, ...vary, '--threads', threads, '--out', join(folder, 'out'), '--quiet', '--json'].map(String);
    const { status, stderr } = spawnSync(process.execPath, [child, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`a sweep ended with ${status}: ${stderr}`);
    return JSON.parse(stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One thread and two in turn. */
export function timeThreads() {
  const runs = Array.from({ length: pairs }, () => [sweep(pairPoints, 1).runMs, sweep(pairPoints, 2).runMs]);
  return {
    speedup: summarize(runs.map(([one, two]) => one / two)),
    pointsPerSecond: summarize(runs.map(([, two]) => (1000 * pairPoints) / two)),
  };
}

/** A thousand points and ten thousand: time and memory. */
export function timeMany() {
  const [few, many] = [1000, mostPoints].map((points) => sweep(points, 2));
  return {
    seconds: many.runMs / 1000,
    pointsPerSecond: (1000 * many.ran) / many.runMs,
    fewRssMiB: few.maxRssMiB,
    manyRssMiB: many.maxRssMiB,
  };
}
