import { expect, it } from 'vitest';
import type { CampaignManifest } from '../../src/campaign/campaign-manifest.js';
import { packRow } from '../../src/campaign/point-row.js';
import { WorstSoFar } from '../../src/campaign/worst-so-far.js';

const manifest = { campaign: { measures: [{ name: 'sndr', unit: 'dB' }], checks: ['sndr > 80dB'] } } as unknown as CampaignManifest;
/** Points that miss the check by these, or hold it. */
const rowsOf = (...margins: number[]): Float64Array =>
  Float64Array.from(
    margins.flatMap((margin) => [
      ...packRow({ state: 'done', warnings: 0, measures: [80 + margin], checks: [{ pass: margin > 0, margin }] }),
    ]),
  );

it('knows the points that an earlier run did', () => {
  const worst = new WorstSoFar(manifest);
  expect(worst.text).toBe('');
  const tiles = [undefined, rowsOf(-1, -7), undefined, rowsOf(2)];
  worst.seeDone({ first: 100, tilePoints: 2 }, { tiles: tiles.length, read: (tile) => tiles[tile] });
  expect(worst.text).toBe('worst so far: point 103, sndr > 80dB by -7.00');
  worst.see(100, rowsOf(-3, 1));
  expect(worst.text).toBe('worst so far: point 103, sndr > 80dB by -7.00');
  worst.see(104, rowsOf(-9));
  expect(worst.text).toBe('worst so far: point 104, sndr > 80dB by -9.00');
});
