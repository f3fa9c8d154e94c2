// Splits .loom text into statements, block heads and closing braces, with the comments around them. A line
// ends a statement unless a bracket is open or the line ends in an operator or comma; `;` ends one too.
// A line that plainly starts a statement (`name = …`, a keyword) starts it even so: a forgotten bracket costs
// one statement, not the rest of the file. It knows no grammar.

import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { SourceText, Span } from '../../diagnostics/span.js';
import { blankLine, type CommentLine } from '../ast.js';
import { reservedWords } from './grammar.generated.js';
import { StatementTokens } from './statement-tokens.js';
import { commentLines, readToken, type Token } from './token.js';

/** One piece of the text, in order; the last one is the `end`. */
export interface Piece {
  /** `open`: a block head; its brace may be missing, which is reported by the reader. */
  readonly kind: 'statement' | 'open' | 'close' | 'end';
  readonly tokens: readonly Token[];
  /** False: already reported, the tokens are not complete. */
  readonly isSound: boolean;
  /** From the first token to the last, the brace included. */
  readonly start: number;
  readonly end: number;
  /** Offset of the `{` of a head. */
  readonly brace?: number | undefined;
  /** Comment lines above and inside, blank lines among and below those above. */
  readonly before: readonly CommentLine[];
  readonly after?: string | undefined;
  readonly blankBefore: boolean;
}

const headWords: ReadonlySet<string> = new Set(['system', 'bench', 'optimize', 'for']);
/** Statements in which `name = …` may follow a comma on the next line. */
const listWords: ReadonlySet<string> = new Set(['input', 'output', 'record']);
const assignmentAt = /[A-Za-z_][A-Za-z0-9_]*[ \t]*(?:\[[^\][\n]{0,80}\][ \t]*)?=(?!=)/y;
const colonAt = /\s*:/y;
const braceNextAt = /\s*\{/y;

/** All pieces of a source; problems of brackets, strings, comments and size go into the bag. */
export function* scanPieces(source: SourceText, bag: DiagnosticBag): Generator<Piece, void> {
  const scanner = new Scanner(source, bag);
  for (;;) {
    const piece = scanner.next();
    yield piece;
    if (piece.kind === 'end') return;
  }
}

class Scanner {
  private readonly source: SourceText;
  private readonly text: string;
  private readonly bag: DiagnosticBag;
  private at = 0;

  constructor(source: SourceText, bag: DiagnosticBag) {
    this.source = source;
    this.text = source.text;
    this.bag = bag;
  }

  next(): Piece {
    const before: CommentLine[] = [];
    let newlines = 0;
    let blankBefore = false;
    for (;;) {
      const token = this.read();
      if (token.kind === 'newline') {
        newlines++;
        continue;
      }
      if (newlines >= 2 && before.length === 0) blankBefore = true;
      else if (newlines >= 2 && before[before.length - 1] !== blankLine) before.push(blankLine);
      newlines = 0;
      const mark = this.textOf(token);
      if (token.kind === 'comment') before.push(...commentLines(this.text, token));
      else if (token.kind === 'end') return this.bare('end', token, before, blankBefore);
      else if (mark === '}') return this.bare('close', token, before, blankBefore);
      else if (mark !== ';') {
        this.at = token.start;
        return this.statement(before, blankBefore);
      }
    }
  }

  /** The next token; an unclosed comment is reported and ends the text. */
  private read(): Token {
    const token = readToken(this.text, this.at);
    this.at = token.end;
    if (token.kind !== 'unclosed comment') return token;
    this.bag.error('DL102', this.span(token.start, token.start + 2), 'comment is never closed', { help: "write '*/' where it ends" });
    return { kind: 'end', start: token.end, end: token.end };
  }

  private bare(kind: 'close' | 'end', token: Token, before: CommentLine[], blankBefore: boolean): Piece {
    const after = kind === 'close' ? this.commentBehind() : undefined;
    return { kind, tokens: [], isSound: true, start: token.start, end: token.end, before, after, blankBefore };
  }

  /** The comment on the rest of the line, if nothing else stands there. */
  private commentBehind(): string | undefined {
    const comment = readToken(this.text, this.at);
    if (comment.kind !== 'comment') return undefined;
    const lines = commentLines(this.text, comment);
    const following = readToken(this.text, comment.end).kind;
    if (lines.length !== 1 || (following !== 'newline' && following !== 'end')) return undefined;
    this.at = comment.end;
    return lines[0];
  }

  private statement(before: CommentLine[], blankBefore: boolean): Piece {
    const tokens = new StatementTokens(this.text, (start, end) => this.span(start, end), this.bag);
    let firstWord = '';
    const start = this.at;
    let last: Token | undefined;
    let held: string[][] = [];
    let end = this.at;
    let separated = false;
    let brace: number | undefined;
    for (;;) {
      const token = this.read();
      const text = token.kind === 'mark' ? this.textOf(token) : '';
      if (token.kind === 'comment') {
        held.push(commentLines(this.text, token));
      } else if (token.kind === 'newline') {
        if (!this.continues(tokens, last, firstWord)) {
          this.at = token.start;
          break;
        }
      } else if (token.kind === 'end' || text === '}') {
        this.at = token.start;
        break;
      } else if (text === ';') {
        separated = true;
        break;
      } else if (text === '{') {
        brace = token.start;
        end = token.end;
        break;
      } else {
        before.push(...held.flat());
        held = [];
        if (last === undefined) firstWord = this.textOf(token);
        tokens.add(token);
        last = token;
        end = token.end;
      }
    }
    tokens.finish();
    const isHead = brace !== undefined || headWords.has(firstWord);
    let after = held.every((lines) => lines.length === 1) && held.length > 0 ? held.flat().join(' ') : undefined;
    if (after === undefined) before.push(...held.flat());
    if (isHead || separated) after ??= this.commentBehind();
    return {
      kind: isHead ? 'open' : 'statement',
      tokens: tokens.list,
      isSound: tokens.isSound,
      start,
      end,
      brace,
      before,
      after,
      blankBefore,
    };
  }

  /** Whether a statement goes on behind the newline just read. */
  private continues(tokens: StatementTokens, last: Token | undefined, firstWord: string): boolean {
    if (headWords.has(firstWord) && tokens.brackets === 0) {
      braceNextAt.lastIndex = this.at;
      if (braceNextAt.test(this.text)) return true;
    }
    const mark = last?.kind === 'mark' ? this.textOf(last) : '';
    const isOpen = tokens.brackets > 0 || (mark !== '' && mark !== ')' && mark !== ']');
    return isOpen && !this.startsStatement(firstWord, tokens.brackets > 0, mark === ',');
  }

  /** Whether the line at hand cannot be meant as the rest of a statement that is still open. */
  private startsStatement(firstWord: string, inBrackets: boolean, afterComma: boolean): boolean {
    const token = readToken(this.text, this.at);
    if (token.kind !== 'word') return false;
    const mayAssign = inBrackets ? firstWord === 'system' : afterComma && listWords.has(firstWord);
    assignmentAt.lastIndex = token.start;
    if (!mayAssign && assignmentAt.test(this.text)) return true;
    const word = this.textOf(token);
    if (!reservedWords.has(word) || word === 'true' || word === 'false' || word === 'for') return false;
    colonAt.lastIndex = token.end;
    return !colonAt.test(this.text);
  }

  private textOf(token: Token): string {
    return this.text.slice(token.start, token.end);
  }

  private span(start: number, end: number): Span {
    return { source: this.source, start, end };
  }
}
