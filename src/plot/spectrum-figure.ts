// A spectrum: power in dBFS against frequency, the signal band shaded, tones marked above the data.
// It draws powers that were computed elsewhere and says with its caption how.

import { bottomAxis, horizontalGrid, leftAxis, makeAxis, verticalGrid, widestLabel } from './axes.js';
import { columnMaxima } from './decimate.js';
import { figureSvg } from './figure.js';
import { drawMarks, type SpectrumMark } from './spectrum-marks.js';
import { paint } from './palette.js';
import { linearScale, logScale, type Scale } from './scale.js';
import { element, formatNumber, textElement } from './svg.js';

export interface Spectrum {
  readonly title: string;
  /** Distance of bins; bin k is at k * freqHzStep. */
  readonly freqHzStep: number;
  /** Power of bins 0 .. n-1 in dB relative to full scale; -Infinity for an empty bin. */
  readonly powersDb: Float64Array;
  /** Edges of the signal band. */
  readonly bandHz?: readonly [low: number, high: number] | undefined;
  /** Window, noise bandwidth, number of bins, full scale. */
  readonly caption?: string | undefined;
  readonly marks?: readonly SpectrumMark[] | undefined;
  /** Logarithmic frequency from bin 1, or linear from 0. */
  readonly logX: boolean;
}

const widthPx = 880;
const heightPx = 300;
const rightPx = 22;
const headerPx = 20;
/** Lower powers than this below the top of the axis are rounding error: f64 ends near -310 dB. */
const deepestDb = 320;

/** SVG text of the spectrum. Where bins are denser than pixels each pixel column shows its greatest bin. Throws RangeError under two bins. */
export function spectrumFigure(spectrum: Spectrum): string {
  const { title, freqHzStep, powersDb, bandHz, logX } = spectrum;
  const first = logX ? 1 : 0;
  if (powersDb.length < first + 2 || !(freqHzStep > 0))
    throw new RangeError('a spectrum needs two bins or more, a positive distance apart');
  const frequencies: [number, number] = [first * freqHzStep, (powersDb.length - 1) * freqHzStep];
  const xScale = (left: number): Scale => (logX ? logScale : linearScale)(frequencies, [left, widthPx - rightPx]);

  // The value axis is as wide as its labels, and its domain comes from the columns drawn: two passes.
  const columnIn = (scale: Scale) => (index: number) => scale.toPixel(index * freqHzStep);
  const domainDb = powerDomain(powersDb, columnMaxima(powersDb, first, columnIn(xScale(56))));
  const marks = drawMarks(spectrum.marks ?? [], widthPx);
  const top = headerPx + marks.heightPx;
  const yAxis = makeAxis(linearScale(domainDb, [top + heightPx, top]), 'dB', 38);
  const left = widestLabel(yAxis) + 20;
  const xAxis = makeAxis(xScale(left), 'Hz', 95);
  const yOf = (db: number): number => yAxis.scale.toPixel(Math.min(Math.max(db, domainDb[0]), domainDb[1]));

  const vertices = columnMaxima(powersDb, first, columnIn(xAxis.scale)).map(
    (index) => `${formatNumber(xAxis.scale.toPixel(index * freqHzStep))} ${formatNumber(yOf(powersDb[index]!))}`,
  );
  const peakDb = (freqHz: number): number => {
    const near = Math.round(freqHz / freqHzStep);
    const powers = [near - 1, near, near + 1].map((index) => powersDb[index] ?? NaN);
    return powers.reduce((peak, power) => (power > peak ? power : peak), -Infinity);
  };
  const body = [
    bandHz === undefined ? '' : drawBand(xAxis.scale, bandHz, top),
    verticalGrid(xAxis, top, top + heightPx),
    horizontalGrid(yAxis, left, widthPx - rightPx),
    leftAxis(yAxis, left),
    textElement(left, 10, 'power (dBFS)', { 'font-weight': 600, ...paint({ fill: 'ink' }) }),
    vertices.length === 0
      ? ''
      : element('path', { d: `M${vertices.join('L')}`, 'stroke-width': 1.1, 'stroke-linejoin': 'round', ...paint({ stroke: 'c0' }) }),
    marks.draw(
      headerPx,
      (freqHz) => xAxis.scale.toPixel(freqHz),
      (freqHz) => yOf(peakDb(freqHz)),
      xAxis.scale.range,
    ),
    bottomAxis(xAxis, top + heightPx),
  ];
  const tones = (spectrum.marks ?? []).map((mark) => mark.label).join(', ');
  const description = `Power spectrum from ${formatNumber(frequencies[0])} Hz to ${formatNumber(frequencies[1])} Hz in dBFS${tones === '' ? '' : `: ${tones}`}`;
  return figureSvg({ title, description, caption: spectrum.caption, width: widthPx, height: top + heightPx + 28, body });
}

/** Multiples of 20 dB around the greatest and the smallest power drawn; 0 dBFS is always in sight. */
function powerDomain(powersDb: Float64Array, indices: readonly number[]): [number, number] {
  let low = Infinity;
  let high = 0;
  for (const index of indices) {
    const power = powersDb[index]!;
    if (power > high && power < Infinity) high = power;
    if (power < low && power > -Infinity) low = power;
  }
  const top = high <= 0 ? 0 : 20 * Math.ceil(high / 20);
  const bottom = Math.min(top - 40, 20 * Math.floor(Math.min(low, top) / 20));
  return [Math.max(bottom, top - deepestDb), top];
}

function drawBand(scale: Scale, bandHz: readonly [number, number], top: number): string {
  const [left, right] = scale.range;
  const pixel = (freqHz: number): number => Math.min(right, Math.max(left, freqHz <= scale.domain[0] ? left : scale.toPixel(freqHz)));
  const [from, to] = [pixel(bandHz[0]), pixel(bandHz[1])];
  if (!(from < to)) return '';
  return [
    element(
      'rect',
      { x: from, y: top, width: to - from, height: heightPx, 'fill-opacity': 0.1, ...paint({ fill: 'c0' }) },
      '<title>signal band</title>',
    ),
    element('path', { d: `M${formatNumber(to)} ${formatNumber(top)}v${heightPx}`, 'stroke-dasharray': '3 3', ...paint({ stroke: 'c0' }) }),
  ].join('\n');
}
