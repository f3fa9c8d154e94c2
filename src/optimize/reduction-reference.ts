// The reference page of all objectives as Markdown, generated from the reductions.

import { optionRows } from '../analysis/measure-reference.js';
import { commonReductionOptions, reductions, type Reduction } from './reductions.js';

/** The text of docs/objectives.md. */
export function reductionReference(): string {
  return [
    '# Objectives',
    '',
    'Generated from the definitions in `src/optimize/reductions.ts` by `node dist/generate.node.js`. Do not edit.',
    '',
    'An objective of an optimization makes one number, in the unit of the signal, of one signal in all lanes of a batch:',
    '`objective error = rms(y - u)`. What a sample costs is said by [blocks](blocks.md#losses), such as `skim_loss`. All objectives of one',
    'signal have these options:',
    '',
    ...optionRows(commonReductionOptions),
    ...[...reductions.values()].flatMap(reductionSection),
  ].join('\n');
}

const reductionSection = ({ name, doc, cites, options }: Reduction): string[] => [
  `## ${name}`,
  '',
  doc,
  '',
  ...optionRows(options),
  ...(cites === undefined ? [] : [`Source: ${cites}`, '']),
];
