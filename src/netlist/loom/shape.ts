// The shape of a statement: its tokens with every name, number and string replaced by one that stands for
// all of its kind. A shape is itself text of the language, short and free of comments, and this is what Ohm
// matches; offsets in it lead back to tokens.

import { grammarWords } from './grammar.generated.js';
import type { Token } from './token.js';

export interface Shape {
  readonly text: string;
  /** Offset in `text` of each token, rising. */
  readonly offsets: readonly number[];
}

const wordEnd = /[A-Za-z0-9_\u03a9]$/;
const wordStart = /^[A-Za-z0-9_\u03a9]/;
const operatorEnd = /[^()[\],"\w\u03a9]$/;
const operatorStart = /^[^()[\],"\w\u03a9]/;

/** Whether two neighbours would read as one token, or as others, without a blank: `a a`, `1 .a`, `< =`. */
function needsBlank(before: string, part: string): boolean {
  if (wordEnd.test(before)) return wordStart.test(part) || (before === '1' && part.startsWith('.'));
  return operatorEnd.test(before) && operatorStart.test(part);
}

function standIn(text: string, token: Token): string {
  switch (token.kind) {
    case 'word': {
      const word = text.slice(token.start, token.end);
      return grammarWords.has(word) ? word : 'a';
    }
    case 'number':
      return '1';
    case 'string':
      return '""';
    case 'foreign':
      return '\u03a9';
    case 'mark':
      return text.slice(token.start, token.end);
    default:
      return '$';
  }
}

export function shapeOf(text: string, tokens: readonly Token[]): Shape {
  const parts: string[] = [];
  const offsets: number[] = [];
  let length = 0;
  let before = '';
  for (const token of tokens) {
    const part = standIn(text, token);
    if (needsBlank(before, part)) {
      parts.push(' ');
      length++;
    }
    offsets.push(length);
    parts.push(part);
    length += part.length;
    before = part;
  }
  return { text: parts.join(''), offsets };
}

/** Index of the last token that starts before or at the offset. */
export function tokenAt(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
