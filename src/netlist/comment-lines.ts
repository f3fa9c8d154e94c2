// Comment lines as both languages keep them: which blank lines among them say something, and how they print.

import { blankLine, type CommentLine } from './ast.js';

/** Comment lines at the end of a body or file: none but those behind statements begin with a blank line, none end with one. */
export function danglingLines(lines: readonly CommentLine[], isBehindStatements: boolean): CommentLine[] {
  const from = !isBehindStatements && lines[0] === blankLine ? 1 : 0;
  const to = lines[lines.length - 1] === blankLine ? lines.length - 1 : lines.length;
  return lines.slice(from, to);
}

type CommentMark = '//' | '#';

export const commentText = (text: string, mark: CommentMark): string => (text === '' ? mark : `${mark} ${text}`);

/** One line of text each, `indent` blanks before the mark. */
export function layoutComments(lines: readonly CommentLine[], mark: CommentMark, indent: number): string[] {
  const margin = ' '.repeat(indent);
  return lines.map((line) => (line === blankLine ? '' : `${margin}${commentText(line, mark)}`));
}
