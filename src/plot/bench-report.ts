// The report of a bench as one HTML page: what was run, what was measured and checked, waveforms, spectra,
// the block diagram, parameters and the netlist. It holds no times, so the same run gives the same page.

import type { BenchResult } from '../analysis/run-bench.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { locate } from '../diagnostics/span.js';
import type { GraphParam } from '../graph/graph.js';
import { rationalToNumber } from '../numeric/rational.js';
import { describeDivergence } from '../simulate/divergence.js';
import { formatQuantity } from '../units/engineering.js';
import { spectrumFigures } from './bench-spectra.js';
import { checkCells, effectsText, measureCells, runLengthText } from './bench-tables.js';
import { waveformFigures } from './bench-waveforms.js';
import { diagramFigure } from './diagram/diagram-figure.js';
import { graphDiagram } from './graph-diagram.js';
import { reportPage, type ReportFigure, type ReportTable } from './report.js';

export interface BenchReportOptions {
  /** Version of Deltaloom. */
  readonly version: string;
  /** The netlist and what it imports. */
  readonly sources: readonly { readonly path: string; readonly text: string }[];
  /** Names of the files that stand beside the report. */
  readonly files: readonly string[];
}

/** Blocks beyond which a diagram cannot be read. */
const mostNodes = 400;

/** The HTML document. */
export function benchReport(result: BenchResult, options: BenchReportOptions): string {
  const { compiled, status, divergence } = result;
  const { graph, bench } = compiled;
  const stopped = {
    done: [],
    interrupted: [`The run was interrupted after ${result.ticks} ticks. Measures, checks and figures are of what was run.`],
    diverged:
      divergence === undefined
        ? []
        : [`The run diverged: ${describeDivergence(divergence)}. Measures, checks and figures are of what was run before.`],
  }[status];
  return reportPage({
    title: bench === undefined || bench.name === graph.system ? graph.system : `${graph.system}: ${bench.name}`,
    subtitle: options.sources[0]?.path ?? '',
    summary: summaryOf(result),
    tables: [...measureTable(result), ...checkTable(result)].filter((table) => table.rows.length > 0),
    figures: [...waveformFigures(result), ...spectrumFigures(result), ...diagramFigures(result)],
    sections: [
      ...(graph.params.length === 0 ? [] : [{ title: `Parameters (${graph.params.length})`, text: parameterText(graph.params) }]),
      ...options.sources.map(({ path, text }) => ({ title: path, text })),
      { title: 'How this was made', text: originText(result, options) },
    ],
    warnings: [...stopped, ...result.warnings.map(warningText)],
  });
}

function summaryOf(result: BenchResult): { label: string; value: string }[] {
  const { compiled, checks, status } = result;
  const { graph, bench } = compiled;
  const passed = checks.filter(({ pass }) => pass).length;
  const verdict = passed === checks.length && status === 'done' ? 'pass' : 'fail';
  const clocks = graph.clocks.map(({ name, period }) => `${name} ${formatQuantity(1 / rationalToNumber(period), 'Hz', 6)}`);
  return [
    { label: 'Result', value: checks.length === 0 ? status : verdict },
    ...(checks.length === 0 ? [] : [{ label: 'Checks', value: `${passed} of ${checks.length} passed` }]),
    ...(status === 'done' || checks.length === 0 ? [] : [{ label: 'Run', value: status }]),
    { label: 'System', value: graph.system },
    ...(bench === undefined ? [] : [{ label: 'Bench', value: bench.name }]),
    { label: clocks.length === 1 ? 'Clock' : 'Clocks', value: clocks.join(', ') },
    { label: 'Length', value: runLengthText(result) },
    { label: 'Backend', value: `${result.backend}, ${result.precision}` },
  ];
}

function measureTable(result: BenchResult): ReportTable[] {
  const rows = measureCells(result).map((cells) => [cells.name, cells.value, cells.function, cells.signals, cells.details]);
  return [{ title: 'Measures', columns: ['name', 'value', 'function', 'signals', 'details'], rows }];
}

function checkTable(result: BenchResult): ReportTable[] {
  const rows = checkCells(result).map(({ text, verdict, value }) => [text, verdict, value]);
  return [{ title: 'Checks', columns: ['check', 'verdict', 'left side'], rows }];
}

/** Parameters of the system come before those of its blocks, as the graph has them. */
function parameterText(params: readonly GraphParam[]): string {
  const width = Math.max(...params.map(({ name }) => name.length));
  return params
    .map(
      ({ name, value, unit, structural }) =>
        `${name.padEnd(width)} = ${formatQuantity(value, unit, 7)}${structural ? '  (structural: a change makes a new program)' : ''}`,
    )
    .join('\n');
}

/** Without the code frame, which needs a fixed pitch; the netlist is on the page. */
function warningText({ severity, code, message, span, why, help }: Diagnostic): string {
  const place = span === undefined ? '' : `${locate(span)} `;
  return [
    `${place}${severity} ${code}: ${message}`,
    ...(why === undefined ? [] : [`why: ${why}`]),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ].join('\n');
}

function diagramFigures({ compiled: { graph } }: BenchResult): ReportFigure[] {
  const diagram = graphDiagram(graph);
  if (diagram.nodes.length === 0 || diagram.nodes.length > mostNodes) return [];
  return [{ title: 'Block diagram', svg: diagramFigure(diagram), caption: 'Colours are clock edges; a frame is a sub-system.' }];
}

function originText(result: BenchResult, { version, files }: BenchReportOptions): string {
  const { backend, precision } = result;
  const lines = [`Deltaloom ${version}, backend ${backend}, precision ${precision}, ${effectsText(result)}.`];
  if (files.length > 0)
    lines.push(`Files beside this page: ${files.join(', ')}.`, 'manifest.json holds everything that is needed to run this again.');
  return lines.join('\n');
}
