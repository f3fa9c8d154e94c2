// The JSON document of a run. Numbers that JSON cannot hold become null, with a note beside them.

import type { BenchResult } from '../analysis/run-bench.js';
import { describeDivergence } from '../simulate/divergence.js';
import { diagnosticDocument, type DiagnosticDocument } from './diagnostic-output.js';

interface NumberDocument {
  readonly value: number | null;
  /** Why the value is null. */
  readonly note?: string;
}
export interface QuantityDocument extends NumberDocument {
  readonly unit: string;
}

export interface RunDocument {
  readonly system: string;
  readonly bench: string | null;
  readonly backend: string;
  readonly precision: string;
  readonly seed: number;
  readonly lane: number;
  readonly lanes: number;
  readonly ticks: number;
  /** Effects that were switched off. */
  readonly ideal: readonly string[];
  readonly status: BenchResult['status'];
  readonly compileMs: number;
  readonly runMs: number;
  readonly measures: Readonly<Record<string, QuantityDocument & { readonly details?: Readonly<Record<string, QuantityDocument>> }>>;
  readonly checks: readonly (NumberDocument & { readonly text: string; readonly pass: boolean })[];
  readonly files: readonly string[];
  readonly warnings: readonly DiagnosticDocument[];
  readonly divergence?: {
    readonly code: 'DL701';
    readonly message: string;
    readonly signal: string;
    readonly value: string;
    readonly tick: number;
    readonly timeSeconds: number;
  };
}

/** `files`: paths of what was written. */
export function runDocument(result: BenchResult, files: readonly string[]): RunDocument {
  const { compiled, measures, checks, divergence } = result;
  return {
    system: compiled.graph.system,
    bench: compiled.bench?.name ?? null,
    backend: result.backend,
    precision: result.precision,
    seed: result.seed,
    lane: result.lane,
    lanes: result.lanes,
    ticks: result.ticks,
    ideal: compiled.ideal,
    status: result.status,
    compileMs: result.compileMs,
    runMs: result.runMs,
    measures: measuresDocument(measures),
    checks: checksDocument(checks),
    files,
    warnings: result.warnings.map(diagnosticDocument),
    ...(divergence === undefined
      ? {}
      : {
          divergence: {
            code: 'DL701',
            message: describeDivergence(divergence),
            signal: divergence.signal,
            value: String(divergence.value),
            tick: divergence.tick,
            timeSeconds: divergence.timeSeconds,
          },
        }),
  };
}

export const measuresDocument = (measures: BenchResult['measures']): RunDocument['measures'] =>
  Object.fromEntries(
    measures.map(({ name, value, unit, details }) => [
      name,
      { ...quantityDocument(value, unit), ...(details === undefined ? {} : { details: quantities(details) }) },
    ]),
  );

export const checksDocument = (checks: BenchResult['checks']): RunDocument['checks'] =>
  checks.map(({ text, pass, value }) => ({ text, pass, ...(value === undefined ? { value: null } : numberDocument(value)) }));

function numberDocument(value: number): NumberDocument {
  return Number.isFinite(value) ? { value } : { value: null, note: `the value is ${value}` };
}

export const quantityDocument = (value: number, unit: string): QuantityDocument => ({ ...numberDocument(value), unit });

function quantities(details: Readonly<Record<string, { value: number; unit: string }>>): Record<string, QuantityDocument> {
  return Object.fromEntries(Object.entries(details).map(([name, { value, unit }]) => [name, quantityDocument(value, unit)]));
}
