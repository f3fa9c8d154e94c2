// Sources: pure functions of time, evaluated at the event that reads them.

import { add, addAll, eq, floor, ge, load, mul, real, select, sin, sub, tick, time, toInt } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { DataRef } from '../ir/types.js';
import { upsample } from '../io/resample.js';
import type { Samples } from '../io/samples.js';
import { choice, defineBlock, integer, port, samples, tunable, tunables } from './define.js';

/** What a source of time may be connected to: how much later than the event its value is taken. */
const shiftPort = { shift: port('s', 'Added to the time, such as the jitter of the sampling.', { default: 0 }) };

/** Where there is no shift, its addition leaves no arithmetic. */
const shifted = (x: Expr, shift: Expr, moved: Expr): Expr => select(eq(shift, 0), x, moved);
const timeAfter = (shift: Expr): Expr => shifted(time(), shift, add(time(), shift));

/** Whole cycles are dropped exactly. */
const fraction = (cycles: Expr): Expr => sub(cycles, floor(cycles));

/** sin(2 pi freq (t + shift) + phase); cycles of the time and of the shift are added as fractions, so that a small shift keeps its digits. */
function sineOf(freq: Expr, shift: Expr, phase: Expr): Expr {
  const cycles = fraction(mul(freq, time()));
  return sin(add(mul(shifted(cycles, shift, fraction(add(cycles, mul(freq, shift)))), 2 * Math.PI), phase));
}

const dc = defineBlock({
  type: 'dc',
  doc: 'Constant value.',
  equation: 'out = value',
  example: 'x = dc(value: 0.25V)',
  inputs: {},
  outputs: { out: port('*', 'The value.') },
  params: { value: tunable(undefined, 'The value.', { unit: '*' }) },
  step: (_, __, p) => ({ out: p.value }),
});

const step = defineBlock({
  type: 'step',
  doc: 'One value before an instant, another from it on.',
  equation: 'out = t + shift < at ? before : after',
  example: 'x = step(before: 0V, after: 1V, at: 10us)',
  inputs: shiftPort,
  outputs: { out: port('*', 'The value at this time.') },
  params: {
    before: tunable(0, 'Value before the step.', { unit: '*' }),
    after: tunable(1, 'Value from the step on.', { unit: '*' }),
    at: tunable(0, 'Time of the step.', { unit: 's' }),
  },
  step: ({ shift }, _, p) => ({ out: select(ge(timeAfter(shift), p.at), p.after, p.before) }),
});

const ramp = defineBlock({
  type: 'ramp',
  doc: 'Straight line in time.',
  equation: 'out = offset + slope * (t + shift)',
  example: 'x = ramp(slope: 1000)',
  inputs: shiftPort,
  outputs: { out: port('any', 'The value at this time.') },
  params: {
    slope: tunable(1, 'Change per second.', { unit: 'any' }),
    offset: tunable(0, 'Value at t = 0.', { unit: 'any' }),
  },
  step: ({ shift }, _, p) => ({ out: add(p.offset, mul(p.slope, timeAfter(shift))) }),
});

const sine = defineBlock({
  type: 'sine',
  doc: 'Sine wave. In a bench its frequency is moved to the nearest one that fits a whole number of periods into the run, unless `coherent` is `no`.',
  equation: 'out = offset + amplitude * sin(2*pi*freq*(t + shift) + phase)',
  example: 'x = sine(freq: 1kHz, amplitude: 0.5V)',
  inputs: shiftPort,
  outputs: { out: port('*', 'The value at this time.') },
  params: {
    freq: tunable(undefined, 'Frequency.', { unit: 'Hz', min: 0 }),
    amplitude: tunable(1, 'Peak value around the offset.', { unit: '*' }),
    offset: tunable(0, 'Mean value.', { unit: '*' }),
    phase: tunable(0, 'Phase at t = 0 (rad, or 90deg).'),
    coherent: choice(['yes', 'no'], 'yes', 'Whether a bench may move the frequency to a coherent one.'),
  },
  step: ({ shift }, _, p) => ({ out: add(p.offset, mul(p.amplitude, sineOf(p.freq, shift, p.phase))) }),
});

