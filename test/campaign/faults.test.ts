// What can go wrong under a sweep: threads that die, a disk that is full, a compiler that is missing or fails. All is
// told, and nothing finished is lost.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasCompiler } from '../backends/compiler.js';
import { main, makeWorkFolder, runCli, type CliResult } from '../cli/run-cli.js';
import { filesOf, sweep, sweepArgs, swept } from './sweep-cli.js';

const cwd = makeWorkFolder({ 'loop.loom': swept });
const once = sweep(cwd, ['--out', 'once']).then(() => filesOf(join(cwd, 'once')));
const killer = pathToFileURL(join(import.meta.dirname, 'kill-worker.mjs')).href;

/** A sweep of which so many threads die at their second tile, and all that are given a point from `from` on. */
function withDeaths(count: number, from: number, folder: string): Promise<CliResult> {
  const tokens = join(cwd, `deaths-${folder}`);
  mkdirSync(tokens);
  for (let i = 0; i < count; i++) writeFileSync(join(tokens, String(i)), '');
  const env = { NODE_OPTIONS: `--import ${killer}`, DEATHS: tokens, DEATH_FROM: String(from) };
  return runCli([...sweepArgs, '--tile', '10', '--threads', '2', '--out', folder], { cwd, env });
}

describe('a worker thread that dies', () => {
  it('is told, and its points are run again', async () => {
    const { code, stderr } = await withDeaths(2, Infinity, 'died');
    expect(code).toBe(1);
    expect(stderr.match(/^a worker thread died \(exit status 3\); the points from \d+ on are run again$/gm)).toHaveLength(2);
    expect(filesOf(join(cwd, 'died'))).toEqual(await once);
  });

  it('with its points again and again ends the sweep; what is finished is kept', async () => {
    const { code, stderr } = await withDeaths(0, 50, 'deadly');
    expect(code).toBe(5);
    expect(stderr).toMatch(/error\[DL801\] a worker thread died twice at the points from \d+ on: exit status 3/);
    const { stderr: later } = await sweep(cwd, ['--out', 'deadly']);
    expect(later).toMatch(/^going on after [1-9]\d* of 180 points$/m);
    expect(filesOf(join(cwd, 'deadly'))).toEqual(await once);
  });
});

describe('records that have no room', () => {
  it('are those of all threads together, and are told before any point is run', async () => {
    const { code, stderr } = await sweep(cwd, ['--tile', '10', '--threads', '9', '--ticks', '50000000', '--out', 'large']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/error\[DL506\] the records would take 10\.1 GiB\n/);
    expect(stderr).toContain('at most 4 GiB, and 9 threads have a point each');
    expect(stderr).toContain('help: use --threads 3');
  });
});

describe('a disk that is full', () => {
  /** The shell's limit on the size of a file stands for the disk: writing beyond it fails in the same place. */
  const limited = (kibibytes: number, folder: string): { status: number | null; stderr: string } =>
    spawnSync(
      'bash',
      ['-c', `ulimit -f ${kibibytes}; exec "$@"`, 'sweep', process.execPath, main, ...sweepArgs, '--tile', '10', '--out', folder],
      {
        cwd,
        encoding: 'utf8',
      },
    );

  it('while tiles are written is told, and what is finished is kept', async () => {
    const { status, stderr } = limited(4, 'full');
    expect(status).toBe(3);
    expect(stderr).toMatch(/error\[DL604\] cannot write 'full\/campaign\.slots'/);
    expect(stderr).toMatch(/why: {2}[1-9]\d* of 18 tiles of points are done and kept/);
    expect((await sweep(cwd, ['--out', 'full'])).stderr).toMatch(/^going on after [1-9]\d* of 180 points$/m);
    expect(filesOf(join(cwd, 'full'))).toEqual(await once);
  });

  it('or a place that is taken, while results are written, costs no point', async () => {
    mkdirSync(join(cwd, 'later/results.parquet'), { recursive: true });
    const { code, stderr } = await sweep(cwd, ['--out', 'later']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/error\[DL604\] cannot write 'later\/results\.parquet': it is a folder/);
    rmdirSync(join(cwd, 'later/results.parquet'));
    const { stdout } = await sweep(cwd, ['--out', 'later', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'done', ran: 0 });
    expect(filesOf(join(cwd, 'later'))).toEqual(await once);
  });
});

describe('a compiler', () => {
  const compiling = (cc: string, folder: string): Promise<CliResult> =>
    runCli([...sweepArgs, '--backend', 'native', '--out', folder], { cwd, env: { CC: cc, XDG_CACHE_HOME: join(cwd, `cache-${folder}`) } });

  it.each([
    ['that is missing', '/nowhere/cc'],
    ['that fails', 'false'],
  ])('%s is told before any point is run', async (name, cc) => {
    const { code, stderr } = await compiling(cc, name);
    expect(code).toBe(5);
    expect(stderr).toMatch(/error\[DL801\]/);
    await sweep(cwd, ['--out', name]);
    expect(filesOf(join(cwd, name))).toEqual(await once);
  });

  it.skipIf(!hasCompiler)('is run once for all threads', async () => {
    const [cc, calls] = [join(cwd, 'counted-cc'), join(cwd, 'calls')];
    writeFileSync(cc, `#!/bin/sh\necho call >> '${calls}'\nexec ${process.env['CC'] ?? 'cc'} "$@"\n`);
    chmodSync(cc, 0o755);
    const env = { CC: 'counted-cc', PATH: `${cwd}:${process.env['PATH']}`, XDG_CACHE_HOME: join(cwd, 'counted-cache') };
    const { code } = await runCli([...sweepArgs, '--backend', 'native', '--tile', '10', '--threads', '4', '--out', 'counted'], {
      cwd,
      env,
    });
    expect(code).toBe(1);
    expect(readFileSync(calls, 'utf8')).toBe('call\n');
    expect(filesOf(join(cwd, 'counted'))).toEqual(await once);
  });
});
