// Shards: contiguous parts of a campaign's tiles, each run by itself, each with a slot file of its own.

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

/** The points of a shard: whole tiles, as many for each shard as for any other, or one more. All points without one. */
export function partOf(points: number, tilePoints: number, shard: Shard = { index: 1, count: 1 }): CampaignPart {
  const tiles = Math.ceil(points / tilePoints);
  const firstTileOf = (index: number): number => Math.floor(((index - 1) * tiles) / shard.count);
  const first = firstTileOf(shard.index) * tilePoints;
  return { first, points: Math.min(points, firstTileOf(shard.index + 1) * tilePoints) - first, tilePoints };
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

/** Shards may be run at the same time; each has a lock of its own. */
export const lockNameOf = (shard: Shard | undefined): string =>
  shard === undefined ? '.deltaloom-lock' : `.deltaloom-lock-${shard.index}-of-${shard.count}`;

/** What the slot file of a shard belongs to. */
export const slotKey = (campaignKey: string, shard: Shard | undefined): string =>
  shard === undefined ? campaignKey : `${campaignKey} ${shard.index}/${shard.count}`;
