// The results of an unfinished campaign: a file of slots of one size, one slot a tile of points, each with a checksum
// of its own. A process may be killed at any time: what it wrote in part reads as not done. Not the campaign's final
// table, and no lock: one process writes at a time.

import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { fail } from '../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import { errnoWords } from '../io/errno-words.js';
import { headerBytes, makeHeader, readHeader, tilePointsIn, type SlotShape } from './slot-header.js';

export type { SlotShape } from './slot-header.js';

export interface SlotFile {
  readonly tiles: number;
  readonly doneCount: number;
  isDone(tile: number): boolean;
  /**
   * Keeps the rows of a tile that is not done yet, row after row; the last tile may have fewer rows. The first tile that comes five
   * seconds after the last flush makes all tiles durable: those since then may be lost when the machine, not the process, stops.
   * @throws NetlistError DL604 when the file takes no more; what was done before stays
   */
  write(tile: number, rows: Float64Array): void;
  /** The rows of a tile; undefined when it is not done. */
  read(tile: number): Float64Array | undefined;
  /** The first tile from `from` on that is not done. */
  firstMissing(from: number): number | undefined;
  /** Makes everything durable. Nothing else may be called afterwards. */
  close(): void;
}

const digestBytes = 32;
/** A flush of the disk takes milliseconds; a tile may take less. */
const syncIntervalMs = 5000;

/**
 * Opens the file, or creates it where there is none. Memory: one slot, and one bit a tile.
 * @throws NetlistError DL601 or DL604 when it cannot be read or written, DL602 when its head is damaged or it is no such
 *   file, DL605 when it holds results of another campaign
 */
