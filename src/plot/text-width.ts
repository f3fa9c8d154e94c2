// Estimates how wide text will be in a sans-serif font nobody can measure here: a width class per
// character, on the wide side, so that boxes are never too small. Cuts and wraps text by it.

const narrow = new Set("ijlI|!.,:;'`[](){}ftr/\\ \u00b7");
const wide = new Set('mwMW@%\u2026\u2014');

/** Widths in em: the means of Helvetica, Segoe and DejaVu Sans, rounded up. */
function characterWidthEm(character: string): number {
  if (narrow.has(character)) return 0.38;
  if (wide.has(character)) return 0.95;
  const code = character.codePointAt(0)!;
  if (code >= 0x1100 && isFullWidth(code)) return 1.05;
  return /[A-Z_+=<>\u2212~]/.test(character) ? 0.72 : 0.6;
}

/** Hangul, CJK, full-width forms and emoji take a whole em. */
function isFullWidth(code: number): boolean {
  return (
    code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60) ||
    code >= 0x1f000
  );
}

/** Estimated width in px of one line of text at a font size in px. */
export function estimateTextWidth(text: string, sizePx: number): number {
  let widthEm = 0;
  for (const character of text) widthEm += characterWidthEm(character);
  return widthEm * sizePx;
}

/** Bold text is about this much wider. */
export const boldFactor = 1.14;

/** The text, or its longest start that fits in `widthPx` with an ellipsis. */
export function truncateText(text: string, sizePx: number, widthPx: number): string {
  if (estimateTextWidth(text, sizePx) <= widthPx) return text;
  let kept = '';
  let width = characterWidthEm('\u2026') * sizePx;
  for (const character of text) {
    width += characterWidthEm(character) * sizePx;
    if (width > widthPx) break;
    kept += character;
  }
  return `${kept.trimEnd()}\u2026`;
}

/** Lines of at most `widthPx`, broken at spaces; the last of `maxLines` lines ends with an ellipsis if text is left over. */
export function wrapText(text: string, sizePx: number, widthPx: number, maxLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && estimateTextWidth(longer, sizePx) > widthPx) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length > maxLines) lines.splice(maxLines - 1, lines.length, lines.slice(maxLines - 1).join(' '));
  return lines.map((each) => truncateText(each, sizePx, widthPx));
}
