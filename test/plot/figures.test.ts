import { describe, expect, test } from 'vitest';
import { binsFigure } from '../../src/plot/histogram-figure.js';
import { spectrumFigure } from '../../src/plot/spectrum-figure.js';
import { waveformFigure } from '../../src/plot/waveform-figure.js';
import { expectGolden } from './golden.js';
import { checkWellFormed } from './well-formed.js';

const hostile = `<script>alert("x")</script>' onload='y' & ]]> \u0000\ud800 \u202e`;
const sine = (n: number, period: number): Float64Array => new Float64Array(n).map((_, i) => Math.sin((2 * Math.PI * i) / period));

function expectHarmless(svg: string): void {
  const texts = checkWellFormed(svg);
  expect(texts.some((text) => text.includes('&lt;script&gt;'))).toBe(true);
}

describe('waveforms', () => {
  const t = { t0: 0, dt: 1e-5 };
  const small = waveformFigure({
    title: 'Tracking',
    xUnit: 's',
    caption: 'Slope overload is what the second panel would show.',
    panels: [
      { label: 'input', unit: 'V', traces: [{ name: 'u', t, y: sine(12, 12), style: 'line' }, { name: 'v', t, y: sine(12, 12).map((v) => Math.round(4 * v) / 4), style: 'step' }] },
      { label: '', unit: '', traces: [{ name: 'up', t, y: sine(12, 4).map((v) => Number(v > 0.5)), style: 'bits' }] },
    ],
  }); // prettier-ignore

  test('golden', () => {
    checkWellFormed(small);
    expectGolden('waveforms', small);
  });

  test('a million samples make a small figure', () => {
    const y = sine(1e6, 333);
    const svg = waveformFigure({
      title: 'Long',
      xUnit: 's',
      panels: [{ label: 'y', unit: 'V', traces: [{ name: 'y', t, y, style: 'step' }] }],
    });
    checkWellFormed(svg);
    expect(svg.length).toBeLessThan(120_000);
  });

  test('show any data: none, constant, huge, not finite', () => {
    for (const y of [[], [0], [5, 5, 5], [1e300, -1e300], [NaN, Infinity], [1e-300, 0], [1, NaN, 2]]) {
      const traces = (['line', 'step', 'bits'] as const).map((style) => ({ name: style, t, y: Float64Array.from(y), style }));
      const svg = waveformFigure({ title: '', xUnit: 'ticks', panels: [{ label: 'p', unit: 'V', traces }] });
      checkWellFormed(svg);
      expect(svg.includes('no finite samples')).toBe(!y.some((value) => Number.isFinite(value)));
    }
    checkWellFormed(waveformFigure({ title: 'no panels', xUnit: 's', panels: [] }));
  });

  test('hostile names are text', () => {
    const traces = (['line', 'bits'] as const).map((style) => ({ name: hostile, t, y: sine(4, 4), style }));
    expectHarmless(
      waveformFigure({ title: hostile, xUnit: hostile, caption: hostile, panels: [{ label: hostile, unit: hostile, traces }] }),
    );
  });

  test('refuse times that do not fit', () => {
    const panel = { label: '', unit: '', traces: [{ name: 'y', t: Float64Array.of(1, 2), y: Float64Array.of(1), style: 'line' as const }] };
    expect(() => waveformFigure({ title: '', xUnit: 's', panels: [panel] })).toThrow("trace 'y' has 2 times and 1 samples");
    expect(() => waveformFigure({ title: '', xUnit: 's', panels: [], from: 2, to: 1 })).toThrow('visible times from 2 to 1 are empty');
  });

  test('only the visible part sets the value axis', () => {
    const y = Float64Array.of(0, 1, 0, 1, 5000, 5000);
    const svg = waveformFigure({
      title: '',
      xUnit: 's',
      panels: [{ label: 'y', unit: 'V', traces: [{ name: 'y', t: { t0: 0, dt: 1 }, y, style: 'step' }] }],
      to: 2.5,
    });
    expect(svg).not.toContain('kV');
  });
});