export function openSlotFile(path: string, shape: SlotShape): SlotFile {
  const header = makeHeader(shape);
  if (!existsSync(path)) writeFileAtomic(path, header);
  const file = openFile(path);
  try {
    readHeader(path, readAt(path, file, 0, headerBytes), shape);
    return new Slots(path, file, shape, createHash('sha256').update(header).digest());
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Points in a slot of the file at `path`; undefined where there is none or its head is damaged. */
export function existingTilePoints(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const file = openFile(path);
  try {
    return tilePointsIn(readAt(path, file, 0, headerBytes));
  } finally {
    closeSync(file);
  }
}

/** The rows of all tiles in order. Throws NetlistError DL602 for one that was damaged since it was found done. */
export function* tilesIn(path: string, slots: SlotFile): Generator<Float64Array, void> {
  for (let tile = 0; tile < slots.tiles; tile++) {
    yield (
      slots.read(tile) ??
      fail('DL602', undefined, `'${path}' was damaged while it was read`, {
        help: 'run the same command again: it runs anew what is damaged',
      })
    );
  }
}

class Slots implements SlotFile {
  readonly tiles: number;
  doneCount = 0;
  private readonly path: string;
  private readonly file: number;
  private readonly shape: SlotShape;
  /** Goes into every checksum, so that a slot of another campaign never passes for one of this. */
  private readonly identity: Uint8Array;
  private readonly slotBytes: number;
  /** A bit a tile. */
  private readonly done: Uint8Array;
  private syncedMs = performance.now();

  constructor(path: string, file: number, shape: SlotShape, identity: Uint8Array) {
    this.path = path;
    this.file = file;
    this.shape = shape;
    this.identity = identity;
    this.tiles = Math.ceil(shape.points / shape.tilePoints);
    this.slotBytes = digestBytes + shape.tilePoints * shape.rowLength * 8;
    this.done = new Uint8Array(Math.ceil(this.tiles / 8));
    const slotsHeld = Math.min(this.tiles, Math.ceil((fstatSync(file).size - headerBytes) / this.slotBytes));
    for (let tile = 0; tile < slotsHeld; tile++) if (this.readSlot(tile) !== undefined) this.mark(tile, true);
  }

  isDone(tile: number): boolean {
    this.check(tile);
    return (this.done[tile >> 3]! & (1 << (tile & 7))) !== 0;
  }

  write(tile: number, rows: Float64Array): void {
    if (this.isDone(tile)) throw new Error(`internal: tile ${tile} is written twice`);
    if (rows.length !== this.lengthOf(tile)) {
      throw new Error(`internal: tile ${tile} has ${this.lengthOf(tile)} numbers, not ${rows.length}`);
    }
    const bytes = bytesOf(rows);
    const slot = new Uint8Array(digestBytes + bytes.length);
    slot.set(this.digest(tile, bytes));
    slot.set(bytes, digestBytes);
    this.guard(() => {
      for (let at = 0; at < slot.length;) at += writeSync(this.file, slot, at, slot.length - at, this.offsetOf(tile) + at);
    });
    this.mark(tile, true);
    if (performance.now() - this.syncedMs >= syncIntervalMs) this.sync();
  }

  read(tile: number): Float64Array | undefined {
    if (!this.isDone(tile)) return undefined;
    const rows = this.readSlot(tile);
    // Damaged since the file was opened.
    if (rows === undefined) this.mark(tile, false);
    return rows;
  }

  firstMissing(from: number): number | undefined {
    for (let tile = from; tile < this.tiles; tile++) {
      // Eight tiles at a time where all are done.
      if ((tile & 7) === 0 && this.done[tile >> 3] === 0xff) tile += 7;
      else if (!this.isDone(tile)) return tile;
    }
    return undefined;
  }

  close(): void {
    try {
      this.sync();
    } finally {
      closeSync(this.file);
    }
  }

  private sync(): void {
    this.guard(() => fsyncSync(this.file));
    this.syncedMs = performance.now();
  }

  private check(tile: number): void {
    if (!Number.isInteger(tile) || tile < 0 || tile >= this.tiles) throw new Error(`internal: there is no tile ${tile} of ${this.tiles}`);
  }

  private mark(tile: number, isDone: boolean): void {
    this.done[tile >> 3]! ^= 1 << (tile & 7);
    this.doneCount += isDone ? 1 : -1;
  }

  /** Numbers in a tile. */
  private lengthOf(tile: number): number {
    const { points, tilePoints, rowLength } = this.shape;
    return Math.min(tilePoints, points - tile * tilePoints) * rowLength;
  }

  private offsetOf(tile: number): number {
    return headerBytes + tile * this.slotBytes;
  }

  private digest(tile: number, bytes: Uint8Array): Uint8Array {
    return createHash('sha256').update(this.identity).update(`${tile} `).update(bytes).digest();
  }

  private readSlot(tile: number): Float64Array | undefined {
    const length = digestBytes + 8 * this.lengthOf(tile);
    const slot = readAt(this.path, this.file, this.offsetOf(tile), length);
    if (slot.length < length) return undefined;
    const bytes = slot.subarray(digestBytes);
    if (this.digest(tile, bytes).some((byte, i) => byte !== slot[i])) return undefined;
    return new Float64Array(bytes.slice().buffer);
  }

  /** Runs a system call that writes; its error becomes DL604. */
  private guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      fail('DL604', undefined, `cannot write '${this.path}': ${errnoWords(error)}`, {
        why: `${this.doneCount} of ${this.tiles} tiles of points are done and kept`,
        help: 'make room and run the same command again: it goes on where it stopped',
      });
    }
  }
}

/** The bytes as they lie in memory; the head tells files of the other byte order. */
const bytesOf = (values: Float64Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

function openFile(path: string): number {
  try {
    return openSync(path, 'r+');
  } catch (error) {
    fail('DL604', undefined, `cannot write '${path}': ${errnoWords(error)}`, {
      why: 'what is done so far is kept in this file, and nothing of it is lost',
    });
  }
}

/** Up to `length` bytes; fewer where the file ends before. */
function readAt(path: string, file: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  try {
    while (at < length) {
      const count = readSync(file, bytes, at, length - at, offset + at);
      if (count === 0) break;
      at += count;
    }
  } catch (error) {
    fail('DL601', undefined, `cannot read '${path}': ${errnoWords(error)}`);
  }
  return bytes.subarray(0, at);
}
