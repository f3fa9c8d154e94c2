// Errors are data: a code, a place, what is wrong, why, and the fix. Phases collect them in a bag
// and go on, so that one bad line does not hide the others.

import type { Code } from './codes.js';
import type { Span } from './span.js';

export interface Diagnostic {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  /** What is wrong, in one line, no full stop. */
  readonly message: string;
  readonly span?: Span | undefined;
  /** Why it is wrong: the rule that was broken. */
  readonly why?: string | undefined;
  /** The likely fix. */
  readonly help?: string | undefined;
  /** Other places that belong to it, such as the edges of a loop. */
  readonly related?: readonly RelatedPlace[] | undefined;
}

export interface RelatedPlace {
  readonly message: string;
  readonly span?: Span | undefined;
}

type Details = Partial<Pick<Diagnostic, 'why' | 'help' | 'related'>>;

/** Collects the diagnostics of a phase. */
export class DiagnosticBag {
  readonly list: Diagnostic[] = [];
  private readonly known = new Set<string>();

  error(code: Code, span: Span | undefined, message: string, details: Details = {}): void {
    this.report({ code, severity: 'error', message, span, ...details });
  }

  warn(code: Code, span: Span | undefined, message: string, details: Details = {}): void {
    this.report({ code, severity: 'warning', message, span, ...details });
  }

  get hasErrors(): boolean {
    return this.list.some((diagnostic) => diagnostic.severity === 'error');
  }

  get warnings(): Diagnostic[] {
    return this.list.filter((diagnostic) => diagnostic.severity === 'warning');
  }

  /** Takes over the diagnostics of a NetlistError; throws anything else again. */
  absorb(error: unknown): void {
    if (!(error instanceof NetlistError)) throw error;
    for (const diagnostic of error.diagnostics) this.report(diagnostic);
  }

  /** A line that is elaborated many times, as in a loop, is reported once. */
  report(diagnostic: Diagnostic): void {
    const { code, message, span } = diagnostic;
    const key = `${code} ${span?.source.name} ${span?.start} ${message}`;
    if (this.known.has(key)) return;
    this.known.add(key);
    this.list.push(diagnostic);
  }

  /** Ends a phase: throws all its diagnostics at once if one of them is an error. */
  throwIfErrors(): void {
    if (this.hasErrors) throw new NetlistError(this.list);
  }
}

/** A netlist, its data or its files are wrong; carries every diagnostic of the phase. */
export class NetlistError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
    super(errors.map((error) => `${error.code}: ${error.message}`).join('\n'));
    this.name = 'NetlistError';
    this.diagnostics = diagnostics;
  }
}

/** Throws one error diagnostic. */
export function fail(code: Code, span: Span | undefined, message: string, details: Details = {}): never {
  throw new NetlistError([{ code, severity: 'error', message, span, ...details }]);
}
