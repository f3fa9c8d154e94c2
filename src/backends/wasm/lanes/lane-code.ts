// What emission gives: the bytes of a module that exports `memory` and `run(end, area)`, and where its memory holds what.

import { mostPages } from '../assembler.js';
import { pageBytes } from '../memory-map.js';
import type { LaneMemory } from './lane-memory.js';
import type { LaneModule } from './lane-module.js';
import type { LaneWindows } from './lane-windows.js';
import type { SplitProgram } from './split-program.js';

/** Bytes of the areas of all groups of a tile, about. */
const mostTileBytes = 128 * 1024;
const mostTileLanes = 256;

export interface LaneCode {
  readonly bytes: Uint8Array;
  readonly split: SplitProgram;
  readonly memory: LaneMemory;
  readonly windows: LaneWindows;
  /** Byte address of the area of each group of a tile. */
  readonly areas: readonly number[];
}

export function finishLaneCode({ builder, split, memory, windows }: LaneModule): LaneCode {
  const fitting = Math.floor(mostTileBytes / Math.max(1, memory.slotCount * memory.shape.slotBytes));
  const groups = Math.max(1, Math.min(fitting, mostTileLanes / memory.shape.lanes));
  const areas = Array.from({ length: groups }, () => memory.reserveSlots(memory.slotCount));
  builder.exportMemory('memory');
  const bytes = builder.toBytes(Math.max(1, Math.ceil(memory.common.size / pageBytes)), mostPages);
  return { bytes, split, memory, windows, areas };
}
