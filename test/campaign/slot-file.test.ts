import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSlotFile, type SlotFile, type SlotShape } from '../../src/campaign/slot-file.node.js';
import { diagnosticsOf, refusal } from '../io/raised.js';

const disk = vi.hoisted(() => ({ bytesLeft: Infinity, mostAtOnce: Infinity, flushes: 0, isBroken: false }));
vi.mock('node:fs', async (original) => {
  const fs = await original<{
    fsyncSync(file: number): void;
    writeSync(file: number, bytes: Uint8Array, from: number, length: number, position: number): number;
  }>();
  const writeSync = (file: number, bytes: Uint8Array, from: number, length: number, position: number): number => {
    if (disk.bytesLeft === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const count = Math.min(length, disk.bytesLeft, disk.mostAtOnce);
    disk.bytesLeft -= count;
    return fs.writeSync(file, bytes, from, count, position);
  };
  const fsyncSync = (file: number): void => {
    if (disk.isBroken) throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
    disk.flushes++;
    fs.fsyncSync(file);
  };
  return { ...fs, writeSync, fsyncSync };
});

const shape: SlotShape = { tilePoints: 4, points: 42, rowLength: 3, key: 'ab12' };
const headBytes = 256;
const slotBytes = 32 + 4 * 3 * 8;
const tileCount = 11;

const rowsOf = (tile: number): Float64Array =>
  Float64Array.from({ length: 3 * Math.min(4, 42 - 4 * tile) }, (_, i) => (i === 1 ? NaN : i === 2 ? -0 : Math.sin(tile * 100 + i)));

describe('slot file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deltaloom-'));
    path = join(folder, 'points.slots');
  });
  afterEach(() => {
    Object.assign(disk, { bytesLeft: Infinity, mostAtOnce: Infinity, isBroken: false });
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const using = <T>(use: (slots: SlotFile) => T, its = shape): T => {
    const slots = openSlotFile(path, its);
    try {
      return use(slots);
    } finally {
      slots.close();
    }
  };
  const writeTiles = (...tiles: number[]): void => using((slots) => tiles.forEach((tile) => slots.write(tile, rowsOf(tile))));
  const doneTiles = (): number[] =>
    using((slots) => {
      const done = Array.from({ length: slots.tiles }, (_, tile) => tile).filter((tile) => slots.isDone(tile));
      expect(slots.doneCount).toBe(done.length);
      for (const tile of done) expect(slots.read(tile)).toEqual(rowsOf(tile));
      return done;
    });

  it('keeps tiles in any order, bit for bit, from one opening to the next', () => {
    writeTiles(10, 3, 0);
    writeTiles(7);
    expect(doneTiles()).toEqual([0, 3, 7, 10]);
    using((slots) => {
      expect(slots.tiles).toBe(tileCount);
      expect(slots.read(10)).toHaveLength(6);
      expect(Object.is(slots.read(3)![2], -0)).toBe(true);
      expect(slots.read(4)).toBeUndefined();
    });
  });

  it('is flushed to the disk every few seconds of writing', () => {
    let nowMs = 1000;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    using((slots) => {
      const flushesOf = (tile: number, atMs: number): number => {
        const before = disk.flushes;
        nowMs = atMs;
        slots.write(tile, rowsOf(tile));
        return disk.flushes - before;
      };
      expect([flushesOf(0, 1000), flushesOf(1, 5999), flushesOf(2, 6000), flushesOf(3, 10_999), flushesOf(4, 90_000)]).toEqual([
        0, 0, 1, 0, 1,
      ]);
      nowMs += 5000;
      disk.isBroken = true;
      expect(refusal(() => slots.write(5, rowsOf(5)))).toMatch(/^DL604: cannot write /);
      disk.isBroken = false;
    });
  });

  it('finds what is missing', () => {
    const many = { ...shape, points: 4 * 40, rowLength: 1 };
    using((slots) => {
      for (let tile = 0; tile < 40; tile++) if (tile !== 19 && tile !== 33) slots.write(tile, new Float64Array(4));
      expect([0, 19, 20, 33, 34].map((from) => slots.firstMissing(from))).toEqual([19, 19, 33, 33, undefined]);
      expect(slots.firstMissing(40)).toBeUndefined();
      slots.write(19, new Float64Array(4));
      expect(slots.firstMissing(0)).toBe(33);
    }, many);
    using((slots) => expect([slots.doneCount, slots.firstMissing(0)]).toEqual([39, 33]), many);
  });

  it('takes a tile once and only whole', () => {
    using((slots) => {
      slots.write(1, rowsOf(1));
      expect(() => slots.write(1, rowsOf(1))).toThrow('internal: tile 1 is written twice');
      expect(() => slots.write(10, rowsOf(1))).toThrow('internal: tile 10 has 6 numbers, not 12');
      expect(() => slots.isDone(11)).toThrow('internal: there is no tile 11 of 11');
    });
  });

  it('reads a file cut anywhere as the slots that are whole', () => {
    writeTiles(0, 1, 2, 3, 4);
    const whole = join(folder, 'whole');
    copyFileSync(path, whole);
    for (let size = headBytes; size <= headBytes + 5 * slotBytes; size += 37) {
      copyFileSync(whole, path);
      truncateSync(path, size);
      expect(doneTiles()).toEqual([0, 1, 2, 3, 4].slice(0, Math.floor((size - headBytes) / slotBytes)));
    }
  });

  it('sees every flipped bit of a slot, and does that tile again', () => {
    writeTiles(0, 1, 2);
    const sound = readFileSync(path);
    for (let at = 0; at < slotBytes; at++) {
      const torn = Uint8Array.from(sound);
      torn[headBytes + slotBytes + at]! ^= 1 << (at & 7);
      writeFileSync(path, torn);
      expect(doneTiles()).toEqual([0, 2]);
    }
    writeTiles(1);
    expect(doneTiles()).toEqual([0, 1, 2]);
  });

  it('takes a slot for that of its tile and its campaign alone', () => {
    writeTiles(0, 1);
    const bytes = readFileSync(path);
    bytes.copyWithin(headBytes + slotBytes, headBytes, headBytes + slotBytes);
    writeFileSync(path, bytes);
    expect(doneTiles()).toEqual([0]);
    const other = join(folder, 'other');
    openSlotFile(other, { ...shape, key: 'cd34' }).close();
    writeFileSync(path, Buffer.concat([readFileSync(other), bytes.subarray(headBytes)]));
    using((slots) => expect(slots.doneCount).toBe(0), { ...shape, key: 'cd34' });
  });

  it('gives up a slot that is damaged while it is open', () => {
    using((slots) => {
      slots.write(0, rowsOf(0));
      const bytes = readFileSync(path);
      bytes[headBytes + 40]! ^= 1;
      writeFileSync(path, bytes);
      expect(slots.read(0)).toBeUndefined();
      expect([slots.doneCount, slots.firstMissing(0)]).toEqual([0, 0]);
    });
  });

  it.each([
    [{ key: 'ab13' }, 'their hashes differ'],
    [{ points: 43 }, '42 points, not 43'],
    [{ rowLength: 4 }, '3 numbers a point, not 4'],
    [{ tilePoints: 64 }, 'tiles of 4 points, not 64'],
  ])('refuses the results of another campaign: %o', (other, difference) => {
    writeTiles(2);
    expect(refusal(() => openSlotFile(path, { ...shape, ...other }))).toBe(
      `DL605: '${path}' holds results of another campaign: ${difference}`,
    );
    expect(doneTiles()).toEqual([2]);
  });

  it('tells a damaged head apart', () => {
    writeTiles(2);
    const sound = readFileSync(path);
    const damaged = `DL602: '${path}' is damaged: its head does not say what it holds`;
    for (const at of [0, 20, 40, 70, 100, 255]) {
      const bytes = Uint8Array.from(sound);
      bytes[at]! ^= 4;
      writeFileSync(path, bytes);
      expect(refusal(() => openSlotFile(path, shape))).toBe(damaged);
    }
    for (const content of ['', 'something else', sound.subarray(0, 255)]) {
      writeFileSync(path, content);
      expect(refusal(() => openSlotFile(path, shape))).toBe(damaged);
    }
  });

  it('loses nothing when the disk is full, and goes on when there is room', () => {
    disk.mostAtOnce = 50;
    writeTiles(0, 1);
    disk.bytesLeft = slotBytes - 1;
    using((slots) => {
      const [diagnostic] = diagnosticsOf(() => slots.write(2, rowsOf(2)));
      expect(diagnostic).toMatchObject({
        code: 'DL604',
        message: `cannot write '${path}': the disk is full`,
        why: '2 of 11 tiles of points are done and kept',
        help: 'make room and run the same command again: it goes on where it stopped',
      });
      expect([slots.isDone(2), slots.doneCount]).toEqual([false, 2]);
    });
    expect(doneTiles()).toEqual([0, 1]);
    disk.bytesLeft = Infinity;
    writeTiles(2);
    expect(doneTiles()).toEqual([0, 1, 2]);
  });

  it('says what stands in the way of its file', () => {
    path = join(folder, 'none', 'points.slots');
    expect(refusal(() => openSlotFile(path, shape))).toBe(`DL604: cannot write '${path}': there is no folder '${join(folder, 'none')}'`);
    path = folder;
    expect(refusal(() => openSlotFile(path, shape))).toBe(`DL604: cannot write '${path}': it is a folder`);
  });

  it.runIf(existsSync('/dev/full'))('does not take a device for its file', () => {
    symlinkSync('/dev/full', path);
    expect(refusal(() => openSlotFile(path, shape))).toBe(`DL602: '${path}' is damaged: its head does not say what it holds`);
  });
});
