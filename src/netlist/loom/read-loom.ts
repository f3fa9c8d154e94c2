// Reads a .loom text into the syntax tree. It puts the pieces of the scanner into their blocks and checks
// that a block may hold them; what a statement says is the grammar's.

import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { SourceText, Span } from '../../diagnostics/span.js';
import {
  blankLine,
  type BenchItem,
  type CommentLine,
  type ForStatement,
  type ImportItem,
  type Item,
  type NetlistFile,
  type OptimizeItem,
  type Statement,
  type SystemItem,
  type Trivia,
} from '../ast.js';
import { danglingLines } from '../comment-lines.js';
import { explainMismatch, reportTooDeep } from './explain.js';
import { deepestNesting, largestText } from './limits.js';
import { matchTokens } from './match.js';
import type { Reading } from './plan.js';
import { blockWord, checkPlacement, isBlockKind, type BlockKind } from './placement.js';
import { scanPieces, type Piece } from './scan.js';

type BlockNode = SystemItem | BenchItem | OptimizeItem | ForStatement;

interface OpenBlock {
  /** Undefined where the head says nothing known. */
  readonly kind: BlockKind | undefined;
  /** Undefined where the head does not parse: its body is read for its mistakes only. */
  readonly node: BlockNode | undefined;
  /** Without its brace where no closing brace is missed. */
  readonly head: Piece;
  readonly body: Statement[];
}

/**
 * The syntax tree of a .loom text, with every statement that parses. Everything wrong is in the bag: DL101 to
 * DL103 and DL106, DL107. Numbers that are malformed read as NaN.
 */
export function readLoom(source: SourceText, bag: DiagnosticBag): NetlistFile {
  if (source.text.length > largestText) {
    const help = 'split it into files and import them';
    bag.error('DL106', { source, start: 0, end: 0 }, `text has more than ${largestText} characters`, { help });
    return { source, items: [], dangling: [] };
  }
  const reader = new Reader(source, bag);
  for (const piece of scanPieces(source, bag)) reader.take(piece);
  return { source, items: reader.items, dangling: reader.dangling };
}

class Reader {
  readonly items: Item[] = [];
  dangling: readonly CommentLine[] = [];
  private readonly source: SourceText;
  private readonly bag: DiagnosticBag;
  private readonly blocks: OpenBlock[] = [];

  constructor(source: SourceText, bag: DiagnosticBag) {
    this.source = source;
    this.bag = bag;
  }

  take(piece: Piece): void {
    switch (piece.kind) {
      case 'statement':
        return this.takeStatement(piece);
      case 'open':
        return this.takeHead(piece);
      case 'close':
        return this.takeClose(piece);
      case 'end':
        this.closeAll(piece);
        this.dangling = danglingLines(piece.before, false);
    }
  }

  private takeStatement(piece: Piece): void {
    const node = this.parse<Statement | ImportItem>('Statement', piece);
    if (node !== undefined && this.mayHold(node.kind, piece)) this.put(node);
  }

  private takeHead(piece: Piece): void {
    const word = this.wordOf(piece);
    const node = this.parse<BlockNode>('Head', piece);
    const kind = node?.kind ?? (isBlockKind(word) ? word : undefined);
    if (piece.brace === undefined) {
      // `system = 3` is a bad statement; a good head without its brace opens its block all the same.
      if (piece.isSound && node === undefined) return;
      if (piece.isSound)
        this.bag.error('DL101', this.span(piece.end, piece.end), `expected '{' behind the head of the ${blockWord(kind!)}`);
    }
    if (kind !== undefined && kind !== 'for' && !this.isIndented(piece)) this.closeAll(piece);
    const isPlaced = node !== undefined && this.mayHold(node.kind, piece);
    if (this.blocks.length === deepestNesting) {
      this.bag.error('DL106', this.span(piece.start, piece.end), `blocks are nested more than ${deepestNesting} deep`);
    }
    const isTooDeep = this.blocks.length >= deepestNesting;
    const head = isTooDeep ? { ...piece, brace: undefined } : piece;
    this.blocks.push({ kind, node: isPlaced && !isTooDeep ? node : undefined, head, body: [] });
  }

  private takeClose(piece: Piece): void {
    const block = this.blocks.pop();
    if (block === undefined) {
      const help = "remove it, or look for a '{' that is missing above";
      this.bag.error('DL102', this.span(piece.start, piece.end), "'}' closes nothing", { help });
      return;
    }
    this.finish(block, piece);
  }

