// The table of an optimization as CSV: a row for each restart and each finish.

import type { OptimizationPlan } from '../../optimize/plan/plan-optimization.js';
import { variedOf } from './optimization-summary.js';
import type { RestartResult } from './restart-result.js';

/** `plans` by variant. Numbers in SI units, with every digit; an empty cell where there is none. */
export function restartTable(plans: readonly OptimizationPlan[], results: readonly RestartResult[]): string {
  const { terms } = plans[0]!;
  const varied = Object.keys(variedOf(plans[0]!));
  const measures = results.find((result) => result.measures.length > 0)?.measures ?? [];
  // An objective and a measure may have one name.
  const taken = new Set(['restart', 'phase', ...varied, 'score', 'loss', 'failure', ...terms.map(({ name }) => name)]);
  const measured = measures.map(({ name }) => (taken.has(name) ? `measure_${name}` : name));
  const columns = ['restart', 'phase', ...varied, 'score', 'loss', ...terms.map(({ name }) => name), ...measured, 'failure'];
  const rows = results.map((result) => {
    const values = variedOf(plans[result.variant]!);
    return [
      result.restart,
      result.phase,
      ...varied.map((name) => values[name]!),
      result.score,
      result.loss,
      ...terms.map((_, i) => result.terms[i] ?? NaN),
      ...measures.map(({ name }) => result.measures.find((one) => one.name === name)?.value ?? NaN),
      result.failure ?? '',
    ];
  });
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
