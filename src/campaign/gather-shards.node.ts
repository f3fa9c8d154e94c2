// The shards of a campaign as one sequence of tiles. Every shard is looked at before, and all that is wrong with any of
// them is told at once, with the command that puts it right.

import { join } from 'node:path';
import { DiagnosticBag, fail, NetlistError } from '../diagnostics/diagnostic.js';
import { shardsIn } from './campaign-folder.node.js';
import type { CampaignManifest } from './campaign-manifest.js';
import { rowLength } from './point-row.js';
import { pointsOf, slotKey, slotName, type Shard } from './shards.js';
import { existingTilePoints, openSlotFile, tilesIn, type SlotFile } from './slot-file.node.js';

/**
 * Rows of all points, tile by tile. `key`: that of the manifest; `commandOf`: how to run a shard (again).
 * @throws NetlistError with every shard that is missing, unreadable or not finished
 */
export function gatherShards(
  folder: string,
  manifest: CampaignManifest,
  key: string,
  commandOf: (shard: Shard) => string,
): Iterable<Float64Array> {
  const found = shardsIn(folder);
  const [count, ...others] = [...new Set(found.map((shard) => shard.count))];
  if (count === undefined)
    fail('DL601', undefined, `there are no shards in '${folder}'`, { help: `run them first: ${commandOf({ index: 1, count: 2 })}, …` });
  if (others.length > 0)
    fail('DL605', undefined, `'${folder}' has shards of ${[count, ...others].join(' and of ')}`, {
      why: 'the shards of one sweep are parts of the same number',
      help: 'remove the files of those that do not count',
    });
  const shards = Array.from({ length: count }, (_, i): Shard => ({ index: i + 1, count }));
  const present = new Set(found.map(({ index }) => index));
  const missing = shards.filter(({ index }) => !present.has(index));
  const bag = new DiagnosticBag();
  if (missing.length > 0) tellMissing(missing, folder, commandOf, bag);
  for (const shard of shards) {
    const again = { help: `run it: ${commandOf(shard)}` };
    const name = `shard ${shard.index} of ${count}`;
    if (!present.has(shard.index)) continue;
    try {
      const slots = openShard(folder, manifest, key, shard);
      slots.close();
      if (slots.doneCount < slots.tiles)
        bag.error('DL602', undefined, `${name} is not finished: ${slots.doneCount} of ${slots.tiles} tiles of points are there`, again);
    } catch (error) {
      if (!(error instanceof NetlistError)) throw error;
      for (const diagnostic of error.diagnostics)
        bag.report({ ...diagnostic, message: `${name}: ${diagnostic.message}`, help: `remove the file and run it: ${commandOf(shard)}` });
    }
  }
  bag.throwIfErrors();
  return {
    *[Symbol.iterator]() {
      for (const shard of shards) {
        const slots = openShard(folder, manifest, key, shard);
        try {
          yield* tilesIn(join(folder, slotName(shard)), slots);
        } finally {
          slots.close();
        }
      }
    },
  };
}

/** All in one message: of a job array that never began, there are hundreds. */
function tellMissing(missing: readonly Shard[], folder: string, commandOf: (shard: Shard) => string, bag: DiagnosticBag): void {
  const [first, ...others] = missing;
  const command = commandOf(first!);
  const numbers = rangesText(missing.map(({ index }) => index));
  if (others.length === 0)
    bag.error('DL601', undefined, `shard ${numbers} of ${first!.count} is missing: there is no '${join(folder, slotName(first))}'`, {
      help: `run it: ${command}`,
    });
  else
    bag.error('DL601', undefined, `shards ${numbers} of ${first!.count} are missing in '${folder}'`, {
      help: `run each of them, such as the first: ${command}`,
    });
}

/** `2-63, 65` of ascending numbers. */
function rangesText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

function openShard(folder: string, manifest: CampaignManifest, key: string, shard: Shard): SlotFile {
  const { points, measures, checks } = manifest.campaign;
  const path = join(folder, slotName(shard));
  return openSlotFile(path, {
    tilePoints: existingTilePoints(path) ?? 1,
    points: pointsOf(points, shard).points,
    rowLength: rowLength({ measures: measures.length, checks: checks.length }),
    key: slotKey(key, shard),
  });
}
