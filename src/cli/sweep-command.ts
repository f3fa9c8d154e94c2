// A sweep's arguments again, for its manifest: those that decide its numbers, in one order.

import type { SweepOptions } from './sweep.js';

/** The verb and its arguments, not quoted. Where an axis is sampled, the number of samples is always said. */
export function sweepCommand(file: string, options: SweepOptions, isSampled: boolean): string[] {
  const { bench, system, set, ideal, vary, ticks, runs, sampling, seed, precision } = options;
  const one = (flag: string, value: string | number | undefined, usual?: string | number): string[] =>
    value === undefined || value === usual ? [] : [flag, String(value)];
  const pairs = (flag: string, given: ReadonlyMap<string, string>): string[] =>
    [...given].flatMap(([name, value]) => [flag, `${name}=${value}`]);
  return [
    'sweep',
    file,
    ...one('--bench', bench),
    ...one('--system', system),
    ...pairs('--set', set),
    ...pairs('--in', options.in),
    ...(ideal === undefined ? [] : ['--ideal', ...(ideal === true ? [] : [ideal.join(',')])]),
    ...pairs('--vary', vary),
    ...one('--ticks', ticks),
    ...one('--runs', runs, isSampled ? undefined : 1),
    ...one('--sampling', sampling, 'random'),
    ...one('--seed', seed, 0),
    ...one('--precision', precision, 'f64'),
    ...(precision === 'f32' ? one('--backend', options.backend) : []),
  ];
}
