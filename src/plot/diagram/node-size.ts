// How large a node is drawn and where its ports are: from its text, wrapped and cut, and its ports.

import { boldFactor, estimateTextWidth, truncateText, wrapText } from '../text-width.js';
import type { DiagramNode } from './diagram.js';

export const labelPx = 12;
export const detailPx = 10;
export const portPx = 9;
export const labelLinePx = 16;
export const detailLinePx = 12.5;

/** A node with its text as drawn; port heights are measured from the top. */
export interface NodeSize {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly details: readonly string[];
  /** Port names as drawn, '' where the node shows none. */
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Width in px on the left and right that port names take. */
  readonly inputPx: number;
  readonly outputPx: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const mostLabelPx = 190;
const mostDetailPx = 170;
const mostDetailLines = 4;
const mostPortPx = 70;
const portPitchPx = 16;
const paddingPx = 10;
/** Monospaced text: 0.62 em a character. */
const monoEm = 0.62;

export function measureNode(node: DiagramNode): NodeSize {
  const isTerminal = node.kind === 'input' || node.kind === 'output';
  const isExpression = node.kind === 'expression';
  const [formula = '', ...more] = isExpression ? wrapMono(node.label) : [];
  const label = isExpression ? formula : truncateText(node.label, labelPx * boldFactor, mostLabelPx);
  const labelWidth = isExpression ? [...label].length * labelPx * monoEm : estimateTextWidth(label, labelPx * boldFactor);
  const details = isExpression ? more : node.detail ? wrapText(node.detail, detailPx, mostDetailPx, mostDetailLines) : [];
  // One port needs no name, and the names of an expression's inputs stand in its text.
  const names = (ports: readonly string[]): string[] =>
    ports.map((port) => (isTerminal || isExpression || ports.length < 2 ? '' : truncateText(port, portPx, mostPortPx)));
  const inputNames = names(node.inputs);
  const outputNames = names(node.outputs);
  const widest = (texts: readonly string[], sizePx: number): number =>
    texts.reduce((width, text) => Math.max(width, estimateTextWidth(text, sizePx)), 0);
  const side = (texts: readonly string[]): number => (texts.some((text) => text !== '') ? widest(texts, portPx) + 6 : 0);
  const inputPx = side(inputNames);
  const outputPx = side(outputNames);
  const detailWidth = isExpression ? Math.max(0, ...more.map((line) => [...line].length * detailPx * monoEm)) : widest(details, detailPx);
  const textWidth = Math.max(labelWidth, detailWidth);
  const textHeight = labelLinePx + details.length * detailLinePx;
  const ports = Math.max(node.inputs.length, node.outputs.length);
  const height = Math.max(textHeight + (isTerminal ? 8 : 14), ports * portPitchPx + 8, node.kind === 'register' ? 40 : 0);
  // The tip of an input or output tag, and the round ends of a source, take room from the text.
  const tip = isTerminal ? 10 : node.kind === 'source' ? 8 : 0;
  const width = Math.max(44, textWidth + inputPx + outputPx + 2 * paddingPx + tip);
  const spread = (count: number): number[] => Array.from({ length: count }, (_, i) => height / 2 + (i - (count - 1) / 2) * portPitchPx);
  return {
    width: Math.ceil(width),
    height,
    label,
    details,
    inputNames,
    outputNames,
    inputPx,
    outputPx,
    inputs: spread(node.inputs.length),
    outputs: spread(node.outputs.length),
  };
}

/** A long formula goes on in smaller lines below the first; the last may be cut. */
function wrapMono(text: string): string[] {
  const most = Math.floor(mostLabelPx / (labelPx * monoEm));
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '' || line.length + 1 + word.length <= most || lines.length > mostDetailLines)
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map(truncateMono);
}

function truncateMono(text: string): string {
  const characters = [...text];
  const most = Math.floor(mostLabelPx / (labelPx * monoEm));
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}\u2026`;
}
