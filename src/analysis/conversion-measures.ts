// Measures of converters that convert one value after another, such as incremental ones.

import { mean } from '../numeric/statistics.js';
import { conversionEnob, conversionErrors, conversionFits, type ConversionOptions } from './conversion-enob.js';
import { defineMeasure, type MeasureOption } from './define-measure.js';
import { MeasureError } from './measure-error.js';
import { requireRows, type Waveform } from './waveform.js';

const signals = [
  { name: 'output', doc: 'What the converter says, in the scale of its input.' },
  { name: 'input', doc: 'What was converted.' },
] as const;

const options = {
  range: { unit: 'same', kind: 'number', doc: 'Full range of the input, from its lowest to its highest value; must be given.' },
  frame: { unit: '', kind: 'number', default: 1, doc: 'Rows of one conversion; rows behind the last whole one are left out.' },
  error: {
    unit: '',
    kind: 'choice',
    choices: conversionErrors,
    default: 'rms',
    doc: 'Error of the conversions: log2(range/(sqrt(12)*rms)), or log2(range/2/max).',
  },
  fit: {
    unit: '',
    kind: 'choice',
    choices: conversionFits,
    default: 'none',
    doc: 'What is taken out of the transfer by least squares first: nothing, its offset, or its offset and gain.',
  },
} as const satisfies Readonly<Record<string, MeasureOption>>;

const cites = 'Verdant, Guicquero, Chossat: RCNet, arXiv 2506.16903.';

type Given = Omit<ConversionOptions, 'range'> & { readonly range: number | undefined };

/** The options with what the declaration cannot say. */
function checked(output: Waveform, { range, frame, ...others }: Given): ConversionOptions {
  if (range === undefined) throw new MeasureError("option 'range' is missing", 'give the width of the input range, such as range: 0.5V');
  if (!(range > 0)) throw new MeasureError("option 'range' is not positive");
  if (!(Number.isInteger(frame) && frame > 0)) throw new MeasureError(`option 'frame' is ${frame}, not a number of rows`);
  requireRows(output, 2 * frame);
  return { range, frame, ...others };
}

export const conversionMeasures = [
  defineMeasure({
    name: 'conversion_enob',
    doc: 'Effective number of bits of many conversions, from the errors of one cycle of each: by default the last.',
    cites,
    signals,
    options: {
      ...options,
      cycle: { unit: '', kind: 'number', default: -1, doc: 'Row of each conversion, from 0; negative: from its end, -1 the last.' },
    },
    unit: '',
    take: ([output, input], { cycle, ...given }) => {
      const known = checked(output, given);
      const row = cycle < 0 ? cycle + known.frame : cycle;
      if (!(Number.isInteger(row) && row >= 0 && row < known.frame))
        throw new MeasureError(`option 'cycle' is ${cycle}, no row of a conversion of ${known.frame}`);
      return { value: conversionEnob(output, input, row, known) };
    },
  }),
  defineMeasure({
    name: 'mean_conversion_enob',
    doc: 'Mean over all cycles of a conversion of the effective number of bits that it would have if it ended there: how fast it converges.',
    cites,
    signals,
    options,
    unit: '',
    take: ([output, input], given) => {
      const known = checked(output, given);
      return { value: mean(Float64Array.from({ length: known.frame }, (_, cycle) => conversionEnob(output, input, cycle, known))) };
    },
  }),
];
