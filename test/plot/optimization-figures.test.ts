import { describe, expect, test } from 'vitest';
import { fencedRange, innerFence, outerFence } from '../../src/plot/fences.js';
import { historyFigure, type HistoryCurve } from '../../src/plot/history-figure.js';
import { scatterFigure, type Scatter, type ScatterDot } from '../../src/plot/scatter-figure.js';
import { expectGolden } from './golden.js';
import { checkWellFormed } from './well-formed.js';

const hostile = `<script>alert("x")</script>' onload='y' & ]]> \u0000`;

/** Evenly spread in (0, 1), the same on every engine. */
const spread = (i: number, step = 0.6180339887498949): number => (i * step) % 1;

const scatter = (dots: readonly ScatterDot[], more: Partial<Scatter> = {}): Scatter => ({
  title: 'enob against total',
  xLabel: 'total',
  xUnit: 'F',
  yLabel: 'enob',
  yUnit: '',
  legend: 'cells, osr',
  series: [60, 80].flatMap((osr, shape) => [2, 3].map((cells, color) => ({ name: `cells = ${cells}, osr = ${osr}`, color, shape }))),
  dots,
  rimmed: 'finished',
  ...more,
});
const cloud = (count: number): ScatterDot[] =>
  Array.from({ length: count }, (_, i) => ({ x: (5 + 10 * spread(i)) * 1e-12, y: 8 + 4 * spread(i, 0.7548776662466927), series: i % 4 }));

describe('a scatter', () => {
  test('golden', () => {
    const dots = [...cloud(30), { x: 9e-12, y: 12.5, series: 1, isRimmed: true }, { x: 8e-12, y: 12.3, series: 2, isRimmed: true }];
    const svg = scatterFigure(scatter(dots, { best: 30, caption: '31 restarts, 1 failed; 2 finished' }));
    checkWellFormed(svg);
    expectGolden('scatter', svg);
  });

  test('golden of counts, which stand side by side', () => {
    const dots = cloud(120).map((dot, i) => ({ ...dot, x: 3 + (i % 7) }));
    const svg = scatterFigure(scatter(dots, { xLabel: 'paths', xUnit: '', best: 3 }));
    checkWellFormed(svg);
    expect(svg).toContain('dots of one whole number stand side by side');
    expectGolden('scatter-counts', svg);
  });

  test('leaves far outliers out and says how many', () => {
    const far = Array.from({ length: 50 }, (_, i) => ({ x: 6e-12, y: -1000 * (i + 1), series: 0 }));
    const svg = scatterFigure(scatter([...cloud(1950), ...far]));
    expect(svg).toContain('50 far from the rest lie outside the figure');
    expect(svg).toMatch(/aria-label="[^"]*1950 dots"/);
    expect(svg).not.toContain('\u22121000');
  });

  test('shows the best wherever it is, and few dots all', () => {
    const far = { x: 200e-12, y: 30, series: 0 };
    expect(scatterFigure(scatter([...cloud(500), far], { best: 500 }))).not.toContain('outside');
    expect(scatterFigure(scatter([...cloud(500), far]))).toContain('1 far from the rest lie outside');
    expect(scatterFigure(scatter([...cloud(20), { ...far, x: 20e-12, y: 15 }]))).not.toContain('outside');
  });

  test('of 2000 dots is a small figure', () => {
    const svg = scatterFigure(scatter(cloud(2000)));
    checkWellFormed(svg);
    expect(svg.length).toBeLessThan(200_000);
  });

  test('shows any data: none, one, equal, huge, not finite', () => {
    for (const values of [[], [0], [5, 5, 5], [1e300, -1e300], [NaN, Infinity], [1e-300, 1], [1, NaN, 2]]) {
      const svg = scatterFigure(scatter(values.map((x) => ({ x, y: x, series: 0 })), { best: values.length > 0 ? 0 : undefined })); // prettier-ignore
      checkWellFormed(svg);
      expect(svg.includes('no finite values')).toBe(!values.some((value) => Number.isFinite(value)));
    }
  });

  test('takes hostile names as text, and cuts a long legend', () => {
    const series = Array.from({ length: 40 }, (_, i) => ({ name: `${hostile} ${i}`, color: i, shape: i }));
    const svg = scatterFigure(scatter(cloud(40), { title: hostile, xLabel: hostile, yLabel: hostile, yUnit: hostile, legend: hostile, rimmed: hostile, caption: hostile, series })); // prettier-ignore
    expect(checkWellFormed(svg).some((text) => text.includes('&lt;script&gt;'))).toBe(true);
    expect(svg).toContain('and 16 more');
  });
});

describe('histories', () => {
  const curve = (kind: HistoryCurve['kind'], name: string, loss: (step: number) => number, count = 40): HistoryCurve => {
    const steps = Float64Array.from({ length: count }, (_, i) => 5 * i);
    return { kind, name, steps, losses: steps.map(loss) };
  };
  const stages = [
    { step: 0, name: 'adam' },
    { step: 100, name: 'integer_search' },
  ];

  test('golden, linear and by decades', () => {
    const linear = historyFigure({
      title: 'Losses while training',
      unit: '',
      curves: [
        ...[1, 2, 3].map((floor) => curve('other', '3 others', (step) => floor - 6 / (1 + step / 20))),
        curve('median', 'median: restart 4', (step) => 1 - step / 60),
        curve('best', 'best: restart 2, finished', (step) => -step / 40),
      ],
      stages,
      caption: '5 restarts',
    });
    checkWellFormed(linear);
    expectGolden('history-linear', linear);
    const log = historyFigure({ title: '', unit: '', curves: [curve('best', 'best: restart 2', (step) => 10 ** (-step / 50))], stages });
    checkWellFormed(log);
    expectGolden('history-log', log);
  });

  test('high losses at the start do not squeeze the rest', () => {
    const svg = historyFigure({ title: '', unit: '', curves: [curve('best', 'best', (step) => (step === 0 ? 1e9 : -step / 100))], stages });
    expect(svg).toContain('losses above the axis are drawn at its upper edge');
    expect(svg).not.toContain('10\u2076');
  });

  test('show any data', () => {
    for (const loss of [() => NaN, () => 0, () => 1e300, (step: number) => (step === 50 ? Infinity : step), () => -1e-300]) {
      const svg = historyFigure({ title: hostile, unit: '', curves: [curve('best', hostile, loss)], stages: [{ step: 0, name: hostile }] });
      checkWellFormed(svg);
    }
    expect(historyFigure({ title: '', unit: '', curves: [], stages: [] })).toContain('no finite losses');
    checkWellFormed(historyFigure({ title: '', unit: '', curves: [curve('best', 'one step', () => 1, 1)], stages }));
  });
});

test('fences leave out what is far from the quartiles, unless these are one', () => {
  const rest = Array.from({ length: 40 }, (_, i) => i);
  expect(fencedRange([...rest, 60, -70, NaN, Infinity], outerFence)).toEqual([0, 60]);
  expect(fencedRange([...rest, 80], innerFence)).toEqual([0, 39]);
  expect(fencedRange([...Array<number>(19).fill(1), 5], innerFence)).toEqual([1, 5]);
  expect(fencedRange([7], innerFence)).toEqual([7, 7]);
  expect(fencedRange([NaN], innerFence)).toEqual([Infinity, -Infinity]);
});