  /** Puts a closed block where it belongs. A comment behind the brace goes behind a head on the same line, else into the body. */
  private finish({ node, head, body }: OpenBlock, close: Piece): void {
    if (node === undefined) return;
    const lineEnd = this.source.text.indexOf('\n', head.start);
    const isOneLine = lineEnd < 0 || lineEnd >= close.start;
    const behindHead = isOneLine && node.trivia.after === undefined;
    const trivia: Trivia = behindHead ? { ...node.trivia, after: close.after } : node.trivia;
    const above = danglingLines(close.blankBefore ? [blankLine, ...close.before] : close.before, body.length > 0);
    const dangling = close.after === undefined || behindHead ? above : [...above, close.after];
    this.put({ ...node, trivia, body, dangling, span: this.span(head.start, close.end) });
  }

  /** Closes what is still open before the next item or the end of the text. */
  private closeAll(next: Piece): void {
    const end: Piece = { ...next, kind: 'close', before: [], after: undefined, blankBefore: false, end: next.start };
    for (let block = this.blocks.pop(); block !== undefined; block = this.blocks.pop()) {
      if (block.head.brace !== undefined) this.reportUnclosed(block, next);
      this.finish(block, end);
    }
  }

  /** Whether an item is meant to stand inside another one, rather than behind one that was not closed. */
  private isIndented(piece: Piece): boolean {
    const column = ({ start }: Piece): number => start - this.source.text.lastIndexOf('\n', start - 1);
    return this.blocks[0] !== undefined && column(piece) > column(this.blocks[0].head);
  }

  private reportUnclosed({ node, head }: OpenBlock, next: Piece): void {
    const name = node === undefined ? '' : node.kind === 'for' ? " of 'for'" : ` of ${blockWord(node.kind)} '${node.name.name}'`;
    const related = next.kind === 'end' ? [] : [{ message: 'is inside it', span: this.span(next.start, next.tokens[0]?.end ?? next.end) }];
    const help =
      next.kind === 'end'
        ? "write '}' where the block ends"
        : `write '}' where the block ends, before the ${blockWord(this.wordOf(next) as BlockKind)}`;
    this.bag.error('DL102', this.span(head.brace!, head.brace! + 1), `'{'${name} is never closed`, { help, related });
  }

  private mayHold(kind: Statement['kind'] | Item['kind'], piece: Piece): boolean {
    const first = piece.tokens[0]!;
    const block = this.blocks[this.blocks.length - 1];
    if (block !== undefined && block.kind === undefined) return true;
    return checkPlacement(kind, block?.kind, this.span(first.start, first.end), this.bag);
  }

  private put(node: Statement | Item): void {
    const block = this.blocks[this.blocks.length - 1];
    const isFirst = (block?.body ?? this.items).length === 0;
    // A blank line at the start of a body separates nothing.
    const placed = isFirst && node.trivia.blankBefore ? { ...node, trivia: { ...node.trivia, blankBefore: false } } : node;
    if (block !== undefined) block.body.push(placed as Statement);
    else this.items.push(placed as Item);
  }

  private parse<T>(rule: 'Statement' | 'Head', piece: Piece): T | undefined {
    if (!piece.isSound) return undefined;
    if (piece.tokens.length === 0) {
      this.bag.error('DL101', this.span(piece.start, piece.end), "'{' has no head before it", {
        help: 'a block begins with system, bench, optimize or for',
      });
      return undefined;
    }
    const { before, after, blankBefore } = piece;
    const reading: Reading = {
      text: this.source.text,
      tokens: piece.tokens,
      trivia: { before, after, blankBefore },
      bag: this.bag,
      spanOf: (start, end) => this.span(start, end),
    };
    const plan = matchTokens<T>(rule, this.source.text, piece.tokens);
    if (plan === 'too deep') reportTooDeep(this.bag, reading);
    else if ('make' in plan) return plan.make(reading);
    else explainMismatch(plan, reading, rule);
    return undefined;
  }

  private wordOf(piece: Piece): string {
    const first = piece.tokens[0];
    return first === undefined ? '' : this.source.text.slice(first.start, first.end);
  }

  private span(start: number, end: number): Span {
    return { source: this.source, start, end };
  }
}
