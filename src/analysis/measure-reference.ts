// The reference page of all measures as Markdown, generated from their definitions.

import { commonOptions, type MeasureDefinition, type MeasureOption } from './define-measure.js';
import { measures } from './measures.js';

/** The text of docs/measures.md. */
export function measureReference(): string {
  return [
    '# Measures',
    '',
    'Generated from the definitions in `src/analysis` by `node dist/generate.node.js`. Do not edit.',
    '',
    'A measure of a bench takes recorded signals and named options: `measure sndr(v, bandwidth: 10kHz)`. All measures have these options:',
    '',
    ...optionRows(commonOptions),
    ...[...measures.values()].flatMap(measureSection),
  ].join('\n');
}

function measureSection({ name, doc, cites, signals, options, unit }: MeasureDefinition): string[] {
  return [
    `## ${name}`,
    '',
    `${doc} Result: ${unit === 'same' ? 'in the unit of the first signal' : unit === '' ? 'a plain number' : `in ${unit}`}.`,
    '',
    ...rows(
      ['Signal', 'Meaning'],
      signals.map((signal) => [`\`${signal.name}\``, signal.doc]),
    ),
    ...optionRows(options),
    ...(cites === undefined ? [] : [`Source: ${cites}`, '']),
  ];
}

export const optionRows = (options: Readonly<Record<string, MeasureOption>>): string[] =>
  rows(
    ['Option', 'Unit', 'Default', 'Meaning'],
    Object.entries(options).map(([name, option]) => [
      `\`${name}\``,
      unitText(option),
      option.default === undefined ? '' : String(option.default),
      option.doc,
    ]),
  );

function unitText({ kind, unit, choices }: MeasureOption): string {
  if (kind === 'choice') return (choices ?? []).map((choice) => `\`"${choice}"\``).join(', ');
  const one = unit === 'same' ? "the first signal's" : unit;
  return kind === 'numbers' ? `list, ${one}` : one;
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string[] {
  if (body.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line), ''];
}
