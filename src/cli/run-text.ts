// What a run found, as a table for people.

import type { BenchResult } from '../analysis/run-bench.js';
import { checkCells, effectsText, measureCells, runLengthText } from '../plot/bench-tables.js';
import { alignColumns, paintFor } from './terminal.js';

export function runText(result: BenchResult): string {
  const { compiled, backend } = result;
  const { graph, bench } = compiled;
  const head = `${graph.system}${bench === undefined ? '' : `, bench ${bench.name}`}: ${runLengthText(result)}, ${backend}, ${effectsText(result)}`;
  const measures = alignColumns(
    measureCells(result).map(({ name, value, details }) => [`  ${name}`, value, ...(details === '' ? [] : [`(${details})`])]),
  );
  const checks = alignColumns(
    checkCells(result).map(({ text, verdict, value }) => [`  ${verdict}`, text, ...(value === '' ? [] : [`(${value})`])]),
  );
  const colored = checks.map((line) =>
    line.replace(
      /^ {2}(pass|fail)/,
      (_, verdict: string) => `  ${paintFor(process.stdout, verdict === 'pass' ? 'green' : 'red', verdict)}`,
    ),
  );
  const title = (text: string): string => paintFor(process.stdout, 'bold', text);
  return [
    title(head),
    ...(measures.length > 0 ? [title('measures'), ...measures] : []),
    ...(checks.length > 0 ? [title('checks'), ...colored] : []),
  ].join('\n');
}