const multitone = defineBlock({
  type: 'multitone',
  doc: 'Sum of sine waves; frequencies are made coherent as those of `sine` are.',
  equation: 'out = offset + sum_i amplitudes[i] * sin(2*pi*freqs[i]*(t + shift) + phases[i])',
  example: 'x = multitone(freqs: [1kHz, 1.5kHz, 2kHz], amplitudes: [1V, 1V, 1V], offset: 1.5V)',
  inputs: shiftPort,
  outputs: { out: port('*', 'The value at this time.') },
  params: {
    freqs: tunables(undefined, 'Frequencies.', 'Hz'),
    amplitudes: tunables(undefined, 'Peak values, one for each frequency.', '*'),
    phases: tunables([], 'Phases at t = 0; none means 0 for all.'),
    offset: tunable(0, 'Mean value.', { unit: '*' }),
    coherent: choice(['yes', 'no'], 'yes', 'Whether a bench may move the frequencies to coherent ones.'),
  },
  check: (shapes) => {
    const count = shapes.length('freqs');
    if (shapes.length('amplitudes') !== count) return `${count} frequencies need as many amplitudes, not ${shapes.length('amplitudes')}`;
    const phases = shapes.length('phases');
    return phases === 0 || phases === count ? undefined : `${count} frequencies need as many phases or none, not ${phases}`;
  },
  step: ({ shift }, _, p) => {
    const tones = p.freqs.map((freq, i) => mul(p.amplitudes[i]!, sineOf(freq, shift, p.phases[i] ?? real(0))));
    return { out: add(p.offset, addAll(tones)) };
  },
});

/** Value of the sampled channel at time t + shift, by zero-order hold or on straight lines; the ends are held. */
function interpolate(data: DataRef, rateHz: number, hold: boolean, shift: Expr): Expr {
  const position = mul(timeAfter(shift), rateHz);
  // t * rate may round to just below the whole number it is: a sample counts as reached a millionth of a period early.
  if (hold) return load(data, toInt(floor(add(position, 1e-6))));
  const index = toInt(floor(position));
  const next = load(data, toInt(floor(add(position, 1))));
  const here = load(data, index);
  return add(here, mul(sub(next, here), sub(position, floor(position))));
}

function sampledChannel(file: Samples, channel: number, interpolation: string, path: string, shift: Expr): Expr {
  const values = file.channels[channel - 1]!;
  // One sample a tick: no arithmetic on time.
  if (file.clock !== undefined) return load({ kind: 'data', name: `${path}.samples`, values }, toInt(tick(file.clock)));
  const factor = interpolation === 'sinc' ? 16 : 1;
  const data: DataRef = { kind: 'data', name: `${path}.samples`, values: factor === 1 ? values : upsample(values, factor) };
  return interpolate(data, file.rateHz * factor, interpolation === 'hold', shift);
}

const interpolations = ['sinc', 'linear', 'hold'] as const;

function sampledSource<const F extends 'wav' | 'csv'>(format: F, doc: string, example: string) {
  return defineBlock({
    type: format,
    doc,
    equation: 'out = offset + gain * samples(t + shift)',
    example,
    inputs: shiftPort,
    outputs: { out: port('*', 'The value at this time; the ends of the file are held.') },
    params: {
      file: samples(format, 'Path of the file, relative to the netlist.'),
      channel: integer(1, 'Channel or column, from 1.', { min: 1, max: 65536 }),
      gain: tunable(1, 'What a sample of 1 becomes.', { unit: '*' }),
      offset: tunable(0, 'Added to the samples.', { unit: '*' }),
      interpolation: choice(
        interpolations,
        'sinc',
        'Between samples: `sinc` (band-limited: 16 times oversampled by a windowed sinc, then straight lines), `linear` or `hold`.',
      ),
    },
    check: (shapes) => {
      const count = shapes.samples('file').channels.length;
      return shapes.integer('channel') <= count ? undefined : `the file has ${count} channel${count === 1 ? '' : 's'}`;
    },
    step: ({ shift }, _, p, context) => {
      const value = sampledChannel(p.file as Samples, p.channel, p.interpolation, context.path, shift);
      return { out: add(p.offset, mul(p.gain, value)) };
    },
  });
}

const wav = sampledSource(
  'wav',
  'Recording from a WAV file; full scale is 1.',
  'x = wav(file: "data/speech.wav", gain: 0.5V, offset: 1.5V)',
);
const csv = sampledSource(
  'csv',
  'Column of a CSV file; a column `t` or `time` in seconds gives the rate, and the other columns are counted from 1.',
  'x = csv(file: "data/step.csv", interpolation: "linear")',
);

export const sources = { title: 'Sources', blocks: [dc, step, ramp, sine, multitone, wav, csv] };
