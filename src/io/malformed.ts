// The one way a binary reader of this room refuses a file: it names the file and the byte.

import { fail, type Diagnostic } from '../diagnostics/diagnostic.js';

/**
 * Throws DL602 with the message `<file>: <what> (byte <offset>)`.
 * @param file name of the file as the user gave it
 * @param offset where in the file, counted in bytes from 0
 */
export function failMalformed(file: string, offset: number, what: string, details: Pick<Diagnostic, 'why' | 'help'> = {}): never {
  fail('DL602', undefined, `${file}: ${what} (byte ${offset})`, details);
}

/** The bytes as printable ASCII between quotes, others as `\xNN`: how tags and magic numbers are shown. */
export function quoteBytes(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return `'${text.join('')}'`;
}
