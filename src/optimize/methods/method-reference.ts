// The reference page of all methods as Markdown, generated from their definitions.

import type { MethodDefinition, MethodOption } from './define-method.js';
import { methods } from './methods.js';
import { rangeText } from './prepare-method.js';

const needText = {
  gradient: 'Asks for gradients.',
  loss: 'Asks for losses alone.',
  residuals: 'Asks for residuals and their derivatives.',
} as const;

/** The text of docs/methods.md. */
export function methodReference(): string {
  return [
    '# Methods',
    '',
    'Generated from the definitions in `src/optimize/methods` by `node dist/generate.node.js`. Do not edit.',
    '',
    'An optimization names a method and its options: `method adam(rate: 0.003, steps: 1000)`. Options are numbers without a unit, or words.',
    'All methods keep the coordinates within their bounds and leave those at rate 0 alone. A loss or a gradient that is not finite ends a',
    'method at the point where it stands; at a point that it merely tries, it counts as too high.',
    '',
    ...[...methods.values()].flatMap(methodSection),
  ].join('\n');
}

function methodSection({ name, doc, cites, needs, options }: MethodDefinition): string[] {
  return [`## ${name}`, '', `${doc} ${needText[needs]}`, '', ...optionRows(options), `Source: ${cites}`, ''];
}

const optionRows = (options: Readonly<Record<string, MethodOption>>): string[] => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = ['Option', 'Values', 'Default', 'Meaning'];
  const body = Object.entries(options).map(([name, option]) =>
    line([`\`${name}\``, valuesText(option), option.default === undefined ? '' : String(option.default), option.doc]),
  );
  return [line(head), line(head.map(() => '---')), ...body, ''];
};

function valuesText(option: MethodOption): string {
  if (option.kind === 'choice') return option.choices.map((choice) => `\`${choice}\``).join(', ');
  const range = rangeText(option);
  return `${option.kind === 'whole' ? 'whole number' : 'number'}${range === '' ? '' : `, ${range}`}`;
}
