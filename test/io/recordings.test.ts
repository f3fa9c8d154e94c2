// Real recordings: the project's own, and a speech corpus that may lie beside the repository.

import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readFileBytes } from '../../src/io/read-file.node.js';
import { readWav } from '../../src/io/wav.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const speechFolder = join(repository, '../shared/data/speech');

const peakOf = (values: Float64Array): number => values.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);

describe('netlists/data/speech.wav', () => {
  const bytes = readFileBytes(join(repository, 'netlists/data/speech.wav'));
  const { rateHz, channels } = readWav(bytes, 'speech.wav');
  const speech = channels[0]!;

  it('is 2.2 s of 16 kHz mono in less than 80 kB', () => {
    expect(rateHz).toBe(16000);
    expect(channels).toHaveLength(1);
    expect(speech.length).toBe(35200);
    expect(bytes.length).toBeLessThan(80_000);
  });

  it('peaks at 0.9 of full scale without direct current', () => {
    expect(peakOf(speech)).toBeGreaterThan(0.89);
    expect(peakOf(speech)).toBeLessThan(0.91);
    expect(Math.abs(speech.reduce((sum, value) => sum + value, 0) / speech.length)).toBeLessThan(1e-4);
  });
});

describe.skipIf(!existsSync(speechFolder))('speech corpus in ../shared/data/speech', () => {
  const files = existsSync(speechFolder)
    ? readdirSync(speechFolder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wav'))
    : [];

  it('has recordings', () => expect(files.length).toBeGreaterThan(0));

  it.each(files)('%s is 16 kHz mono', (file) => {
    const path = join(speechFolder, file);
    const { rateHz, channels } = readWav(readFileBytes(path), relative(repository, path));
    expect(rateHz).toBe(16000);
    expect(channels).toHaveLength(1);
    expect(channels[0]!.length).toBeGreaterThan(4000);
    expect(channels[0]!.length).toBeLessThanOrEqual(16000);
    expect(peakOf(channels[0]!)).toBeGreaterThan(0.001);
    expect(peakOf(channels[0]!)).toBeLessThanOrEqual(1);
  });
});
