// All block types. Schemas, reference pages, the support table and completion are generated from this list.

import { arithmetic } from './arithmetic.js';
import type { Block } from './define.js';
import { continuous } from './continuous.js';
import { converters } from './converters.js';
import { data } from './data.js';
import { discrete } from './discrete.js';
import { logic } from './logic.js';
import { losses } from './losses.js';
import { noises } from './noise.js';
import { rcnet } from './rcnet.js';
import { sources } from './sources.js';
import { switchedCapacitor } from './switched-capacitor.js';

/** A family of blocks: one file, one heading of the reference. */
export interface BlockFamily {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export const families: readonly BlockFamily[] = [
  sources,
  data,
  noises,
  arithmetic,
  logic,
  discrete,
  converters,
  switchedCapacitor,
  rcnet,
  continuous,
  losses,
];

const byType: ReadonlyMap<string, Block> = new Map(families.flatMap((family) => family.blocks.map((block) => [block.type, block])));

export const findBlock = (type: string): Block | undefined => byType.get(type);
export const blockTypes: readonly string[] = [...byType.keys()];
