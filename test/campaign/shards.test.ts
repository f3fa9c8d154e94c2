// Shards: the same bytes as a sweep in one go, in any order and again; what is wrong with any of them is told.

import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pointsOf, usualTilePoints } from '../../src/campaign/shards.js';
import { makeWorkFolder, runCli } from '../cli/run-cli.js';
import { filesOf, sweep, sweepArgs, swept } from './sweep-cli.js';

const cwd = makeWorkFolder({ 'loop.loom': swept });
const once = sweep(cwd, ['--out', 'once']).then(() => filesOf(join(cwd, 'once')));
const gather = (folder: string, ...args: string[]) => runCli(['gather', folder, ...args], { cwd });
const shard = (folder: string, which: string, ...args: string[]) =>
  sweep(cwd, ['--out', folder, '--shard', which, '--tile', '16', ...args]);

it.each([
  [180, 5],
  [1, 4],
  [60, 4],
  [64, 1],
  [1000, 13],
  [100, 200],
  [2 ** 31, 99_991],
])('%i points are shared out to %i shards, each to one and as many to each', (points, count) => {
  const parts = Array.from({ length: count }, (_, i) => pointsOf(points, { index: i + 1, count }));
  const ends = parts.map((part) => part.first + part.points);
  expect(parts.map(({ first }) => first)).toEqual([0, ...ends.slice(0, -1)]);
  expect(ends.at(-1)).toBe(points);
  const sizes = parts.map((part) => part.points).sort((a, b) => a - b);
  expect(sizes.at(-1)! - sizes[0]!).toBeLessThanOrEqual(1);
});

it.each([
  [60, 64, 1],
  [60, 4, 15],
  [60, 1, 60],
  [100, 16, 7],
  [1000, 10, 50],
  [2 ** 31, 2, 64],
  [1, 8, 1],
  [0, 8, 1],
])('%i points on %i threads are taken %i at a time', (points, threads, tile) => expect(usualTilePoints(points, threads)).toBe(tile));

describe('shards', () => {
  it('run at the same time, in any order and twice, are gathered to the same bytes', async () => {
    const results = await Promise.all([shard('parts', '3/3', '--backend', 'js'), shard('parts', '1/3', '--threads', '1')]);
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    const missing = await gather('parts');
    expect(missing.code).toBe(3);
    expect(missing.stderr).toContain("error[DL601] shard 2 of 3 is missing: there is no 'parts/shard-2-of-3.slots'");
    expect(missing.stderr).toContain('--out parts --shard 2/3\n');
    const before = readFileSync(join(cwd, 'parts/shard-1-of-3.slots'));
    const { stdout } = await shard('parts', '2/3', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'done', first: 60, done: 60, ran: 60, shard: { index: 2, count: 3 } });
    expect((await shard('parts', '1/3')).code).toBe(0);
    expect(readFileSync(join(cwd, 'parts/shard-1-of-3.slots'))).toEqual(before);
    const second = readFileSync(join(cwd, 'parts/shard-2-of-3.slots'));
    const done = await gather('parts', '--json');
    expect(done.code).toBe(1);
    expect(filesOf(join(cwd, 'parts'))).toEqual(await once);
    const again = await gather('parts', '--json');
    expect(again.stdout).toBe(done.stdout);
    // As if gather had been killed after its summary.
    for (const remove of [() => shard('parts', '2/3'), () => gather('parts')]) {
      writeFileSync(join(cwd, 'parts/shard-2-of-3.slots'), second);
      expect((await remove()).stderr).toMatch(/ has (the results of this sweep|its results) already/);
      expect(filesOf(join(cwd, 'parts'))).toEqual(await once);
    }
  });

  it('that are unreadable, unfinished or of something else are all told, with what to do', async () => {
    await shard('bad', '1/4');
    await shard('bad', '2/4');
    await shard('bad', '3/4');
    await runCli([...sweepArgs, '--seed', '9', '--out', 'elsewhere', '--shard', '4/4', '--tile', '16'], { cwd });
    writeFileSync(join(cwd, 'bad/shard-4-of-4.slots'), readFileSync(join(cwd, 'elsewhere/shard-4-of-4.slots')));
    const [second, third] = ['bad/shard-2-of-4.slots', 'bad/shard-3-of-4.slots'].map((name) => join(cwd, name));
    writeFileSync(second!, readFileSync(second!).subarray(0, -5));
    writeFileSync(third!, 'nothing of the kind');
    const { code, stderr } = await gather('bad');
    expect(code).toBe(3);
    expect(stderr).toMatch(/error\[DL602\] shard 2 of 4 is not finished: \d of \d tiles of points are there/);
    expect(stderr).toMatch(/error\[DL602\] shard 3 of 4: 'bad\/shard-3-of-4\.slots' is damaged/);
    expect(stderr).toMatch(/error\[DL605\] shard 4 of 4: 'bad\/shard-4-of-4\.slots' holds results of another campaign/);
    for (const which of ['2/4', '3/4', '4/4']) expect(stderr).toContain(`--shard ${which}\n`);
    expect(existsSync(join(cwd, 'bad/results.csv'))).toBe(false);
    rmSync(third!);
    rmSync(join(cwd, 'bad/shard-4-of-4.slots'));
    for (const which of ['2/4', '3/4', '4/4']) await shard('bad', which);
    await gather('bad');
    expect(filesOf(join(cwd, 'bad'))).toEqual(await once);
  });

  it('that are missing are told in one message, whatever their number', async () => {
    await shard('few', '2/200');
    for (const index of [5, 6, 200]) copyFileSync(join(cwd, 'few/shard-2-of-200.slots'), join(cwd, `few/shard-${index}-of-200.slots`));
    const { code, stderr } = await gather('few');
    expect(code).toBe(3);
    expect(stderr).toContain("error[DL601] shards 1, 3-4, 7-199 of 200 are missing in 'few'\n");
    expect(stderr).toMatch(/^ {2}help: run each of them, such as the first: .* --shard 1\/200$/m);
    expect(stderr.match(/missing/g)).toHaveLength(1);
  });

  it('of different numbers or from a folder without any are refused', async () => {
    await shard('mixed', '1/2');
    await shard('mixed', '1/3');
    expect((await gather('mixed')).stderr).toContain("error[DL605] 'mixed' has shards of 2 and of 3");
    mkdirSync(join(cwd, 'bare'));
    expect((await gather('bare')).stderr).toMatch(/^error\[DL601\] no sweep was written to 'bare'\n(.|\n)*sweep FILE .* --out bare\n$/);
    expect((await gather('nowhere')).stderr).toMatch(/^error\[DL601\] there is no folder 'nowhere'\n(.|\n)*sweep FILE .* --out nowhere\n$/);
    expect((await gather('mixd')).stderr).toContain("did you mean 'mixed'?");
    writeFileSync(join(cwd, 'bare/manifest.json'), '{');
    expect((await gather('bare')).stderr).toContain('help: run the sweep with --restart');
    const manifest = join(cwd, 'mixed/manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"deltaloom": "[^"]*"/, '"deltaloom": "0.0.1"'));
    expect((await gather('mixed')).stderr).toMatch(/error\[DL605\] 'mixed' holds results of deltaloom 0\.0\.1; this is \d/);
    await runCli(['run', 'loop.loom', '--out', 'run'], { cwd });
    expect((await gather('run')).stderr).toContain("error[DL602] 'run/manifest.json' is the manifest of a run, not of a sweep");
  });
});
