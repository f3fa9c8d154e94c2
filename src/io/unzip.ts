// The entries of a ZIP archive, each unpacked and checked against its checksum. No ZIP64, no encryption.
// Sizes are believed only as far as the packed bytes can bear them, so a false header allocates nothing.
// Source: APPNOTE.TXT 6.3 (PKWARE), sections 4.3.7, 4.3.12, 4.3.16.

import { inflateSync } from 'fflate';
import { failMalformed } from './malformed.js';

/** One unpacked file of an archive; `offset` is where its local header starts. */
export interface ZipEntry {
  readonly name: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const localSignature = 0x04034b50;
const directorySignature = 0x02014b50;
const endSignature = 0x06054b50;
const endBytes = 22;
/** DEFLATE packs at most 258 bytes into two bits. */
const largestRatio = 1032;

/**
 * Unpacks every entry, in the order of the archive's directory.
 * @param file the file's name for messages
 * @throws NetlistError DL602 that names the file and the byte where it is malformed
 */
export function unzip(bytes: Uint8Array, file: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEndRecord(view, file);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== directorySignature) {
      failMalformed(file, Math.min(at, bytes.length), `has no directory entry ${i + 1} of ${count}`);
    }
    const nameBytes = view.getUint16(at + 28, true);
    const next = at + 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) failMalformed(file, at + 28, `directory entry ${i + 1} runs past the directory`);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    entries.push({ name, offset: view.getUint32(at + 42, true), bytes: unpack(view, bytes, at, end, name, file) });
    at = next;
  }
  return entries;
}

/** The end record stands at the end, behind it only a comment of at most 65535 bytes. */
function findEndRecord(view: DataView, file: string): number {
  const first = Math.max(0, view.byteLength - endBytes - 0xffff);
  for (let at = view.byteLength - endBytes; at >= first; at--) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  failMalformed(file, view.byteLength, view.byteLength === 0 ? 'is empty' : 'has no ZIP end record', {
    why: 'an archive ends with a directory of its files; this is no archive, or it was cut short',
  });
}

/** Unpacks the entry whose directory record is at `at`. */
function unpack(view: DataView, bytes: Uint8Array, at: number, end: number, name: string, file: string): Uint8Array {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const crc = view.getUint32(at + 16, true);
  const packedBytes = view.getUint32(at + 20, true);
  const plainBytes = view.getUint32(at + 24, true);
  const local = view.getUint32(at + 42, true);
  if ((flags & 1) !== 0) failMalformed(file, at + 8, `'${name}' is encrypted`);
  if (local + 30 > end || view.getUint32(local, true) !== localSignature) {
    failMalformed(file, at + 42, `'${name}' is said to start at byte ${local}, where no file starts`);
  }
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packedBytes > end) {
    failMalformed(file, at + 20, `'${name}' is said to have ${packedBytes} packed bytes but ${Math.max(0, end - start)} are left`);
  }
  const packed = bytes.subarray(start, start + packedBytes);
  const mostBytes = method === 0 ? packedBytes : packedBytes * largestRatio;
  if (plainBytes > mostBytes || (method === 0 && plainBytes !== packedBytes)) {
    failMalformed(file, at + 24, `'${name}' is said to unpack from ${packedBytes} to ${plainBytes} bytes`);
  }
  if (method !== 0 && method !== 8) {
    failMalformed(file, at + 10, `'${name}' is packed by method ${method}`, { why: 'stored and deflated files are read' });
  }
  let plain: Uint8Array;
  try {
    plain = method === 0 ? packed : inflateSync(packed, { out: new Uint8Array(plainBytes) });
  } catch (error) {
    failMalformed(file, start, `'${name}' cannot be unpacked: ${(error as Error).message}`);
  }
  if (plain.length !== plainBytes || crc32(plain) !== crc) {
    failMalformed(file, start, `'${name}' does not match its checksum`, { why: 'its bytes were changed after the archive was made' });
  }
  return plain;
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of IEEE 802.3, as ZIP uses it. */
function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
