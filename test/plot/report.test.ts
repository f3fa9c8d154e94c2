import { describe, expect, test } from 'vitest';
import { diagramFigure } from '../../src/plot/diagram/diagram-figure.js';
import { binsFigure } from '../../src/plot/histogram-figure.js';
import { reportPage, type Report } from '../../src/plot/report.js';
import { checkWellFormed } from './well-formed.js';

const report: Report = {
  title: 'mod2',
  subtitle: '65536 ticks of clk',
  summary: [{ label: 'sndr', value: '84.3 dB' }, { label: 'checks', value: 'fail' }],
  tables: [{ title: 'Checks', columns: ['check', 'value', 'result'], rows: [['sndr > 80dB', '84.3 dB', 'pass'], ['max(x2) < 4V', '\u22124.2 V', 'fail']], note: 'All ticks.' }],
  figures: [{ title: 'Histogram', svg: binsFigure({ title: 'Codes', xLabel: 'code', unit: '', bins: { start: 0.5, width: 1, counts: [1, 2] } }), caption: 'Three values.' }],
  sections: [{ title: 'Netlist', text: 'x1 = integrator(u - v)\n\n  y < 3' }],
  warnings: ['tone is not coherent'],
}; // prettier-ignore

describe('report', () => {
  const page = reportPage(report);

  test('is one well-formed page that loads and runs nothing', () => {
    checkWellFormed(page);
    expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'`);
    expect(page.startsWith('<!DOCTYPE html>\n<html lang="en">')).toBe(true);
  });

  test('holds everything it was given', () => {
    const texts = checkWellFormed(page).join('\n');
    for (const text of [
      'mod2',
      '65536 ticks of clk',
      '84.3 dB',
      'sndr &gt; 80dB',
      'All ticks.',
      'Three values.',
      'Codes',
      'tone is not coherent',
      '1 warning',
      '\n\n  y &lt; 3',
    ])
      expect(texts).toContain(text);
  });

  test('marks results by text and by class', () => {
    expect(page).toContain('<td><span class="pass">\u2713 pass</span></td>');
    expect(page).toContain('<td><span class="fail">\u2717 fail</span></td>');
    expect(page).toContain('<dd><span class="fail">\u2717 fail</span></dd>');
  });

  test('sets numbers to the right and names table headers', () => {
    expect(page).toContain('<th scope="col">check</th><th scope="col" class="number">value</th><th scope="col">result</th>');
    expect(page).toContain('<td class="number">\u22124.2 V</td>');
  });

  test('lets wide figures scroll and fits the others', () => {
    const ids = Array.from({ length: 20 }, (_, i) => `block${i}`);
    const wide = diagramFigure({
      title: 'Chain',
      nodes: ids.map((id) => ({ id, label: id, kind: 'block', inputs: ['in'], outputs: ['out'] })),
      edges: ids.slice(1).map((id, i) => ({ from: { node: ids[i]!, port: 'out' }, to: { node: id, port: 'in' } })),
    });
    expect(page).toContain('<div class="fits">\n<svg');
    expect(reportPage({ ...report, figures: [{ title: 'Chain', svg: wide, caption: '' }] })).toContain('aria-label="Chain">\n<svg');
  });

  test('hostile text is text', () => {
    const hostile = `</pre></style><script>alert("x")</script><img src=x onerror='y'>&\u0000`;
    const texts = checkWellFormed(
      reportPage({
        title: hostile,
        subtitle: hostile,
        summary: [{ label: hostile, value: hostile }],
        tables: [{ title: hostile, columns: [hostile], rows: [[hostile]], note: hostile }],
        figures: [{ title: hostile, svg: report.figures[0]!.svg, caption: hostile }],
        sections: [{ title: hostile, text: hostile }],
        warnings: [hostile],
      }),
    );
    expect(texts.filter((text) => text.includes('&lt;script&gt;')).length).toBe(14);
  });

  test('sets tables of many columns smaller', () => {
    const table = (columns: number) => ({ title: 'T', columns: Array.from({ length: columns }, (_, i) => `${i}`), rows: [] });
    const written = reportPage({ ...report, tables: [table(7), table(11)] });
    expect(written.match(/<table[^>]*>/g)).toEqual(['<table>', '<table class="wide">']);
  });

  test('refuses ragged tables and figures that are none', () => {
    expect(() => reportPage({ ...report, tables: [{ title: 'T', columns: ['a', 'b'], rows: [['1']] }] })).toThrow(
      "table 'T' has 2 columns and a row of 1 cells",
    );
    expect(() => reportPage({ ...report, figures: [{ title: 'F', svg: '<script></script>', caption: '' }] })).toThrow(
      "figure 'F' is no SVG element",
    );
  });
});
