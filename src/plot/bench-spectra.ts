// The spectra of a bench's report: one figure for each spectrum that measures were taken from, with the band
// and the tone that the measures found.

import type { Spectrum } from '../analysis/spectrum.js';
import type { BenchResult, TakenMeasure } from '../analysis/run-bench.js';
import { formatQuantity } from '../units/engineering.js';
import type { ReportFigure } from './report.js';
import { spectrumFigure } from './spectrum-figure.js';

/** A band narrower than this part of the axis is shown on a logarithmic axis. */
const narrowBand = 1 / 8;

/** None for benches without spectral measures; measures of one signal taken alike share a figure. */
export function spectrumFigures({ measures }: BenchResult): ReportFigure[] {
  const groups = new Map<string, { spectrum: Spectrum; members: TakenMeasure[] }>();
  for (const measure of measures) {
    const { spectrum, signals, details } = measure;
    if (spectrum === undefined) continue;
    const key = JSON.stringify([signals, spectrum.reference, details?.['freq']?.value, details?.['bandwidth']?.value]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { spectrum, members: [measure] });
    else group.members.push(measure);
  }
  return [...groups.values()].map(({ spectrum, members }) => drawSpectrum(spectrum, members));
}

function drawSpectrum(spectrum: Spectrum, members: readonly TakenMeasure[]): ReportFigure {
  const { powers, freqStepHz, reference } = spectrum;
  const { signals, details = {} } = members[0]!;
  const toneHz = details['freq']?.value;
  const bandHz = details['bandwidth']?.value;
  const level = details['signal_dbfs']?.value;
  const highestHz = (powers.length - 1) * freqStepHz;
  const figures = members.map(({ name, value, unit }) => `${name} = ${formatQuantity(value, unit)}`).join(', ');
  const tone =
    toneHz === undefined
      ? ''
      : `tone ${formatQuantity(toneHz, 'Hz', 6)}${level === undefined ? '' : `, ${formatQuantity(level, '', 3)} dBFS`}`;
  const svg = spectrumFigure({
    title: '',
    freqHzStep: freqStepHz,
    powersDb: powers.map((power) => 10 * Math.log10(power)),
    bandHz: bandHz === undefined ? undefined : [0, bandHz],
    marks: toneHz === undefined ? [] : [{ freqHz: toneHz, label: tone }],
    logX: bandHz !== undefined && bandHz < narrowBand * highestHz,
  });
  const band = bandHz === undefined ? '' : ` Shaded: the band up to ${formatQuantity(bandHz, 'Hz')}.`;
  return {
    title: `Spectrum of ${signals.join(', ')} for ${members.map(({ name }) => name).join(', ')}`,
    svg,
    caption: `${figures}. ${reference}.${band}`,
  };
}
