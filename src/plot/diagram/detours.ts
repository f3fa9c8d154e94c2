// Finds a height for each wire that goes around: below or above everything between its ends, inner
// loops inside outer ones.

import type { Detour, Strands, Terminal } from './strands.js';

const clearancePx = 16;
const trackPx = 10;

/** A detour with its horizontal at `y` from the channel `from` to the channel `to`, from <= to. */
export interface RoutedDetour extends Detour {
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly sourceChannel: number;
  /** Targets by the channel left of their layer. */
  readonly targetsByChannel: ReadonlyMap<number, readonly Terminal[]>;
}

/**
 * Slots 0, 1, 2 ... are channel 0, layer 0, channel 1, layer 1 ...; each slot knows how far down and up it is taken. A channel
 * is taken as far as the layers on both its sides, so that no detour shares its height with a port there.
 */
export function routeDetours(strands: Strands, top: readonly number[]): RoutedDetour[] {
  const { vertices, layers } = strands;
  const slotCount = 2 * layers.length + 1;
  const down = new Array<number>(slotCount).fill(-Infinity);
  const up = new Array<number>(slotCount).fill(Infinity);
  layers.forEach((layer, index) => {
    for (const vertex of layer) {
      for (let slot = 2 * index; slot <= 2 * index + 2; slot++) {
        down[slot] = Math.max(down[slot]!, top[vertex]! + vertices[vertex]!.height + clearancePx - trackPx);
        up[slot] = Math.min(up[slot]!, top[vertex]! - clearancePx + trackPx);
      }
    }
  });

  const detours = strands.detours.map((detour) => {
    const sourceChannel = vertices[detour.source.vertex]!.layer + 1;
    const targetsByChannel = new Map<number, Terminal[]>();
    for (const target of detour.targets) {
      const channel = vertices[target.vertex]!.layer;
      targetsByChannel.set(channel, [...(targetsByChannel.get(channel) ?? []), target]);
    }
    const ends = [sourceChannel, ...targetsByChannel.keys()];
    return { ...detour, sourceChannel, targetsByChannel, from: Math.min(...ends), to: Math.max(...ends) };
  });
  detours.sort((a, b) => a.to - a.from - (b.to - b.from));
  return detours.map((detour) => {
    let below = -Infinity;
    let above = Infinity;
    for (let slot = 2 * detour.from; slot <= 2 * detour.to; slot++) {
      below = Math.max(below, down[slot]!);
      above = Math.min(above, up[slot]!);
    }
    below += trackPx;
    above -= trackPx;
    const ends = [detour.source, ...detour.targets].map(({ vertex, offset }) => top[vertex]! + offset);
    const cost = (y: number): number => ends.reduce((sum, end) => sum + Math.abs(y - end), 0);
    const y = cost(below) <= cost(above) ? below : above;
    for (let slot = 2 * detour.from; slot <= 2 * detour.to; slot++) {
      if (y === below) down[slot] = y;
      else up[slot] = y;
    }
    return { ...detour, y };
  });
}
