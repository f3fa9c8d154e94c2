// Values of a YAML text before they are laid out, and their layout: flow style where a line holds it. It
// quotes what YAML would read as something else.

import { widestLine } from '../loom/print-expression.js';

/** An expression, literal text, a list, a mapping, or null. */
export type YamlValue = string | Literal | null | readonly YamlValue[] | ReadonlyMap<string, YamlValue>;
/** Text that is no expression, such as a path: `1` and `true` are quoted in it. */
export interface Literal {
  readonly text: string;
}

type Scalar = string | Literal | null;
const isList = (value: YamlValue): value is readonly YamlValue[] => Array.isArray(value);
const isMatrix = (value: YamlValue): value is readonly (readonly YamlValue[])[] => isList(value) && value.every(isList);
const isScalar = (value: YamlValue): value is Scalar => !isList(value) && !(value instanceof Map);

/** A value on one line, in brackets if it has parts. */
export function flowText(value: YamlValue): string {
  if (isScalar(value)) return scalarText(value, true);
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  return `{${[...(value as ReadonlyMap<string, YamlValue>)].map(([key, part]) => `${keyText(key)}: ${flowText(part)}`).join(', ')}}`;
}

/** A key; one with brackets is quoted as in flow style, so that it looks the same everywhere. */
export const keyText = (key: string): string => scalarText(key, true);

/** Whether YAML reads the key only behind a `?`: its `:` is more than 1024 characters away. */
export const isLongKey = (key: string): boolean => keyText(key).length > 1024;

/** What YAML reads as a number or a truth value; the spellings of truth that no expression has come first. */
const foreignTruth = /^(?:True|TRUE|False|FALSE)$/;
const numberOrTruth =
  /^(?:true|false|[-+]?(?:\d[\d.]*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|\.(?:inf|Inf|INF))|0[xo][\da-fA-F]+|\.(?:nan|NaN|NAN))$/;

/** A scalar, quoted where it must be. */
export function scalarText(value: Scalar, inFlow: boolean): string {
  if (value === null) return 'null';
  const text = typeof value === 'string' ? value : value.text;
  // Beyond printable characters only the escapes of double quotes will do.
  if (/[^\x20-\x7e\u00a0-\u2027\u2030-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) return JSON.stringify(text);
  const isOther = foreignTruth.test(text) || (typeof value !== 'string' && numberOrTruth.test(text));
  return !isOther && isPlain(text, inFlow) ? text : `'${text.replaceAll("'", "''")}'`;
}

function isPlain(text: string, inFlow: boolean): boolean {
  if (!/^(?:[^\s\-?:,[\]{}#&*!|>'"%@`~]|-[^\s-])/.test(text) || /\s$/.test(text)) return false;
  if (/:(?:\s|$)|\s#/.test(text) || (inFlow && /[,[\]{}]/.test(text))) return false;
  return !/^(?:null|Null|NULL|<<)$/.test(text);
}

/** Lines of an entry of a mapping, its value `width` columns behind the start of its key or further. */
export function layoutPair(key: string, value: YamlValue, indent: number, comment: string, width = 0): string[] {
  if (!isLongKey(key)) return layoutEntry(`${keyText(key)}: `.padEnd(width), value, indent, comment);
  return [`${' '.repeat(indent)}? ${keyText(key)}${comment}`, ...layoutEntry(': ', value, indent, '')];
}

/**
 * Lines of `lead` and a value, the first at `indent`: on one line if it fits, else a list over filled lines, and a
 * mapping or the rows of a matrix with a line for each. The comment goes behind the key, or behind the end of an entry without one.
 */
export function layoutEntry(lead: string, value: YamlValue, indent: number, comment: string): string[] {
  const margin = ' '.repeat(indent);
  const flow = isScalar(value) ? scalarText(value, false) : flowText(value);
  const line = `${margin}${lead}${flow}`;
  if (isScalar(value) || line.length <= widestLine || flow.length === 2) return [line + comment];
  if (isMatrix(value) && lead !== '- ') {
    return [margin + lead.trimEnd() + comment, ...value.flatMap((row) => layoutEntry('- ', row, indent + 2, ''))];
  }
  const lines = isList(value)
    ? fillList(`${margin}${lead}`, value, indent + 2)
    : pairLines(value as ReadonlyMap<string, YamlValue>, indent + 2);
  if (!isList(value) && lead !== '- ') return [margin + lead.trimEnd() + comment, ...lines];
  lines[lines.length - 1] += comment;
  if (!isList(value)) lines[0] = `${margin}- ${lines[0]!.trimStart()}`;
  return lines;
}

function pairLines(pairs: ReadonlyMap<string, YamlValue>, indent: number): string[] {
  return [...pairs].flatMap(([key, part]) => layoutPair(key, part, indent, ''));
}

function fillList(start: string, items: readonly YamlValue[], indent: number): string[] {
  const lines = [`${start}[`];
  for (const [i, item] of items.entries()) {
    const part = `${flowText(item)}${i < items.length - 1 ? ',' : ']'}`;
    const line = lines[lines.length - 1]!;
    const isFresh = line.endsWith('[') && i === 0;
    if (isFresh || line.length + 1 + part.length <= widestLine) lines[lines.length - 1] = isFresh ? line + part : `${line} ${part}`;
    else lines.push(' '.repeat(indent) + part);
  }
  return lines;
}
