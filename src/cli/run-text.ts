// What a run found, as a table for people.

import type { BenchResult } from '../analysis/run-bench.js';
import { checkCells, effectsText, measureCells, runLengthText, type CheckCells, type MeasureCells } from '../plot/bench-tables.js';
import { alignColumns, paintFor } from './terminal.js';

export function runText(result: BenchResult): string {
  const { compiled, backend } = result;
  const { graph, bench } = compiled;
  const measures = measureCells(result);
  const checks = checkCells(result);
  const head = `${graph.system}${bench === undefined ? '' : `, bench ${bench.name}`}: ${runLengthText(result)}, ${backend}, ${effectsText(result)}`;
  const title = (text: string): string => paintFor(process.stdout, 'bold', text);
  return [
    title(head),
    ...(measures.length > 0 ? [title('measures'), ...measureLines(measures)] : []),
    ...(checks.length > 0 ? [title('checks'), ...checkLines(checks)] : []),
  ].join('\n');
}

export const measureLines = (cells: readonly Pick<MeasureCells, 'name' | 'value' | 'details'>[]): string[] =>
  alignColumns(cells.map(({ name, value, details }) => [`  ${name}`, value, ...(details === '' ? [] : [`(${details})`])]));

export function checkLines(cells: readonly CheckCells[]): string[] {
  const lines = alignColumns(cells.map(({ text, verdict, value }) => [`  ${verdict}`, text, ...(value === '' ? [] : [`(${value})`])]));
  return lines.map((line) =>
    line.replace(
      /^ {2}(pass|fail)/,
      (_, verdict: string) => `  ${paintFor(process.stdout, verdict === 'pass' ? 'green' : 'red', verdict)}`,
    ),
  );
}
