// Compares text with a file in a golden/ folder. On a mismatch the text is written beside it as `-changed`,
// and the test fails; UPDATE_GOLDEN=1 accepts it.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** The comparison for one folder, given as a URL that ends in `/`, and one file extension. */
export function goldenIn(folder: URL, extension: string): (name: string, text: string) => void {
  return (name, text) => {
    const file = new URL(`${name}.${extension}`, folder);
    const changed = new URL(`${name}-changed.${extension}`, folder);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    const golden = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (golden === text) rmSync(changed, { force: true });
    else writeFileSync(changed, text);
    expect(text).toBe(golden);
  };
}
