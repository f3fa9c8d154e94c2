// Shards: contiguous parts of a campaign's points, each run by itself in tiles, each with a slot file of its own.

/** Points of a part of a campaign: `points` of them from `first` on, in tiles. */
export interface CampaignPart {
  readonly first: number;
  readonly points: number;
  readonly tilePoints: number;
}

/** Shard `index` of `count`, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** The points of a shard, whatever its tiles: as many for each shard as for any other, or one more. All points without one. */
export function pointsOf(points: number, shard: Shard = { index: 1, count: 1 }): { readonly first: number; readonly points: number } {
  const firstOf = (index: number): number => Math.floor(((index - 1) * points) / shard.count);
  const first = firstOf(shard.index);
  return { first, points: firstOf(shard.index + 1) - first };
}

/** Few enough that little is run again after a stop, and that the records of a tile are small. */
const mostUsualTilePoints = 64;

/** Points that a thread takes at a time where nobody says: every thread gets as many tiles, of about one size. At least 1. */
export function usualTilePoints(points: number, threads: number): number {
  const tilesOfThread = Math.ceil(points / (threads * mostUsualTilePoints));
  return Math.max(1, Math.ceil(points / (threads * Math.max(1, tilesOfThread))));
}

const shardName = /^shard-(\d+)-of-(\d+)\.slots$/;

/** Name of the slot file; that of the whole campaign without a shard. */
export const slotName = (shard: Shard | undefined): string =>
  shard === undefined ? 'campaign.slots' : `shard-${shard.index}-of-${shard.count}.slots`;

/** The shard that a file belongs to. */
export function shardOfName(name: string): Shard | undefined {
  const [, index, count] = shardName.exec(name) ?? [];
  return index === undefined ? undefined : { index: Number(index), count: Number(count) };
}

const lockName = '.deltaloom-lock';

/** Shards may be run at the same time; each has a lock of its own. */
export const lockNameOf = (shard: Shard | undefined): string =>
  shard === undefined ? lockName : `${lockName}-${shard.index}-of-${shard.count}`;

/** What the slot file of a shard belongs to. */
export const slotKey = (campaignKey: string, shard: Shard | undefined): string =>
  shard === undefined ? campaignKey : `${campaignKey} ${shard.index}/${shard.count}`;
