// Named arrays in NumPy's NPZ format: a ZIP archive of NPY files. The arrays themselves are in npy.ts.

import { zipSync } from 'fflate';
import { fail } from '../diagnostics/diagnostic.js';
import { readNpy, writeNpy, type NpyArray } from './npy.js';
import { unzip } from './unzip.js';

export { readNpy } from './npy.js';
export type { NpyArray } from './npy.js';

/** The first local time the format can state: the same arrays give the same bytes on any day in any time zone. */
const fixedTime = new Date(1980, 0, 1);

/**
 * Packs arrays under their names, in the order of the record's keys; `numpy.load` reads the result.
 * @throws RangeError when a shape does not give the number of values; NetlistError DL604 over 4 GiB or 65535 arrays
 */
export function writeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const entries = Object.entries(arrays);
  const totalBytes = entries.reduce((total, [, { values }]) => total + values.byteLength, 0);
  if (entries.length > 0xffff || totalBytes > 0xf0000000) {
    fail('DL604', undefined, `NPZ file cannot be written: ${entries.length} arrays of ${totalBytes} bytes are too large for the format`, {
      why: 'an archive holds at most 65535 arrays and 4 GiB',
    });
  }
  const files = Object.fromEntries(entries.map(([name, array]) => [`${name}.npy`, writeNpy(array)]));
  return zipSync(files, { level: 1, mtime: fixedTime });
}

/**
 * Reads every array of an NPZ file.
 * @param name the file's name for messages
 * @throws NetlistError DL602 when the archive or one of its arrays is malformed
 */
export function readNpz(bytes: Uint8Array, name: string): Record<string, NpyArray> {
  return Object.fromEntries(
    unzip(bytes, name).map((entry) => {
      if (!entry.name.endsWith('.npy')) {
        fail('DL602', undefined, `${name}: holds '${entry.name}', which is no .npy file (byte ${entry.offset})`);
      }
      return [entry.name.slice(0, -'.npy'.length), readNpy(entry.bytes, `${name}/${entry.name}`)];
    }),
  );
}
