// Noise on the command line: seeds, lanes, effects that are switched off, and exported C whose seed and lane stay fields.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/simulate/manifest.js';
import { hasCompiler } from '../backends/compiler.js';
import { runText } from '../properties/run-netlist.js';
import { makeWorkFolder, runCli } from './run-cli.js';

const noisy = `system noisy(sigma = 1mV) {
  clock clk = 1kHz
  input u : V
  x = integrator(u, gain: 0.5, noise: sigma)
  up = comparator(x, offset_sigma: 2mV, noise: 1mV)
  output x, up
}
bench noisy {
  u = sine(freq: 50Hz, amplitude: 5mV, shift: jitter(rms: 1us))
  run 200 ticks of clk
  record x, up
  measure top = peak(x)
  check top > 0V
}
`;
const cwd = makeWorkFolder({ 'noisy.loom': noisy });

describe('deltaloom run', () => {
  const topOf = async (...args: string[]): Promise<number> => {
    const { code, stdout } = await runCli(['run', 'noisy.loom', '--json', ...args], { cwd });
    expect(code).toBe(0);
    return (JSON.parse(stdout) as { measures: { top: { value: number } } }).measures.top.value;
  };

  it('has the noise of its seed and lane', async () => {
    const tops = [await topOf(), await topOf('--seed', '1'), await topOf('--lane', '1'), await topOf('--lane', '2147483647')];
    expect(new Set(tops).size).toBe(4);
    expect(await topOf('--lane', '1', '--seed', '0')).toBe(tops[2]);
    for (const off of [[], ['noise,jitter,offset']]) {
      expect(await topOf('--lane', '1', '--ideal', ...off)).toBe(await topOf('--seed', '3', '--ideal', ...off));
    }
    expect(await topOf('--ideal', 'noise')).not.toBe(await topOf('--ideal'));
  });

  it('says so in its text, its document and its manifest', async () => {
    const { stdout } = await runCli(['run', 'noisy.loom', '--lane', '3', '--seed', '9', '--ideal', 'jitter,noise'], { cwd });
    expect(stdout).toMatch(/^noisy, bench noisy: 200 ticks of clk, 200 ms, js, seed 9, lane 3, without noise, jitter\n/);
    const all = await runCli(['run', 'noisy.loom', '--ideal', '--out', 'out', '--json'], { cwd });
    expect(JSON.parse(all.stdout)).toMatchObject({
      seed: 0,
      lane: 0,
      lanes: 1,
      ideal: ['noise', 'mismatch', 'offset', 'gain', 'saturation', 'jitter'],
    });
    const manifest = JSON.parse(readFileSync(join(cwd, 'out', 'manifest.json'), 'utf8')) as Manifest;
    expect(manifest).toMatchObject({ seed: 0, lane: 0, ideal: ['noise', 'mismatch', 'offset', 'gain', 'saturation', 'jitter'] });
    expect(Object.keys(manifest.parameters)).not.toContain('up.noise');
    expect(readFileSync(join(cwd, 'out', 'report.html'), 'utf8')).toContain('seed 0, without effects.');
  });

  it.each([
    [['--ideal', 'nois'], "'nois' is no effect. Effects: noise, mismatch, offset, gain, saturation, jitter."],
    [['--ideal', 'noise,'], "'' is no effect"],
    [['--lane', '2147483648'], 'It has to be a whole number from 0 to 2147483647.'],
    [['--lane', '-1'], 'It has to be a whole number from 0 to 2147483647.'],
  ])('refuses %j', async (args, text) => {
    const { code, stdout, stderr } = await runCli(['run', 'noisy.loom', ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(text);
  });
});

describe('deltaloom export c', () => {
  it('keeps seed and lane as fields where there is noise', async () => {
    expect((await runCli(['export', 'c', 'noisy.loom', '-o', 'c'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'c', 'noisy.h'), 'utf8')).toContain(`struct noisy_params {
  double noise_lane; /* noise lane */
  double noise_seed_low; /* noise seed low */
  double noise_seed_high; /* noise seed high */
};
`);
    const quiet = ['--set', 'sigma=0V', '--set', 'up.noise=0V', '--set', 'up.offset_sigma=0V'];
    expect((await runCli(['export', 'c', 'noisy.loom', '-o', 'quiet', ...quiet], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'quiet', 'noisy.h'), 'utf8')).not.toContain('noise');
    const tuned = await runCli(['export', 'c', 'noisy.loom', '-o', 'x', '--tune', 'noise lane'], { cwd });
    expect(tuned.stderr).toContain("there is no parameter 'noise lane' to tune");
  });

  it.skipIf(!hasCompiler)('runs with the noise of any seed and lane', async () => {
    expect((await runCli(['export', 'c', 'noisy.loom', '--bench', 'noisy', '-o', 'run'], { cwd })).code).toBe(0);
    const main = `#include "noisy.h"
#include <stdio.h>
static struct noisy self;
int main(void) {
  static const double places[3][3] = {{0, 0, 0}, {3, 7, 0}, {2147483647, -1, 2097151}};
  for (int i = 0; i < 3; i++) {
    noisy_init(&self);
    self.params.noise_lane = places[i][0];
    self.params.noise_seed_low = places[i][1];
    self.params.noise_seed_high = places[i][2];
    struct noisy_outputs out;
    for (int k = 0; k < 200; k++) {
      noisy_step(&self, &out);
      fwrite(&out.x, sizeof out.x, 1, stdout);
    }
  }
  return 0;
}
`;
    const place = join(cwd, 'run');
    writeFileSync(join(place, 'main.c'), main);
    const flags = ['-std=c99', '-O1', '-Wall', '-Wextra', '-pedantic', '-Werror', '-ffp-contract=off'];
    expect(spawnSync('cc', [...flags, '-o', 'main', 'main.c', 'noisy.c'], { cwd: place, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
    const { stdout } = spawnSync(join(place, 'main'));
    const found = new Float64Array(Uint8Array.from(stdout).buffer);
    const places = [
      { seed: 0, lane: 0 },
      { seed: 7, lane: 3 },
      { seed: 2 ** 53 - 1, lane: 2 ** 31 - 1 },
    ];
    places.forEach((at, i) => expect(found.slice(200 * i, 200 * (i + 1))).toEqual(runText(noisy, at).get('x')));
  });
});
