// The diagnostics of the NetlistError that a call throws; anything else fails the test.

import { expect } from 'vitest';
import { NetlistError, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { locate } from '../../src/diagnostics/span.js';

export function diagnosticsOf(call: () => unknown): readonly Diagnostic[] {
  try {
    call();
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics;
    throw error;
  }
  expect.fail('no error was thrown');
}

/** `DL602: message` of the only diagnostic. */
export function refusal(call: () => unknown): string {
  const diagnostics = diagnosticsOf(call);
  expect(diagnostics).toHaveLength(1);
  return describe(diagnostics[0]!);
}

/** Code, place where there is one, and message. */
export const describe = ({ code, span, message }: Diagnostic): string =>
  `${code}: ${span === undefined ? '' : `${locate(span)}: `}${message}`;
