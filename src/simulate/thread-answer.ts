// What a worker thread answers: a result, or what was thrown, as plain data that becomes the same class of error again.

import { BackendError } from '../backends/backend-error.js';
import { NetlistError, type Diagnostic } from '../diagnostics/diagnostic.js';

type ThrownData =
  | { readonly kind: 'netlist'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'backend'; readonly message: string; readonly help: string }
  | { readonly kind: 'other'; readonly message: string; readonly stack: string | undefined };

export type ThreadAnswer<Result> = { readonly result: Result } | { readonly error: ThrownData };

export function encodeError(error: unknown): ThrownData {
  if (error instanceof NetlistError) return { kind: 'netlist', diagnostics: error.diagnostics };
  if (error instanceof BackendError) return { kind: 'backend', message: error.message, help: error.help };
  return error instanceof Error
    ? { kind: 'other', message: error.message, stack: error.stack }
    : { kind: 'other', message: String(error), stack: undefined };
}

export function decodeError(data: ThrownData): Error {
  if (data.kind === 'netlist') return new NetlistError(data.diagnostics);
  if (data.kind === 'backend') return new BackendError(data.message, data.help);
  const error = new Error(data.message);
  if (data.stack !== undefined) error.stack = data.stack;
  return error;
}
