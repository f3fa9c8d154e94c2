// Parses YAML text into the nodes of one document, with its comments. Anchors, aliases, tags and directives
// are refused: netlists need none, and they are how YAML blows up. It knows nothing of netlists.

import { Composer, CST, Lexer, Parser, type ParsedNode, type YAMLError } from 'yaml';
import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { SourceText } from '../../diagnostics/span.js';
import { largestText } from '../loom/limits.js';
import type { Comment } from './comments.js';
import { syntaxMessages } from './syntax-messages.js';

export interface YamlDocument {
  /** Null for a text without content. */
  readonly root: ParsedNode | null;
  readonly comments: readonly Comment[];
}

const refused: ReadonlyMap<string, string> = new Map([
  ['anchor', 'an anchor'],
  ['alias', 'an alias'],
  ['tag', 'a tag'],
]);
/** Mappings and lists within each other, those of the outer shape included. */
const deepestNesting = 200;
const mostErrors = 100;

/** Undefined if the text is no sound YAML; the reasons are in the bag (DL104, DL106). */
export function parseDocument(source: SourceText, bag: DiagnosticBag): YamlDocument | undefined {
  const { text } = source;
  if (text.length > largestText) {
    bag.error('DL106', { source, start: 0, end: 0 }, `text has more than ${largestText} characters`, {
      help: 'split it into files and import them',
    });
    return undefined;
  }
  const problems = new DiagnosticCounter(source, bag);
  const comments: Comment[] = [];
  const tokens = readTokens(text, problems, comments);
  if (tokens === undefined) return undefined;

  // Names are checked for duplicates by the reader: the composer compares every pair of keys.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent' });
  let root: ParsedNode | null = null;
  let documents = 0;
  for (const document of composer.compose(tokens, true, text.length)) {
    for (const error of document.errors) {
      const [start, end] = placeOf(error, text);
      const { message, help } = syntaxMessages[error.code](text.slice(start, end).split('\n')[0]!.slice(0, 40), error.message);
      problems.report(start, end, message, help);
    }
    if (++documents === 1) root = document.contents as ParsedNode | null;
    else if (documents === 2) problems.report(document.range[0], document.range[0] + 3, ...split());
  }
  return problems.count > 0 ? undefined : { root, comments };
}

/** Where an error is shown: wrong indentation at what is indented, an escape with the character behind it. */
function placeOf({ code, pos }: YAMLError, text: string): [number, number] {
  const [start, end] = pos;
  if (code === 'BAD_DQ_ESCAPE') return [start, Math.max(end, start + 2)];
  if (code !== 'BAD_INDENT') return [start, end];
  const blanks = /^[ \t]*/.exec(text.slice(start, start + 1000))![0].length;
  return [start + blanks, Math.max(end, start + blanks + 1)];
}

function split(): [string, string] {
  const { message, help } = syntaxMessages.MULTIPLE_DOCS('', '');
  return [message, help!];
}

/** Lexes and parses to the parser's tokens, while it counts levels; undefined when it gave up. */
function readTokens(text: string, problems: DiagnosticCounter, comments: Comment[]): CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let offset = 0;
  let isScalar = false;
  let brackets = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const type: CST.TokenType | null = isScalar ? null : CST.tokenType(lexeme);
    isScalar = type === 'scalar';
    // The marks of the lexer for the start of a scalar and of a document are no text.
    const length = type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end' ? 0 : lexeme.length;
    const end = offset + length;
    if (type === 'comment') comments.push(commentAt(text, offset, end));
    else if (type === 'directive-line') reportDirective(offset, end, problems);
    else if (type !== null && refused.has(type)) refuse(type, lexeme, offset, end, problems);
    else if (type === 'flow-map-start' || type === 'flow-seq-start') brackets++;
    else if (type === 'flow-map-end' || type === 'flow-seq-end') {
      if (--brackets < 0) {
        problems.report(offset, end, `'${lexeme}' closes nothing`, 'remove it, or quote the text that holds it');
        return undefined;
      }
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
    offset = end;
    if (parser.stack.length > deepestNesting) {
      problems.reportDepth(offset);
      return undefined;
    }
    if (problems.count >= mostErrors) return undefined;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function reportDirective(start: number, end: number, problems: DiagnosticCounter): void {
  const { message, help } = syntaxMessages.BAD_DIRECTIVE('', '');
  problems.report(start, end, message, help);
}

function refuse(type: string, lexeme: string, start: number, end: number, problems: DiagnosticCounter): void {
  const help =
    type === 'anchor'
      ? 'write the value where it is used'
      : type === 'alias'
        ? "quote an expression that starts with '*'"
        : "quote an expression that starts with '!'";
  problems.report(start, end, `${refused.get(type)!} (${lexeme.slice(0, 40)}) is not allowed in a netlist`, help);
}

function commentAt(text: string, start: number, end: number): Comment {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const isOwnLine = /^\s*$/.test(text.slice(lineStart, start));
  return {
    text: text
      .slice(start + 1, end)
      .replace(/^ /, '')
      .trimEnd(),
    start,
    end,
    column: start - lineStart,
    isOwnLine,
  };
}

/** Reports at most a hundred problems, each place once. */
class DiagnosticCounter {
  count = 0;
  private readonly source: SourceText;
  private readonly bag: DiagnosticBag;
  private readonly starts = new Set<number>();

  constructor(source: SourceText, bag: DiagnosticBag) {
    this.source = source;
    this.bag = bag;
  }

  report(start: number, end: number, message: string, help?: string): void {
    if (this.starts.has(start) || this.count >= mostErrors) return;
    this.starts.add(start);
    this.count++;
    this.bag.error('DL104', { source: this.source, start, end: Math.max(start, Math.min(end, this.source.text.length)) }, message, {
      help,
    });
  }

  reportDepth(offset: number): void {
    this.count++;
    this.bag.error('DL106', { source: this.source, start: offset - 1, end: offset }, `values are nested more than ${deepestNesting} deep`);
  }
}
