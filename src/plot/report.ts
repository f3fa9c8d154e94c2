// The report of a run as one HTML file: figures, tables and text, without scripts or anything from
// elsewhere (a content security policy says so to the browser). All text is escaped.

import { reportStyle } from './report-style.js';
import { escapeText } from './svg.js';

export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  /** One cell a column. A cell that is exactly `pass` or `fail` gets a mark and a colour. */
  readonly rows: readonly (readonly string[])[];
  readonly note?: string | undefined;
}

export interface ReportFigure {
  /** Heading above the figure; '' where the title in the figure says it all. */
  readonly title: string;
  /** The SVG element that a function of this room returned; it is put into the page as it is. */
  readonly svg: string;
  readonly caption: string;
}

export interface Report {
  readonly title: string;
  readonly subtitle: string;
  /** A value that is exactly `pass` or `fail` is marked like a cell. */
  readonly summary: readonly { readonly label: string; readonly value: string }[];
  readonly tables: readonly ReportTable[];
  readonly figures: readonly ReportFigure[];
  /** Preformatted text, such as the netlist, folded away until it is opened. */
  readonly sections?: readonly { readonly title: string; readonly text: string }[] | undefined;
  readonly warnings: readonly string[];
}

/** Figures up to this width are fitted to the column; wider ones scroll sideways, since shrinking would make them unreadable. */
const fittedWidthPx = 1200;

/** Tables of so many columns are set smaller, and only their heads break into lines. */
const wideColumns = 8;

/** The HTML document. Throws RangeError when a table row has other than one cell a column, or a figure is no SVG element. */
export function reportPage(report: Report): string {
  const parts = [
    `<header>\n<h1>${escapeText(report.title)}</h1>`,
    report.subtitle === '' ? '' : `<p class="subtitle">${escapeText(report.subtitle)}</p>`,
    '</header>',
    writeSummary(report.summary),
    writeWarnings(report.warnings),
    ...report.tables.map(writeTable),
    ...report.figures.map(writeFigure),
    ...(report.sections ?? []).map(
      ({ title, text }) =>
        `<details>\n<summary><h2>${escapeText(title)}</h2></summary>\n<pre tabindex="0">${escapeText(text)}</pre>\n</details>`,
    ),
  ].filter((part) => part !== '');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>${escapeText(report.title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
}

function writeSummary(summary: Report['summary']): string {
  if (summary.length === 0) return '';
  const items = summary.map(({ label, value }) => `<div><dt>${escapeText(label)}</dt><dd>${writeValue(value)}</dd></div>`);
  return `<dl class="summary">\n${items.join('\n')}\n</dl>`;
}

function writeWarnings(warnings: readonly string[]): string {
  if (warnings.length === 0) return '';
  const items = warnings.map((warning) => `<li>${escapeText(warning)}</li>`);
  return `<section class="warnings">\n<h2>${warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`}</h2>\n<ul>\n${items.join('\n')}\n</ul>\n</section>`;
}

function writeTable({ title, columns, rows, note }: ReportTable): string {
  for (const row of rows) {
    if (row.length !== columns.length)
      throw new RangeError(`table '${title}' has ${columns.length} columns and a row of ${row.length} cells`);
  }
  // A column is set to the right when all its cells are numbers, with or without a unit.
  const isNumeric = columns.map(
    (_, i) => rows.length > 0 && rows.every((row) => row[i] === '' || /^[-+\u2212]?(\d|\.\d)[\d.,e+-]*( ?[^\s\d]{1,6})?$/.test(row[i]!)),
  );
  const cellClass = (i: number): string => (isNumeric[i] ? ' class="number"' : '');
  const head = columns.map((column, i) => `<th scope="col"${cellClass(i)}>${escapeText(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell, i) => `<td${cellClass(i)}>${writeValue(cell)}</td>`).join('')}</tr>`);
  const table = `<table${columns.length >= wideColumns ? ' class="wide"' : ''}>\n<caption>${escapeText(title)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeText(title)}">\n${table}\n</div>${note ? `\n<p class="note">${escapeText(note)}</p>` : ''}`;
}

function writeValue(value: string): string {
  if (value === 'pass') return '<span class="pass">\u2713 pass</span>';
  if (value === 'fail') return '<span class="fail">\u2717 fail</span>';
  return escapeText(value);
}

function writeFigure({ title, svg, caption }: ReportFigure): string {
  if (!/^<svg [^>]*>[\s\S]*<\/svg>\s*$/.test(svg)) throw new RangeError(`figure '${title}' is no SVG element`);
  const width = Number(/^<svg [^>]*?\bwidth="([\d.]+)"/.exec(svg)?.[1] ?? 0);
  const fits = width <= fittedWidthPx;
  const frame = fits
    ? '<div class="fits">'
    : `<div class="scroll" tabindex="0" role="region" aria-label="${escapeText(title === '' ? 'figure' : title)}">`;
  const text = caption === '' ? '' : `<figcaption>${escapeText(caption)}</figcaption>\n`;
  const heading = title === '' ? '' : `<h2>${escapeText(title)}</h2>\n`;
  return `${heading}<figure>\n${frame}\n${svg.trim()}\n</div>\n${text}</figure>`;
}
