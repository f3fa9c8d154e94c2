// Gathers the tokens of one statement or fragment and watches what a grammar rule cannot: brackets that do
// not pair, unclosed strings and the bounds of limits.ts. The first problem is reported; later ones are not.

import type { Code } from '../../diagnostics/codes.js';
import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../diagnostics/span.js';
import { deepestExpression, deepestNesting, longestStatement, mostTokens } from './limits.js';
import type { Token } from './token.js';

const closers: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
]);
/** Marks that put one more node above their operands. */
const deepening: ReadonlySet<string> = new Set('|| && == != < <= > >= + - * / ^ ! ? . ( ['.split(' '));

/** An open bracket, or the `?` of a conditional that waits for its `:`. */
interface Level {
  readonly token: Token | undefined;
  readonly closer: string;
  /** Bound on the depth of the tree at the level's start and so far. */
  readonly base: number;
  depth: number;
  /** Levels around its content that count; a bracket right behind `?` makes one level with it, as it adds no node. */
  readonly nesting: number;
}

export class StatementTokens {
  readonly list: Token[] = [];
  /** False once a problem was reported: then the tokens are not complete. */
  isSound = true;
  /** Open `(` and `[`. */
  brackets = 0;
  private readonly levels: Level[] = [{ token: undefined, closer: '', base: 0, depth: 0, nesting: 0 }];
  private readonly text: string;
  private readonly spanOf: (start: number, end: number) => Span;
  private readonly bag: DiagnosticBag;

  constructor(text: string, spanOf: (start: number, end: number) => Span, bag: DiagnosticBag) {
    this.text = text;
    this.spanOf = spanOf;
    this.bag = bag;
  }

  /** Takes the next token; comments and newlines are the caller's. */
  add(token: Token): void {
    if (token.kind === 'mark') this.nest(token, this.text.slice(token.start, token.end));
    if (token.kind === 'unclosed string')
      this.report('DL102', token, 'string is never closed', 'write " at its end; a string stands on one line');
    if (!this.isSound) return;
    const first = this.list[0] ?? token;
    if (this.list.length >= mostTokens) this.report('DL106', first, `statement has more than ${mostTokens} symbols`, 'split it');
    else if (token.end - first.start > longestStatement) {
      this.report('DL106', { ...first, end: first.start + 1 }, `statement has more than ${longestStatement} characters`, 'split it');
    } else this.list.push(token);
  }

  /** Reports the innermost bracket that is still open. */
  finish(): void {
    const open = this.levels.findLast((level) => level.closer === ')' || level.closer === ']');
    if (open?.token === undefined) return;
    this.report('DL102', open.token, `'${this.textOf(open.token)}' is never closed`, `write '${open.closer}' where it ends`);
  }

  private nest(token: Token, mark: string): void {
    if (!this.isSound) {
      if (closers.has(mark)) this.brackets++;
      else if (mark === ')' || mark === ']') this.brackets = Math.max(0, this.brackets - 1);
      return;
    }
    const top = this.levels[this.levels.length - 1]!;
    const previous = this.list[this.list.length - 1];
    const isGroup = mark === '(' && previous !== undefined && this.textOf(previous) === '?';
    if (deepening.has(mark) && !isGroup && ++top.depth > deepestExpression) {
      this.report(
        'DL106',
        token,
        `expression has more than ${deepestExpression} operators above one another`,
        'give parts of it names of their own',
      );
    }
    const closer = mark === '?' ? ':' : closers.get(mark);
    if (closer !== undefined) {
      const nesting = isGroup ? top.nesting : top.nesting + 1;
      if (nesting > deepestNesting) {
        this.report('DL106', token, `brackets are nested more than ${deepestNesting} deep`, 'give parts of it names of their own');
      }
      this.levels.push({ token, closer, base: top.depth, depth: top.depth, nesting });
      if (closer !== ':') this.brackets++;
    } else if (mark === ':' && top.closer === ':') this.levels.pop();
    else if (mark === ',') top.depth = top.base;
    else if (mark === ')' || mark === ']') this.close(token, mark);
  }

  private close(token: Token, mark: string): void {
    while (this.levels[this.levels.length - 1]!.closer === ':') this.levels.pop();
    const top = this.levels[this.levels.length - 1]!;
    if (top.token === undefined) {
      this.report('DL102', token, `'${mark}' closes nothing`, 'remove it, or open a bracket before it');
      return;
    }
    if (top.closer !== mark) {
      const open = this.textOf(top.token);
      this.report('DL102', top.token, `'${open}' is closed by '${mark}'`, `write '${top.closer}' where it ends`);
    }
    this.levels.pop();
    this.brackets--;
  }

  private textOf(token: Token): string {
    return this.text.slice(token.start, token.end);
  }

  private report(code: Code, token: Token, message: string, help: string): void {
    if (!this.isSound) return;
    this.isSound = false;
    this.bag.error(code, this.spanOf(token.start, token.end), message, { help });
  }
}
