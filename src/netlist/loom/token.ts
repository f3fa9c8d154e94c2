// Splits .loom text into tokens, one at a time. The shapes are those of the lexical rules of
// grammar/loom.ohm; a test holds the two together.

export type TokenKind =
  | 'word' // a name or a keyword
  | 'foreign' // a word with letters beyond ASCII: only units have them
  | 'number'
  | 'string'
  | 'mark' // operator, bracket, comma, …
  | 'unknown' // a character the language does not use
  | 'comment'
  | 'newline'
  | 'end'
  | 'unclosed string'
  | 'unclosed comment';

/** Half-open range `start` to `end` of the text. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const wordAt = /[A-Za-z_][A-Za-z0-9_]*/y;
const letterAt = /\p{L}/uy;
const foreignAt = /[\p{L}0-9_%\u00b0]+/uy;
const numberAt = /\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+)?/y;
const unitMarksAt = /[\p{L}0-9_%\u00b0]*/uy;
const blankAt = /[ \t\r\f\v\u00a0\ufeff]*/y;
const stringPartAt = /[^"\\\n]*/y;
const marks2: ReadonlySet<string> = new Set(['||', '&&', '==', '!=', '<=', '>=', '..']);
const marks1: ReadonlySet<string> = new Set('+-*/^<>!=?:,.@()[]{};');

/** End of a sticky match at `at`; `at` itself if there is none. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The first token at or after `at`, blanks skipped. */
export function readToken(text: string, at: number): Token {
  const start = skip(blankAt, text, at);
  if (start >= text.length) return { kind: 'end', start, end: start };
  const first = text[start]!;
  const token = (kind: TokenKind, end: number): Token => ({ kind, start, end });

  const wordEnd = skip(wordAt, text, start);
  if (wordEnd > start) {
    const isForeign = skip(letterAt, text, wordEnd) > wordEnd;
    return isForeign ? token('foreign', skip(foreignAt, text, wordEnd)) : token('word', wordEnd);
  }
  const numberEnd = skip(numberAt, text, start);
  if (numberEnd > start) return token('number', skip(unitMarksAt, text, numberEnd));
  if (first === '"') return readString(text, start);
  if (first === '\n') return token('newline', start + 1);
  if (first === '/' && text[start + 1] === '/') {
    const end = text.indexOf('\n', start);
    return token('comment', end < 0 ? text.length : end);
  }
  if (first === '/' && text[start + 1] === '*') {
    const close = text.indexOf('*/', start + 2);
    return close < 0 ? token('unclosed comment', text.length) : token('comment', close + 2);
  }
  if (marks2.has(text.slice(start, start + 2))) return token('mark', start + 2);
  if (marks1.has(first)) return token('mark', start + 1);
  const foreignEnd = skip(letterAt, text, start) > start ? skip(foreignAt, text, start) : start;
  if (foreignEnd > start) return token('foreign', foreignEnd);
  return token('unknown', start + (text.codePointAt(start)! > 0xffff ? 2 : 1));
}

function readString(text: string, start: number): Token {
  let end = start + 1;
  for (;;) {
    end = skip(stringPartAt, text, end);
    if (text[end] === '"') return { kind: 'string', start, end: end + 1 };
    if (text[end] !== '\\' || end + 1 >= text.length || text[end + 1] === '\n') return { kind: 'unclosed string', start, end };
    end += 2;
  }
}

/** Lines of a comment without their marks, one following space, and trailing blanks. */
export function commentLines(text: string, comment: Token): string[] {
  const written = text.slice(comment.start, comment.end);
  if (written.startsWith('//')) return [written.slice(2).replace(/^ /, '').trimEnd()];
  const lines = written.slice(2, -2).split('\n');
  const bare = lines.map((line, i) => (i === 0 ? line.replace(/^\*? ?/, '') : line.replace(/^\s*\*? ?/, '')).trimEnd());
  if (bare.length > 1 && bare[0] === '') bare.shift();
  if (bare.length > 1 && bare[bare.length - 1] === '') bare.pop();
  return bare;
}
