// A sweep that is stopped, however and whenever, goes on where it was and ends with the bytes of one that never stopped.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main, makeWorkFolder, runCli } from '../cli/run-cli.js';
import { filesOf, sizeOf, sweep, sweepArgs, swept } from './sweep-cli.js';

const cwd = makeWorkFolder({ 'loop.loom': swept });
const once = sweep(cwd, ['--out', 'once']).then(() => filesOf(join(cwd, 'once')));
/** Small tiles, so that there is much to be interrupted. */
const small = ['--tile', '3', '--threads', '2', '--backend', 'interpret'];

/** Runs the sweep into `folder` and sends a signal once its slot file has so many bytes; the exit code. */
async function stopAt(folder: string, bytes: number, signal: NodeJS.Signals): Promise<number | null> {
  const args = [main, ...sweepArgs, ...small, '--out', folder, '--quiet'];
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const slots = join(cwd, folder, 'campaign.slots');
  while (child.exitCode === null && child.signalCode === null && sizeOf(slots) < bytes)
    await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill(signal);
  return ended;
}

describe('a sweep', () => {
  it('that is killed again and again ends with the same bytes', async () => {
    const bytes = await once;
    const slots = join(cwd, 'killed/campaign.slots');
    let kills = 0;
    for (let at = 256; kills < 4; at = sizeOf(slots) + Math.floor(2500 * Math.random())) {
      const code = await stopAt('killed', at, 'SIGKILL');
      if (code === 1) break;
      expect(code).toBeNull();
      kills++;
    }
    expect(kills).toBeGreaterThan(2);
    expect(existsSync(join(cwd, 'killed/results.csv'))).toBe(false);
    const { code, stderr } = await sweep(cwd, [...small, '--out', 'killed']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^going on after \d+ of 180 points$/m);
    expect(filesOf(join(cwd, 'killed'))).toEqual(bytes);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('that gets %s exits 130, leaves no lock, and goes on', async (signal) => {
    const bytes = await once;
    expect(await stopAt(signal, 2000, signal)).toBe(130);
    expect(readdirSync(join(cwd, signal)).sort()).toEqual(['campaign.slots', 'manifest.json']);
    await sweep(cwd, ['--threads', '3', '--out', signal]);
    expect(filesOf(join(cwd, signal))).toEqual(bytes);
  });

  it('goes on after a torn and a damaged tile, and on another backend', async () => {
    const bytes = await once;
    await stopAt('torn', 4000, 'SIGKILL');
    const slots = join(cwd, 'torn/campaign.slots');
    truncateSync(slots, sizeOf(slots) - 11);
    const damaged = readFileSync(slots);
    damaged[400]! ^= 1;
    writeFileSync(slots, damaged);
    await sweep(cwd, ['--threads', '1', '--backend', 'js', '--out', 'torn']);
    expect(filesOf(join(cwd, 'torn'))).toEqual(bytes);
  });

  it('that was killed while it wrote its results writes them again', async () => {
    const bytes = await once;
    await stopAt('ended', 3000, 'SIGKILL');
    writeFileSync(join(cwd, 'ended/results.csv'), 'half of');
    await sweep(cwd, ['--out', 'ended']);
    expect(filesOf(join(cwd, 'ended'))).toEqual(bytes);
  });

  it('that was killed after its results removes its finished points when it is run again', async () => {
    const bytes = await once;
    await stopAt('left', 1000, 'SIGKILL');
    const slots = readFileSync(join(cwd, 'left/campaign.slots'));
    await sweep(cwd, ['--out', 'left']);
    writeFileSync(join(cwd, 'left/campaign.slots'), slots);
    const { stderr } = await sweep(cwd, ['--out', 'left']);
    expect(stderr).toContain("'left' has the results of this sweep already");
    expect(filesOf(join(cwd, 'left'))).toEqual(bytes);
  });

  it('is refused while another one writes into its folder, and takes over from a dead one', async () => {
    const bytes = await once;
    const child = spawn(process.execPath, [main, ...sweepArgs, ...small, '--out', 'locked', '--quiet'], { cwd, stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    while (sizeOf(join(cwd, 'locked/campaign.slots')) < 500) await new Promise((resolve) => setTimeout(resolve, 1));
    const { code, stderr } = await sweep(cwd, ['--out', 'locked']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error\[DL606\]/);
    expect(stderr).toContain(String(child.pid));
    child.kill('SIGKILL');
    await ended;
    await sweep(cwd, ['--out', 'locked']);
    expect(filesOf(join(cwd, 'locked'))).toEqual(bytes);
  });

  it('starts anew with --restart', async () => {
    const bytes = await once;
    await runCli([...sweepArgs, '--runs', '3', '--out', 'again'], { cwd });
    const { code } = await sweep(cwd, ['--out', 'again']);
    expect(code).toBe(3);
    await sweep(cwd, ['--out', 'again', '--restart']);
    expect(filesOf(join(cwd, 'again'))).toEqual(bytes);
    rmSync(join(cwd, 'again'), { recursive: true });
  });

  it('is told where its folder holds results of another version', async () => {
    await once;
    const folder = join(cwd, 'version');
    await stopAt('version', 1000, 'SIGKILL');
    const manifest = join(folder, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"deltaloom": "[^"]*"/, '"deltaloom": "0.0.1"'));
    const { code, stderr } = await sweep(cwd, ['--out', 'version']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/what differs: the version of deltaloom \(0\.0\.1 there, \d+\.\d+\.\d+ here\)\n/);
  });
});
