// Runs a sweep, or a shard of it, into its folder, and writes the results once every point is there.

import { shellCommand } from '../campaign/shell-command.js';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { campaignFiles, claimFolder, clearFolder, isFinished } from '../campaign/campaign-folder.node.js';
import { keyOf } from '../campaign/campaign-manifest.js';
import { lockFolder } from '../campaign/folder-lock.node.js';
import { rowLength } from '../campaign/point-row.js';
import { runCampaign } from '../campaign/run-campaign.node.js';
import { lockNameOf, pointsOf, slotKey, slotName, usualTilePoints, type CampaignPart } from '../campaign/shards.js';
import { existingTilePoints, openSlotFile, tilesIn, type SlotFile } from '../campaign/slot-file.node.js';
import { WorstSoFar } from '../campaign/worst-so-far.js';
import { readSummary, writeCampaign } from '../campaign/write-campaign.node.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { watchInterrupt } from './interrupt.js';
import { makeFolder, requireMakeableFolder } from './output-folder.js';
import { pointsProgress, reportProgress } from './progress.js';
import type { Sweep, SweepOptions } from './sweep.js';
import { exitCodeOf, summaryText, sweepDocument, type SweepTiming } from './sweep-text.js';
import { printJson, printNote, printResult } from './terminal.js';

type Note = (text: string) => void;

export async function runSweep(ready: Sweep, options: SweepOptions): Promise<ExitCode> {
  const { shard, restart, quiet } = options;
  const folder = options.out!;
  requireMakeableFolder(folder);
  makeFolder(folder);
  const note: Note = (text) => (quiet === true ? undefined : printNote(text));
  const lock = lockFolder(folder, lockNameOf(shard));
  const interrupt = watchInterrupt();
  try {
    if (restart === true) clearFolder(folder, [shard]);
    claimFolder(folder, ready.manifest);
    if (isFinished(folder)) {
      // Left by a run that was killed between its summary and this.
      rmSync(join(folder, slotName(shard)), { force: true });
      note(`'${folder}' has the results of this sweep already`);
      return tellSummary(ready, options, undefined);
    }
    return await runPart(ready, options, interrupt.signal, note);
  } finally {
    interrupt.release();
    lock.release();
  }
}

async function runPart(ready: Sweep, options: SweepOptions, abort: AbortSignal, note: Note): Promise<ExitCode> {
  const { shard, tile, threads = availableParallelism() } = options;
  const { manifest, points } = ready;
  const folder = options.out!;
  const path = join(folder, slotName(shard));
  const range = pointsOf(points, shard);
  const part: CampaignPart = { ...range, tilePoints: existingTilePoints(path) ?? tile ?? usualTilePoints(range.points, threads) };
  const { measures, checks } = manifest.campaign;
  const slots = openSlotFile(path, {
    tilePoints: part.tilePoints,
    points: part.points,
    rowLength: rowLength({ measures: measures.length, checks: checks.length }),
    key: slotKey(await keyOf(manifest), shard),
  });
  try {
    const timing = await runMissing(ready, { ...options, threads }, part, slots, abort, note);
    const done = Math.min(part.points, slots.doneCount * part.tilePoints);
    if (slots.doneCount < slots.tiles) {
      note(`stopped after ${done} of ${part.points} points: the same command goes on from there`);
      if (options.json === true) printJson({ ...sweepDocument(ready, options, timing), status: 'interrupted', done });
      return exitCodes.interrupted;
    }
    if (shard !== undefined) return tellShard(ready, options, part, timing);
    const files = writeCampaign(folder, manifest, { [Symbol.iterator]: () => tilesIn(path, slots) });
    note(`wrote ${files.join(', ')}`);
    rmSync(path);
    return tellSummary(ready, options, timing);
  } finally {
    slots.close();
  }
}

async function runMissing(
  { job, manifest }: Sweep,
  { threads, quiet }: SweepOptions & { readonly threads: number },
  part: CampaignPart,
  slots: SlotFile,
  abort: AbortSignal,
  note: Note,
): Promise<SweepTiming> {
  const worst = new WorstSoFar(manifest);
  if (quiet !== true) worst.seeDone(part, slots);
  const pointsDone = (): number => Math.min(part.points, slots.doneCount * part.tilePoints);
  const before = pointsDone();
  if (before > 0 && slots.doneCount < slots.tiles) note(`going on after ${before} of ${part.points} points`);
  const progress = quiet === true ? undefined : reportProgress(process.stderr, pointsProgress);
  const started = performance.now();
  const onTile = (done: number, rows: Float64Array, first: number): void => {
    worst.see(first, rows);
    progress?.update({ done, total: part.points, before, worst: worst.text });
  };
  const onDeath = (reason: string, point: number): void =>
    note(`a worker thread died (${reason}); the points from ${point} on are run again`);
  try {
    await runCampaign(job, part, slots, threads, { onTile, onDeath }, abort).finally(progress?.end);
  } catch (error) {
    note(`${pointsDone()} of ${part.points} points are done and kept: the same command goes on from there`);
    throw error;
  }
  return { threads, ran: pointsDone() - before, runMs: performance.now() - started };
}

function tellShard(ready: Sweep, options: SweepOptions, part: CampaignPart, timing: SweepTiming): ExitCode {
  const { shard, json, out } = options;
  const { first, points } = part;
  if (json === true) printJson({ ...sweepDocument(ready, options, timing), status: 'done', first, done: points });
  else
    printResult(
      `shard ${shard!.index} of ${shard!.count} is done: ${points} points from ${first} on\n` +
        `when all are: ${shellCommand(['gather', out!])}`,
    );
  return exitCodes.ok;
}

function tellSummary(ready: Sweep, options: SweepOptions, timing: SweepTiming | undefined): ExitCode {
  const folder = options.out!;
  const summary = readSummary(folder);
  const files = Object.values(campaignFiles).map((name) => join(folder, name));
  if (options.json === true) printJson({ ...sweepDocument(ready, options, timing), status: 'done', ...summary, files });
  else printResult(summaryText(ready.manifest, summary));
  return exitCodeOf(summary);
}
