// The sheet every figure is drawn on: size, paper, title, caption, fonts and the text alternative.
// One SVG element without ids, scripts, links or fonts of its own: many can stand in one page.

import { darkStyle, paint } from './palette.js';
import { element, escapeText, formatNumber, group, textElement } from './svg.js';
import { wrapText } from './text-width.js';

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const monoFamily = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

export interface FigureSheet {
  readonly title: string;
  /** What a reader who cannot see the figure is told beside the title. */
  readonly description: string;
  readonly caption?: string | undefined;
  /** Of the drawing, in px, without title and caption. */
  readonly width: number;
  readonly height: number;
  /** Markup in a frame whose origin is the drawing's upper left corner. */
  readonly body: readonly string[];
}

const titleHeightPx = 30;
const captionLineHeightPx = 15;
const captionSizePx = 11;
const marginPx = 12;

/** The whole SVG document of a figure. */
export function figureSvg(sheet: FigureSheet): string {
  const { title, width } = sheet;
  const top = title === '' ? marginPx : titleHeightPx;
  const captionLines = sheet.caption ? wrapText(sheet.caption, captionSizePx, width - 2 * marginPx, 6) : [];
  const captionTop = top + sheet.height;
  const height = captionTop + (captionLines.length > 0 ? captionLines.length * captionLineHeightPx + marginPx : 0);
  const markup = [
    element('rect', { width, height, ...paint({ fill: 'paper' }) }),
    title === '' ? '' : textElement(marginPx, 20, title, { 'font-size': 14, 'font-weight': 600, ...paint({ fill: 'ink' }) }),
    group({ transform: `translate(0 ${formatNumber(top)})` }, sheet.body),
    group(
      { 'font-size': captionSizePx, ...paint({ fill: 'dim' }) },
      captionLines.map((line, i) => textElement(marginPx, captionTop + (i + 1) * captionLineHeightPx, line)),
    ),
  ].filter((each) => each !== '');
  const size = { width, height, viewBox: `0 0 ${formatNumber(width)} ${formatNumber(height)}` };
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      ...size,
      class: 'deltaloom-figure',
      role: 'img',
      'aria-label': `${title}. ${sheet.description}`,
      'font-family': fontFamily,
      'font-size': 11,
    },
    '\n',
    `<style>${escapeText(darkStyle(markup.join('')))}</style>\n`,
    markup.join('\n'),
    '\n',
  )}\n`;
}
