// What the tests need to know of a Markdown page: its fenced blocks, its links and the anchors of its
// headings as code hosts make them. It is no renderer.

export interface FencedBlock {
  /** First word after the fence, such as `loom`; '' without one. */
  readonly language: string;
  readonly text: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** From `<!-- file: my.loom -->` above the fence. */
  readonly file: string | undefined;
  /** From `expect-errors` after the language: the page is about what is wrong with it. */
  readonly expectsErrors: boolean;
}

export interface Link {
  readonly target: string;
  readonly line: number;
}

export interface MarkdownPage {
  readonly blocks: readonly FencedBlock[];
  readonly links: readonly Link[];
  readonly anchors: ReadonlySet<string>;
}

const opening = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)\s*([^`]*)$/;
const fileComment = /^<!--\s*file:\s*(\S+)\s*-->$/;
const inlineTarget = /\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const referenceTarget = /^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/g;
const htmlTarget = /<(?:a|img)\b[^>]*?\b(?:href|src)="([^"]+)"/g;
const htmlAnchor = /<a\b[^>]*?\b(?:id|name)="([^"]+)"/g;

/** Throws an Error that names the line of a fence that nothing closes. */
export function readMarkdown(text: string): MarkdownPage {
  const lines = text.split(/\r?\n/);
  const blocks: FencedBlock[] = [];
  const links: Link[] = [];
  const anchors = new Set<string>();
  for (let i = 0; i < lines.length; i++) {
    const fence = opening.exec(lines[i]!);
    if (fence !== null) {
      const end = findClosing(lines, i, fence[1]!);
      const comment = fileComment.exec(
        lines
          .slice(0, i)
          .findLast((line) => line.trim() !== '')
          ?.trim() ?? '',
      );
      blocks.push({
        language: fence[2]!,
        text: lines
          .slice(i + 1, end)
          .map((line) => `${line}\n`)
          .join(''),
        line: i + 1,
        file: comment?.[1],
        expectsErrors: fence[3]!.trim() === 'expect-errors',
      });
      i = end;
      continue;
    }
    const prose = lines[i]!.replace(/`+[^`]*`+/g, '');
    for (const pattern of [inlineTarget, referenceTarget, htmlTarget]) {
      for (const match of prose.matchAll(pattern)) links.push({ target: match[1]!, line: i + 1 });
    }
    for (const match of prose.matchAll(htmlAnchor)) anchors.add(match[1]!);
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(lines[i]!)?.[1];
    if (heading !== undefined) addAnchor(anchors, heading);
  }
  return { blocks, links, anchors };
}

function findClosing(lines: readonly string[], start: number, fence: string): number {
  const closing = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}\\s*$`);
  const end = lines.findIndex((line, i) => i > start && closing.test(line));
  if (end < 0) throw new Error(`the fence of line ${start + 1} is not closed`);
  return end;
}

/** Lower case, words joined by hyphens, no other marks; a repeated heading gets a number. */
function addAnchor(anchors: Set<string>, heading: string): void {
  const plain = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<[^>]+>/g, '');
  const slug = plain
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-');
  let anchor = slug;
  for (let repeat = 1; anchors.has(anchor); repeat++) anchor = `${slug}-${repeat}`;
  anchors.add(anchor);
}