describe('spectra', () => {
  const powersDb = new Float64Array(65).map((_, k) => (k === 5 ? -6 : -110 + 40 * Math.log10(k + 1)));
  const spectrum = {
    title: 'Shaped',
    freqHzStep: 1000,
    powersDb,
    bandHz: [0, 8000] as const,
    marks: [{ freqHz: 5000, label: 'tone \u22126 dBFS' }],
  };

  test('golden, linear and logarithmic', () => {
    for (const logX of [false, true]) {
      const svg = spectrumFigure({ ...spectrum, logX, caption: 'Hann window, NBW 1.5 bins, 65 bins, 0 dBFS = 1 V sine.' });
      checkWellFormed(svg);
      expectGolden(logX ? 'spectrum-log' : 'spectrum-linear', svg);
    }
  });

  test('dense bins keep the greatest of each column', () => {
    const dense = new Float64Array(500_001).fill(-150);
    dense[123_456] = -3;
    const svg = spectrumFigure({ title: 'Dense', freqHzStep: 1, powersDb: dense, logX: false });
    checkWellFormed(svg);
    expect(svg.length).toBeLessThan(40_000);
    // 0 dBFS is 20 px below the top and -160 dB 300 px below that: -3 dB stands at 20 + 300 * 3 / 160.
    expect(svg).toContain(' 25.63');
  });

  test('show empty bins, many marks, hostile labels', () => {
    const svg = spectrumFigure({
      title: hostile,
      freqHzStep: 1,
      powersDb: Float64Array.of(-Infinity, -Infinity, NaN, 10, -Infinity),
      marks: Array.from({ length: 9 }, (_, i) => ({ freqHz: i / 2, label: `${hostile} ${i}` })),
      bandHz: [1, 99],
      caption: hostile,
      logX: true,
    });
    expectHarmless(svg);
    checkWellFormed(spectrumFigure({ title: 'silent', freqHzStep: 1, powersDb: new Float64Array(8).fill(-Infinity), logX: false }));
  });

  test('refuse a single bin', () => {
    expect(() => spectrumFigure({ title: '', freqHzStep: 1, powersDb: Float64Array.of(0), logX: false })).toThrow('two bins or more');
  });
});

describe('histograms', () => {
  test('golden', () => {
    const svg = binsFigure({
      title: 'Offset',
      xLabel: 'offset',
      unit: 'V',
      caption: 'n = 60, mean −32.11 µV, standard deviation 691.4 µV',
      bins: { start: -1e-3, width: 5e-4, counts: [20, 12, 10, 18] },
    });
    checkWellFormed(svg);
    expectGolden('histogram', svg);
  });

  test('have a bar for every bin that is not empty', () => {
    const svg = binsFigure({ title: 'Codes', xLabel: 'code', unit: '', bins: { start: 2.5, width: 1, counts: [3, 1, 0, 1] } });
    const bars = /d="(M[^"]*z)"/
      .exec(svg)![1]!
      .split('z')
      .filter((bar) => bar !== '');
    expect(bars.length).toBe(3);
  });

  test('draw counted values that are all one at their value, and say so', () => {
    const svg = binsFigure({ title: 't', xLabel: 'x', unit: 'V', caption: 'n = 7', bins: { start: -2, width: 0, counts: [7] } });
    checkWellFormed(svg);
    expect(svg).toContain('n = 7; all values are \u22122 V');
    const [, from, to] = /d="M([\d.]+) [\d.]+V[\d.]+H([\d.]+)V/.exec(svg)!.map(Number);
    const [, tick] = /<text x="([\d.]+)"[^>]*>\u22122\.00 V</.exec(svg)!.map(Number);
    expect(to! - from!).toBeCloseTo(4, 1);
    expect((from! + to!) / 2).toBeCloseTo(tick!, 1);
  });

  test('show none, one, equal and hostile', () => {
    for (const bins of [
      { start: 0, width: 0, counts: [] },
      { start: 2.5, width: 0, counts: [3] },
      { start: 1e16, width: 0, counts: [2] },
      { start: 0.1, width: 2e8, counts: [1, 0, 0, 0, 1] },
    ])
      checkWellFormed(binsFigure({ title: 't', xLabel: 'x', unit: 'V', bins }));
    const bins = { start: 1, width: 0.5, counts: [1, 0, 0, 1] };
    expectHarmless(binsFigure({ title: hostile, xLabel: hostile, unit: hostile, caption: hostile, bins }));
  });
});
