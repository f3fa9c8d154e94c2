// Diagnostics on stderr for people, and as plain data for --json.

import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { formatDiagnostics } from '../diagnostics/format.js';
import { positionOf, type Span } from '../diagnostics/span.js';
import { paintFor, printNote } from './terminal.js';

export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) return;
  const paint = (whole: string, severity: string): string => paintFor(process.stderr, severity === 'error' ? 'red' : 'yellow', whole);
  printNote(formatDiagnostics(diagnostics).replace(/\b(error|warning)\[DL\d+\]/g, paint));
}

export interface DiagnosticDocument {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly why: string | null;
  readonly help: string | null;
  readonly related: readonly {
    readonly message: string;
    readonly file: string | null;
    readonly line: number | null;
    readonly column: number | null;
  }[];
}

/** What is not known is null; lines and columns count from 1. */
export function diagnosticDocument({ code, severity, message, span, why, help, related = [] }: Diagnostic): DiagnosticDocument {
  return {
    code,
    severity,
    ...placeOf(span),
    message,
    why: why ?? null,
    help: help ?? null,
    related: related.map((place) => ({ message: place.message, ...placeOf(place.span) })),
  };
}

function placeOf(span: Span | undefined): { file: string | null; line: number | null; column: number | null } {
  if (span === undefined) return { file: null, line: null, column: null };
  return { file: span.source.name, ...positionOf(span.source, span.start) };
}

/** `2 errors, 1 warning`. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']): number => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const parts = (['error', 'warning'] as const).flatMap((severity) => {
    const n = count(severity);
    return n === 0 ? [] : [`${n} ${severity}${n === 1 ? '' : 's'}`];
  });
  return parts.join(', ');
}
