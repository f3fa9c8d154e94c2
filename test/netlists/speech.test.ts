// Real recordings through the adaptive delta modulator: coded, decoded, and held against the same recording after the
// same RC. The corpus (Speech Commands test files, CC BY 4.0) may lie beside the repository.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFileBytes } from '../../src/io/read-file.node.js';
import { readWav } from '../../src/io/wav.js';
import { measureOf, netlistsFolder, runText, samplesOf, sharedFolder } from './bench.js';

const speechFolder = join(sharedFolder, 'data/speech');

/** Codes a recording scaled to `peakVolts` around 1.5 V. */
async function code(path: string, peakVolts: number) {
  const { rateHz, channels } = readWav(readFileBytes(path), path);
  const samples = channels[0]!;
  const peak = samples.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const seconds = samples.length / rateHz;
  return runText(`
    import "adm.loom"
    bench speech of adm {
      vin = wav(file: ${JSON.stringify(path)}, gain: ${peakVolts / peak}V, offset: 1.5V)
      ref = low_pass(held, corner: corner) @ clk.p2
      run ${seconds}s
      record held, vapp = enc.vapp, up
      measure sndr     = reference_sndr(vout, ref, max_delay: 1ms, skip: 1000)
      measure tracking = rms_error(vapp, held, skip: 1000)
      measure level    = rms_ac(held, skip: 1000)
    }`);
}

it('codes netlists/data/speech.wav at 1 V peak', async () => {
  const result = await code(join(netlistsFolder, 'data/speech.wav'), 1);
  expect(result.status).toBe('done');
  expect(measureOf(result, 'sndr')).toBeGreaterThan(30);
});

describe.skipIf(!existsSync(speechFolder))('speech corpus in ../shared/data/speech', () => {
  const files = existsSync(speechFolder)
    ? readdirSync(speechFolder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wav'))
    : [];

  it('has recordings', () => expect(files.length).toBeGreaterThan(0));

  it.each(files)('%s', async (file) => {
    const result = await code(join(speechFolder, file), 1);
    expect(result.status).toBe('done');
    expect(samplesOf(result, 'up').length).toBe(result.ticks);
    expect(measureOf(result, 'sndr')).toBeGreaterThan(20);
    expect(measureOf(result, 'tracking')).toBeLessThan(measureOf(result, 'level') / 4);
  });
});
