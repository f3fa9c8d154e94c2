// The head of a slot file: what the slots are, and of which campaign. 256 bytes: 'deltaloom slots ', four numbers,
// the key's length, the key, zeros, and a checksum (FNV-1a, 32 bits) of all before it.

import { fail } from '../diagnostics/diagnostic.js';

export interface SlotShape {
  /** Points in a slot, at least 1. */
  readonly tilePoints: number;
  readonly points: number;
  /** Numbers a point has. */
  readonly rowLength: number;
  /** Hash of everything that decides the numbers; at most 128 characters of ASCII. */
  readonly key: string;
}

export const headerBytes = 256;
const magic = 'deltaloom slots ';
const longestKey = 128;
const keyAt = 64;
const checksumAt = headerBytes - 4;
/** Reads as another number where bytes stand in the other order. */
const orderMark = 1.5;

export function makeHeader({ tilePoints, points, rowLength, key }: SlotShape): Uint8Array {
  const whole = [tilePoints, points, rowLength].every((count) => Number.isSafeInteger(count) && count >= 0);
  if (!whole || tilePoints < 1) throw new Error(`internal: no slots of ${tilePoints} of ${points} points with ${rowLength} numbers`);
  if (key.length > longestKey || /[^\x20-\x7e]/.test(key)) throw new Error(`internal: '${key}' is no key`);
  const bytes = new Uint8Array(headerBytes);
  const text = new TextEncoder();
  text.encodeInto(magic, bytes);
  new Float64Array(bytes.buffer, magic.length, 5).set([orderMark, tilePoints, points, rowLength, key.length]);
  text.encodeInto(key, bytes.subarray(keyAt));
  new DataView(bytes.buffer).setUint32(checksumAt, checksum(bytes.subarray(0, checksumAt)));
  return bytes;
}

/**
 * Checks that a file which begins with `bytes` holds slots of this shape and key.
 * @throws NetlistError DL602 for bytes that are no head, DL605 for the head of another campaign
 */
export function readHeader(path: string, bytes: Uint8Array, shape: SlotShape): void {
  const expected = makeHeader(shape);
  if (bytes.length === headerBytes && bytes.every((byte, i) => byte === expected[i])) return;
  const isHeader =
    bytes.length === headerBytes &&
    new TextDecoder().decode(bytes.subarray(0, magic.length)) === magic &&
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(checksumAt) === checksum(bytes.subarray(0, checksumAt));
  if (!isHeader) {
    fail('DL602', undefined, `'${path}' is damaged: its head does not say what it holds`, {
      why: 'the file keeps the finished part of a campaign; without its head that part belongs to nothing',
      help: `delete it to start the campaign anew: rm '${path}'`,
    });
  }
  fail('DL605', undefined, `'${path}' holds results of another campaign: ${difference(bytes, shape)}`, {
    why: 'results are added only to those of the same netlist, parameters, seed and plan',
    help: `take another folder, or delete the file to start anew: rm '${path}'`,
  });
}

/** Points in a slot of the file that begins with `bytes`; undefined where that is no head of this machine. */
export function tilePointsIn(bytes: Uint8Array): number | undefined {
  if (bytes.length < headerBytes || new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic) return undefined;
  const [order, tilePoints] = new Float64Array(bytes.slice(magic.length, magic.length + 16).buffer);
  return order === orderMark && Number.isSafeInteger(tilePoints) && tilePoints! >= 1 ? tilePoints : undefined;
}

function difference(bytes: Uint8Array, { tilePoints, points, rowLength }: SlotShape): string {
  const [order, theirTile, theirPoints, theirRow] = new Float64Array(bytes.slice(magic.length, magic.length + 32).buffer);
  if (order !== orderMark) return 'it was written by a machine of the other byte order';
  if (theirPoints !== points) return `${theirPoints} points, not ${points}`;
  if (theirRow !== rowLength) return `${theirRow} numbers a point, not ${rowLength}`;
  if (theirTile !== tilePoints) return `tiles of ${theirTile} points, not ${tilePoints}`;
  return 'their hashes differ';
}

/** FNV-1a, G. Fowler, L. C. Noll, K.-P. Vo. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
