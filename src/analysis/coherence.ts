// Is a tone coherent with its record: does the record hold a whole number of its periods? If not, its power
// leaks out of the bins that count as signal, and bin methods take the leak for noise.

import type { Code } from '../diagnostics/codes.js';
import { leakedShare } from '../numeric/windows.js';
import { formatQuantity } from '../units/engineering.js';
import { spectrum } from './spectrum.js';
import type { Spectrum } from './spectrum.js';
import type { Waveform } from './waveform.js';

export interface CoherenceWarning {
  readonly code: Code;
  readonly message: string;
  readonly help: string;
}

/**
 * How far, in bins, the tone near bin `bin` lies off it: -0.5 .. 0.5. Three bins of a Hann spectrum, whose ratio does not
 * depend on amplitude or phase (Agrez, IEEE Trans. Instrum. Meas. 51, 2002). Undefined within three bins of the ends,
 * where the tone meets its own image.
 */
export function toneOffsetBins(hann: Spectrum, bin: number): number | undefined {
  if (bin < 3 || bin > hann.powers.length - 4) return undefined;
  const [below, at, above] = [bin - 1, bin, bin + 1].map((k) => Math.sqrt(hann.powers[k]!)) as [number, number, number];
  const offset = (2 * (above - below)) / (below + 2 * at + above);
  return Number.isFinite(offset) ? offset : undefined;
}

/** Offset that is reported whatever its effect, when the frequency is known beforehand. */
const largestOffsetBins = 0.01;
/** Leak that is tolerated, as a share of the noise that was measured: it changes the figure by 0.04 dB. */
const largestLeak = 0.01;

/**
 * Standard deviation of the estimated offset is 0.74 sqrt(noise / bins) for white noise of that power relative to the tone
 * over so many bins; an estimate below five of them may be a coherent tone.
 */
const doubt = 5 * 0.74;

/**
 * Warns when the tone at `bin` leaks more than noise of power `noiseShare` (relative to the tone) over `bins` bins
 * hides. `freqHz` is the frequency of the tone if it is known, else its offset is estimated.
 */
export function checkCoherence(
  wave: Waveform,
  measured: Spectrum,
  bin: number,
  noiseShare: number,
  bins: number,
  freqHz: number | undefined,
): CoherenceWarning | undefined {
  const hann = measured.window === 'hann' ? measured : spectrum(wave, { window: 'hann' });
  const known = freqHz === undefined ? undefined : freqHz / measured.freqStepHz - bin;
  const offset = known ?? toneOffsetBins(hann, bin);
  if (offset === undefined) return undefined;
  if (known === undefined && Math.abs(offset) < doubt * Math.sqrt(noiseShare / bins)) return undefined;
  const leaks = leakedShare(measured.window, offset) > largestLeak * noiseShare;
  if (!leaks && !(known !== undefined && Math.abs(known) > largestOffsetBins)) return undefined;
  const periods = formatQuantity(bin + offset, '', 7);
  return {
    code: 'DL504',
    message: `tone of '${wave.name}' is not coherent with the record: ${periods} periods in ${measured.nfft} rows`,
    help: `make its frequency ${bin} periods in ${measured.nfft} rows (${formatQuantity(bin * measured.freqStepHz, 'Hz', 8)}), or fit it with tone_sndr`,
  };
}
