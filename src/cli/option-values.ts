// Values of options as commander reads them, for several verbs.

import { InvalidArgumentError, Option } from 'commander';
import { effects, isEffect, type Effect } from '../blocks/effects.js';
import type { Shard } from '../campaign/shards.js';
import { waveFormatOf } from './wave-file.js';

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d[\d_]*$/.test(text) ? Number(text.replaceAll('_', '')) : NaN;
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`It has to be a whole number from ${least} to ${most}.`);
    return value;
  };
}

export const complainOfRecording = (path: string): string | undefined =>
  /\.(wav|csv)$/i.test(path) ? undefined : 'The file has to end in .wav or .csv.';

export function collectWave(path: string, paths: readonly string[]): string[] {
  if (waveFormatOf(path) === undefined) throw new InvalidArgumentError('It has to end in .csv, .npz or .wav.');
  return [...paths, path];
}

/** `3/8`: part 3 of 8. */
export function readShard(text: string): Shard {
  const [, index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count)
    throw new InvalidArgumentError('It has to be i/n, with i from 1 to n.');
  return { index, count };
}

/** `--ideal`, for all effects, or `--ideal mismatch,jitter`. */
export const idealOption = (): Option =>
  new Option('--ideal [effects]', `switch effects off, all or those named: ${effects.join(',')}`).argParser(readEffects);

function readEffects(text: string): readonly Effect[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !isEffect(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`'${unknown}' is no effect. Effects: ${effects.join(', ')}.`);
  return names.filter(isEffect);
}
