// Labels of tones in rows above a spectrum, a dotted leader from each down to its peak: they cover
// neither the data nor each other.

import { paint } from './palette.js';
import { element, escapeText, formatNumber, group, textElement } from './svg.js';
import { estimateTextWidth, truncateText } from './text-width.js';

export interface SpectrumMark {
  readonly freqHz: number;
  readonly label: string;
}

export interface SpectrumMarks {
  readonly heightPx: number;
  /** Markup with the first row below `top`; `xOf` and `peakY` map a frequency to pixels, marks outside `range` are left out. */
  readonly draw: (
    top: number,
    xOf: (freqHz: number) => number,
    peakY: (freqHz: number) => number,
    range: readonly [number, number],
  ) => string;
}

const rowPx = 15;
const sizePx = 10.5;

/** Rows for the marks: as many as there are marks at most, four at the most; further marks keep leader and tooltip only. */
export function drawMarks(marks: readonly SpectrumMark[], widthPx: number): SpectrumMarks {
  const sorted = [...marks].sort((a, b) => a.freqHz - b.freqHz);
  const rows = Math.min(4, sorted.length);
  const heightPx = rows === 0 ? 0 : rows * rowPx + 4;
  return {
    heightPx,
    draw: (top, xOf, peakY, [left, right]) => {
      const free = Array.from({ length: rows }, () => -Infinity);
      const parts = sorted.flatMap(({ freqHz, label }) => {
        const x = freqHz > 0 ? xOf(freqHz) : left;
        if (!(x >= left - 0.5 && x <= right + 0.5)) return [];
        const text = truncateText(label, sizePx, 220);
        const width = estimateTextWidth(text, sizePx);
        const start = Math.min(x + 3, widthPx - 4 - width);
        const row = free.findIndex((edge) => edge < Math.min(x, start));
        const y = top + (row < 0 ? rows : row) * rowPx;
        const peak = peakY(freqHz);
        const title = element('title', {}, escapeText(label));
        const leader = element(
          'path',
          { d: `M${formatNumber(x)} ${formatNumber(y)}V${formatNumber(peak)}`, 'stroke-dasharray': '1 2', ...paint({ stroke: 'dim' }) },
          title,
        );
        const dot = element('circle', { cx: x, cy: peak, r: 2.4, ...paint({ fill: 'c1' }) });
        if (row < 0) return [leader, dot];
        free[row] = start + width + 6;
        return [leader, dot, textElement(start, y + 10, text, paint({ fill: 'ink' }))];
      });
      return group({ 'font-size': sizePx }, parts);
    },
  };
}
