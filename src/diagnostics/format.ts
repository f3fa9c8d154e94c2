// Prints diagnostics as text: position, code, message, a code frame, why, help and related places.

import { codes } from './codes.js';
import type { Diagnostic } from './diagnostic.js';
import { lineText, locate, positionOf, type Span } from './span.js';

const widestFrame = 160;

/** One diagnostic as several lines of plain text. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { code, severity, message, span, why, help, related } = diagnostic;
  const place = span === undefined ? '' : `${locate(span)} `;
  const lines = [`${place}${severity}[${code}] ${message}`];
  if (span !== undefined && span.source.text !== '') lines.push(...codeFrame(span));
  lines.push(`  why:  ${why ?? codes[code]}`);
  if (help !== undefined) lines.push(`  help: ${help}`);
  for (const place of related ?? []) {
    lines.push(`  ${place.span === undefined ? '' : `${locate(place.span)} `}${place.message}`);
  }
  return lines.join('\n');
}

/** All diagnostics, errors first in the order they were found. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const rank = (diagnostic: Diagnostic): number => (diagnostic.severity === 'error' ? 0 : 1);
  return [...diagnostics]
    .sort((a, b) => rank(a) - rank(b))
    .map(formatDiagnostic)
    .join('\n');
}

/** The line of the span with a caret line under it; a long line is cut around the span. */
function codeFrame(span: Span): string[] {
  const { line, column } = positionOf(span.source, span.start);
  const full = lineText(span.source, line).replace(/\t/g, ' ');
  const from = full.length <= widestFrame ? 0 : Math.max(0, column - 1 - widestFrame / 2);
  const text = full.slice(from, from + widestFrame);
  const width = Math.max(1, Math.min(span.end - span.start, from + text.length - (column - 1)));
  const gutter = String(line);
  return [`  ${gutter} | ${text}`, `  ${' '.repeat(gutter.length)} | ${' '.repeat(column - 1 - from)}${'^'.repeat(width)}`];
}
