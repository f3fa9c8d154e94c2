// Gives the comments of a YAML text to the statements they belong to, in the order of the text. A comment
// that stands where the syntax tree has no place for one goes to the next place: none is lost.

import type { SourceText, Span } from '../../diagnostics/span.js';
import { blankLine, type CommentLine, type Trivia } from '../ast.js';

export interface Comment {
  /** Without `#`, one following space, and trailing blanks. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Counted from 0. */
  readonly column: number;
  /** Nothing stands before it on its line. */
  readonly isOwnLine: boolean;
}

/** What was found above a statement, until the statement's end is known. */
export interface OpenTrivia {
  readonly before: readonly CommentLine[];
  readonly blankBefore: boolean;
}

export class CommentCursor {
  private readonly text: string;
  private readonly comments: readonly Comment[];
  private next = 0;
  /** Comments inside expressions, until the end of a statement or the next one takes them. */
  private readonly embedded: Pick<Comment, 'text' | 'start' | 'end'>[] = [];

  constructor(source: SourceText, comments: readonly Comment[]) {
    this.text = source.text;
    this.comments = comments;
  }

  /** Takes the comments above a statement that starts at `start`; `header` is where the key of its group starts, if it is the first of it. */
  open(start: number, header?: number): OpenTrivia {
    const index = this.next;
    const first = this.comments[index];
    const top = first !== undefined && first.start < start ? first.start : start;
    const blankBefore = this.isBlankAbove(top) || (header !== undefined && this.isBlankAbove(Math.min(header, top)));
    const before = this.takeUntil(start);
    if (this.next > index && this.isBlankBetween(this.comments[this.next - 1]!.end, start)) before.push(blankLine);
    return { before, blankBefore };
  }

  /** Keeps the lines of a comment (`//` or block) found in an expression. */
  embed(lines: readonly string[], { start, end }: Span): void {
    for (const text of lines) this.embedded.push({ text, start, end });
  }

  /** The comment behind `offset` on its line, if only closing brackets are between. */
  takeBehind(offset: number): string | undefined {
    const comment = this.comments[this.next];
    if (comment === undefined || comment.isOwnLine || comment.start < offset) return undefined;
    if (!/^[ \t,:}\]]*$/.test(this.text.slice(offset, comment.start))) return undefined;
    this.next++;
    return comment.text;
  }

  /** Comments before `end` that nobody took, with the blank lines between them. */
  takeUntil(end: number): CommentLine[] {
    const index = this.next;
    while (this.next < this.comments.length && this.comments[this.next]!.start < end) this.next++;
    const taken = [...this.comments.slice(index, this.next), ...this.embedded.splice(0)].sort((a, b) => a.start - b.start);
    return taken.flatMap(({ text, start }, i) => {
      return i > 0 && this.isBlankBetween(taken[i - 1]!.end, start) ? [blankLine, text] : [text];
    });
  }

  /** Comment lines right behind `offset` that stand further right than `column`; a blank line above them comes first. */
  takeDangling(offset: number, column: number): CommentLine[] {
    const taken: CommentLine[] = [];
    let end = Math.max(offset, this.comments[this.next - 1]?.end ?? 0);
    for (let comment = this.comments[this.next]; comment !== undefined && comment.isOwnLine; comment = this.comments[this.next]) {
      if (comment.column <= column || !/^[\s,:}\]]*$/.test(this.text.slice(end, comment.start))) break;
      if (this.isBlankBetween(end, comment.start)) taken.push(blankLine);
      taken.push(comment.text);
      end = comment.end;
      this.next++;
    }
    return taken;
  }

  /** Ends a statement: `behindKey` is the comment on the line of its key, `end` where its text ends. */
  close({ before, blankBefore }: OpenTrivia, behindKey: string | undefined, end: number): Trivia {
    const inner = this.takeUntil(end);
    const after = behindKey ?? this.takeBehind(end);
    return { before: [...before, ...inner], blankBefore, after };
  }

  private isBlankBetween(start: number, end: number): boolean {
    return /\n[^\S\n]*\n/.test(this.text.slice(start, end));
  }

  /** Whether the line above is blank, for a statement at the start of its line. */
  private isBlankAbove(offset: number): boolean {
    const lineStart = this.text.lastIndexOf('\n', offset - 1);
    if (lineStart <= 0 || !/^[\s-]*[{?]?\s*$/.test(this.text.slice(lineStart, offset))) return false;
    const above = this.text.lastIndexOf('\n', lineStart - 1);
    return /^\s*$/.test(this.text.slice(above + 1, lineStart));
  }
}
