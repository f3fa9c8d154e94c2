import { describe, expect, it } from 'vitest';
import { realFft } from '../../src/numeric/fft.js';
import { leakedShare, makeWindow, windowNames } from '../../src/numeric/windows.js';
import type { WindowName } from '../../src/numeric/windows.js';

describe('windows', () => {
  // Harris 1978, Table I; flat top: Heinzel, Ruediger, Schilling 2002.
  it.each<[WindowName, number, number]>([
    ['rectangular', 1, 0],
    ['hann', 1.5, 1],
    ['blackman_harris', 2.0044, 3],
    ['flat_top', 3.8112, 4],
  ])('%s has a noise bandwidth of %d bins', (name, nbwBins, half) => {
    for (const n of [1000, 4096]) {
      const window = makeWindow(name, n);
      expect(window.nbwBins).toBeCloseTo(nbwBins, 3);
      expect(window.halfLobeBins).toBe(half);
      expect(window.sum).toBeCloseTo(
        window.values.reduce((a, b) => a + b, 0),
        8,
      );
    }
  });

  it('confines a coherent tone to its lobe', () => {
    for (const name of windowNames) {
      const { values, halfLobeBins } = makeWindow(name, 512);
      const { re, im } = realFft(values.map((w, j) => w * Math.sin((2 * Math.PI * 100 * j) / 512)));
      const power = re.map((x, k) => x * x + im[k]! ** 2);
      const total = power.reduce((a, b) => a + b, 0);
      const lobe = power.subarray(100 - halfLobeBins, 101 + halfLobeBins).reduce((a, b) => a + b, 0);
      expect(1 - lobe / total).toBeLessThan(1e-14);
      expect(power[100 - halfLobeBins]! / total).toBeGreaterThan(1e-7);
    }
  });

  it('predicts what leaks out of the lobe of a tone between bins', () => {
    for (const name of windowNames) {
      expect(leakedShare(name, 0)).toBe(0);
      for (const offset of [0.02, 0.2, 0.5]) {
        const n = 4096;
        const { values, halfLobeBins } = makeWindow(name, n);
        const { re, im } = realFft(values.map((w, j) => w * Math.sin((2 * Math.PI * (1000 + offset) * j) / n)));
        const power = re.map((x, k) => x * x + im[k]! ** 2);
        const total = power.reduce((a, b) => a + b, 0);
        const lobe = power.subarray(1000 - halfLobeBins, 1001 + halfLobeBins).reduce((a, b) => a + b, 0);
        const measured = 1 - lobe / total;
        expect(Math.abs(leakedShare(name, offset) - measured)).toBeLessThan(0.02 * measured + 1e-9);
      }
    }
  });
});
