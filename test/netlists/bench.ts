// Runs benches of netlists/, and benches written in a test that import them.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileHost, loadFile, loadText, runBench } from '../../src/index.node.js';
import type { BenchResult, RunOptions } from '../../src/index.node.js';

export const netlistsFolder = fileURLToPath(new URL('../../netlists', import.meta.url));
export const sharedFolder = fileURLToPath(new URL('../../../shared', import.meta.url));

/** Names of the netlist files, sorted. */
export const netlistFiles = readdirSync(netlistsFolder)
  .filter((name) => /\.(loom|ya?ml)$/.test(name))
  .sort();

export const loadNetlist = (file: string) => loadFile(join(netlistsFolder, file));

/** Runs a bench of a file in netlists/. */
export const runNetlist = (file: string, bench: string, options: RunOptions = {}): Promise<BenchResult> =>
  runBench(loadNetlist(file), { ...options, bench });

/** Runs the one bench of a text, which may import files of netlists/. */
export const runText = (text: string, options: RunOptions = {}): Promise<BenchResult> =>
  runBench(loadText(text, join(netlistsFolder, 'test.loom'), fileHost), options);

export function samplesOf(result: BenchResult, record: string): Float64Array {
  const waveform = result.waveforms.find(({ name }) => name === record);
  if (waveform === undefined) throw new Error(`no record '${record}'`);
  return waveform.values;
}

export function measureOf(result: BenchResult, name: string): number {
  const measure = result.measures.find((candidate) => candidate.name === name);
  if (measure === undefined) throw new Error(`no measure '${name}'`);
  return measure.value;
}
