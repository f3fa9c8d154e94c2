// Scripts for Slurm: a job array that runs a sweep shard by shard, and the job that gathers the shards. What is on the
// command line of a task is all that it needs; a task that Slurm requeues, on whatever node,
// goes on where it stopped.

import { quoteWord } from '../campaign/shell-command.js';
import { join, resolve } from 'node:path';
import { claimFolder, clearFolder, shardsIn } from '../campaign/campaign-folder.node.js';
import { lockFolder } from '../campaign/folder-lock.node.js';
import { lockNameOf } from '../campaign/shards.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { makeFolder, requireMakeableFolder } from './output-folder.js';
import { UsageError } from './report-failure.js';
import type { Sweep, SweepOptions } from './sweep.js';
import { printJson, printResult } from './terminal.js';

const usualShards = 16;

export function emitSlurm({ manifest, points }: Sweep, options: SweepOptions): ExitCode {
  const { shards = Math.min(usualShards, points), atOnce, threads = 1, backend, tile, json, restart } = options;
  const folder = resolve(options.out!);
  if (unquotable.test(folder))
    throw new UsageError(`--out ${JSON.stringify(folder)}: a directive of Slurm holds no control character, quotation mark or backslash`);
  requireMakeableFolder(folder);
  makeFolder(folder);
  if (restart === true) clearAll(folder);
  claimFolder(folder, manifest);
  const program = [process.execPath, resolve(process.argv[1]!)];
  const limit = atOnce === undefined ? '' : `%${atOnce}`;
  const extra = [
    ...(backend === undefined || manifest.command.includes('--backend') ? [] : ['--backend', backend]),
    ...(tile === undefined ? [] : ['--tile', String(tile)]),
  ];
  const task = [...program, ...manifest.command, ...extra, '--threads', String(threads), '--out', folder, '--quiet'].map(quoteWord);
  const head = (name: string, lines: readonly string[]): string[] => [
    '#!/bin/sh',
    `#SBATCH --job-name=${name}`,
    '#SBATCH --ntasks=1',
    ...lines.map((line) => `#SBATCH ${line}`),
    'set -eu',
    `cd ${quoteWord(process.cwd())}`,
  ];
  const scripts = {
    'sweep.sbatch': [
      ...head(`sweep-${manifest.system}`, [
        `--array=1-${shards}${limit}`,
        `--cpus-per-task=${threads}`,
        `--output=${logPath(folder, 'shard-%a.log')}`,
      ]),
      `exec ${task.join(' ')} --shard "$SLURM_ARRAY_TASK_ID/${shards}"`,
    ],
    'gather.sbatch': [
      ...head(`gather-${manifest.system}`, ['--cpus-per-task=1', `--output=${logPath(folder, 'gather.log')}`]),
      `exec ${[...program, 'gather', folder].map(quoteWord).join(' ')}`,
    ],
  };
  const paths = Object.entries(scripts).map(([name, lines]) => {
    const path = join(folder, name);
    writeFileAtomic(path, `${lines.join('\n')}\n`);
    return path;
  });
  const [sweep, gather] = paths.map(quoteWord);
  const submit = [`job=$(sbatch --parsable ${sweep})`, `sbatch --dependency=afterok:"$job" ${gather}`];
  if (json === true) printJson({ shards, points, files: paths, submit });
  else printResult(`wrote ${paths.join(', ')}\n\n${submit.join('\n')}`);
  return exitCodes.ok;
}

/** Throws away what is there, with all parts; not from under a sweep that is running. */
function clearAll(folder: string): void {
  const parts = [undefined, ...shardsIn(folder)];
  const locks: { release(): void }[] = [];
  try {
    for (const part of parts) locks.push(lockFolder(folder, lockNameOf(part)));
    clearFolder(folder, parts);
  } finally {
    for (const lock of locks) lock.release();
  }
}

/** A directive is one line, and nothing is known that would stand for these within its quotes. */
const unquotable = /[\p{Cc}"\\]/u;

/** A path in a directive: blanks need quotes, and a percent sign begins a pattern. */
const logPath = (folder: string, name: string): string => `"${join(folder.replaceAll('%', '%%'), name)}"`;
