// An optimization that is stopped, however and whenever, goes on where it was and ends with the bytes of one that never
// stopped; what can go wrong under it is told, and nothing finished is lost.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { main, makeWorkFolder, runCli, tiny } from '../cli/run-cli.js';
import { filter, optimize, resultsOf } from './optimize-cli.js';

const longer = filter.replace('steps: 60', 'steps: 400');
const cwd = makeWorkFolder({ 'filter.loom': longer, 'other.loom': filter, 'tiny.loom': tiny });
const args = ['filter.loom', '--quiet', '--threads', '2'];
const once = optimize(cwd, [...args, '--out', 'once']).then(() => resultsOf(join(cwd, 'once')));
const loaded = (name: string): string => `--import ${pathToFileURL(join(import.meta.dirname, name)).href}`;
/** Checkpoints at every step. */
const fast = { NODE_OPTIONS: loaded('fast-clock.mjs') };

const restartsIn = (folder: string): string[] => {
  try {
    return ['restarts', 'finished'].flatMap((name) => readdirSync(join(cwd, folder, name)));
  } catch {
    return [];
  }
};

/** Runs the optimization into `folder` and sends a signal once `isTime` says so; the exit code. */
async function stopWhen(
  folder: string,
  signal: NodeJS.Signals,
  isTime: (names: readonly string[]) => boolean,
  env = {},
): Promise<number | null> {
  const child = spawn(process.execPath, [main, 'optimize', ...args, '--out', folder], {
    cwd,
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  while (child.exitCode === null && child.signalCode === null && !isTime(restartsIn(folder)))
    await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill(signal);
  return ended;
}

const isResult = (name: string): boolean => /^\d+\.json$/.test(name);
const isCheckpoint = (name: string): boolean => name.endsWith('.running.json');

describe('an optimization', () => {
  it('that is killed again and again ends with the same bytes', async () => {
    const bytes = await once;
    let kills = 0;
    for (const results of [0, 1, 3, 5, 6, 7]) {
      const code = await stopWhen(
        'killed',
        'SIGKILL',
        (names) => names.filter(isResult).length >= results && names.some(isCheckpoint),
        fast,
      );
      if (code === 0) break;
      expect(code).toBeNull();
      kills++;
    }
    expect(kills).toBeGreaterThan(3);
    expect(Object.keys(resultsOf(join(cwd, 'killed'))).filter((name) => name.endsWith('.csv'))).toEqual([]);
    const { code } = await optimize(cwd, [...args, '--out', 'killed']);
    expect(code).toBe(0);
    expect(resultsOf(join(cwd, 'killed'))).toEqual(bytes);
    expect(restartsIn('killed').filter((name) => !isResult(name))).toEqual([]);
  });

  it('that is killed has checkpoints, and goes on', async () => {
    await once;
    await stopWhen('resumed', 'SIGKILL', (names) => names.some(isCheckpoint), fast);
    const [name] = restartsIn('resumed').filter(isCheckpoint);
    expect(readFileSync(join(cwd, 'resumed/restarts', name!), 'utf8')).toMatch(/^\{"checksum":"[0-9a-f]{12}","content":\{"stage":0,/);
    await optimize(cwd, [...args, '--out', 'resumed']);
    expect(resultsOf(join(cwd, 'resumed'))).toEqual(await once);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'that gets %s exits 130 with a checkpoint of what ran, leaves no lock, and goes on',
    async (signal) => {
      const bytes = await once;
      expect(await stopWhen(signal, signal, (names) => names.some(isResult))).toBe(130);
      expect(Object.keys(resultsOf(join(cwd, signal)))).toEqual(['manifest.json']);
      expect(restartsIn(signal).some(isCheckpoint)).toBe(true);
      await optimize(cwd, [...args, '--out', signal]);
      expect(resultsOf(join(cwd, signal))).toEqual(bytes);
    },
  );

  it('that was killed while it wrote its results writes them again', async () => {
    const bytes = await once;
    await optimize(cwd, [...args, '--out', 'half']);
    rmSync(join(cwd, 'half/summary.json'));
    writeFileSync(join(cwd, 'half/report.html'), 'half of');
    await optimize(cwd, [...args, '--out', 'half']);
    expect(resultsOf(join(cwd, 'half'))).toEqual(bytes);
  });

  it('is refused in the folder of another one, with what differs', async () => {
    await once;
    const refused = async (changed: readonly string[]): Promise<string> => {
      const { code, stderr } = await optimize(cwd, [...changed, '--out', 'once']);
      expect(code).toBe(3);
      return /what differs: (.*)/.exec(stderr)?.[1] ?? stderr;
    };
    expect(await refused(['other.loom'])).toBe('the netlist');
    expect(await refused(['filter.loom', '--seed', '1'])).toBe('seed (0 there, 1 here)');
    expect(await refused(['filter.loom', '--restarts', '9', '--finalists', '1'])).toBe(
      'restarts (6 there, 9 here), finalists (2 there, 1 here)',
    );
    expect(await refused(['filter.loom', '--backend', 'js'])).toBe('backend (wasm there, js here)');
    expect(resultsOf(join(cwd, 'once'))).toEqual(await once);
  });

  it('takes the place of another one with --restart', async () => {
    const bytes = await once;
    await optimize(cwd, ['filter.loom', '--quiet', '--restarts', '2', '--out', 'again']);
    await optimize(cwd, [...args, '--out', 'again', '--restart']);
    expect(resultsOf(join(cwd, 'again'))).toEqual(bytes);
  });

  it('and runs and sweeps keep out of the folders of each other', async () => {
    await once;
    await runCli(['run', 'tiny.loom', '--out', 'of a run', '--quiet'], { cwd });
    await runCli(['sweep', 'tiny.loom', '--vary', 'k=[0.4, 0.5]', '--out', 'of a sweep', '--quiet'], { cwd });
    for (const kind of ['run', 'sweep']) {
      for (const more of [[], ['--restart']]) {
        const { code, stderr } = await optimize(cwd, ['filter.loom', '--out', `of a ${kind}`, ...more]);
        expect([code, stderr.split('\n')[0]]).toEqual([3, `error[DL605] 'of a ${kind}' holds the results of a ${kind}`]);
      }
    }
    const into = [
      ['run', 'tiny.loom', '--out', 'once'],
      ['sweep', 'tiny.loom', '--vary', 'k=[0.4, 0.5]', '--out', 'once'],
      ['sweep', 'tiny.loom', '--vary', 'k=[0.4, 0.5]', '--out', 'once', '--restart'],
    ];
    for (const command of into) {
      const { code, stderr } = await runCli(command, { cwd });
      expect([code, /^error\[DL605\].*$/m.exec(stderr)?.[0]]).toEqual([3, "error[DL605] 'once' holds the results of an optimization"]);
    }
    expect(resultsOf(join(cwd, 'once'))).toEqual(await once);
  });
});

describe('a damaged file', () => {
  it.each([
    ['restarts/000003.json', (text: string) => text.slice(0, 200), 'is no result of a restart, or it is damaged'],
    ['restarts/000004.json', (text: string) => text.replace('"restart":4', '"restart":5'), 'is no result of a restart, or it is damaged'],
    ['manifest.json', (text: string) => text.slice(0, 100), 'is no manifest: it is not JSON'],
  ])('%s is told', async (name, damage, message) => {
    const folder = `damaged ${name.replace('/', ' ')}`;
    await optimize(cwd, [...args, '--out', folder]);
    rmSync(join(cwd, folder, 'summary.json'));
    const path = join(cwd, folder, name);
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    const { code, stderr } = await optimize(cwd, [...args, '--out', folder]);
    expect([code, stderr.split('\n')[0]]).toEqual([3, `error[DL602] '${folder}/${name}' ${message}`]);
    expect(stderr).toContain('help: ');
  });

  it('is told where it is a checkpoint, and is run anew without it', async () => {
    await stopWhen('torn', 'SIGKILL', (names) => names.some(isCheckpoint), fast);
    const path = join(cwd, 'torn/restarts', restartsIn('torn').find(isCheckpoint)!);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"stage":0', '"stage":1'));
    const { code, stderr } = await optimize(cwd, [...args, '--out', 'torn']);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/^error\[DL602\] 'torn\/restarts\/\d+\.running\.json' is no checkpoint of a restart, or it is damaged\n/),
    ]);
    rmSync(path);
    await optimize(cwd, [...args, '--out', 'torn']);
    expect(resultsOf(join(cwd, 'torn'))).toEqual(await once);
  });

  it('is told where it is the summary', async () => {
    await optimize(cwd, [...args, '--out', 'summary']);
    writeFileSync(join(cwd, 'summary/summary.json'), '{');
    const { code, stderr } = await optimize(cwd, [...args, '--out', 'summary']);
    expect([code, stderr.split('\n')[0]]).toEqual([3, "error[DL602] 'summary/summary.json' is no summary: it is not JSON"]);
  });
});

describe('a worker thread that dies', () => {
  const withDeaths = (count: number, folder: string, env: Readonly<Record<string, string>> = {}): ReturnType<typeof optimize> => {
    const tokens = join(cwd, `deaths-${folder}`);
    mkdirSync(tokens);
    for (let i = 0; i < count; i++) writeFileSync(join(tokens, String(i)), '');
    return optimize(cwd, ['filter.loom', '--threads', '2', '--out', folder], {
      env: { NODE_OPTIONS: loaded('kill-worker.mjs'), DEATHS: tokens, ...env },
    });
  };

  it('is told, and its restart is run again', async () => {
    const { code, stderr } = await withDeaths(2, 'died');
    expect(code).toBe(0);
    expect(stderr.match(/^a worker thread died \(exit status 3\); restart \d goes on from its checkpoint$/gm)).toHaveLength(2);
    expect(resultsOf(join(cwd, 'died'))).toEqual(await once);
  });

  it('with its restart again and again ends the optimization; what is finished is kept', async () => {
    const { code, stderr } = await withDeaths(0, 'deadly', { DEATH_RESTART: '3' });
    expect(code).toBe(5);
    expect(stderr).toContain('error[DL801] a worker thread died twice at the restart 3: exit status 3');
    expect(restartsIn('deadly').filter(isResult).length).toBeGreaterThan(1);
    await optimize(cwd, [...args, '--out', 'deadly']);
    expect(resultsOf(join(cwd, 'deadly'))).toEqual(await once);
  });
});

describe('a disk that is full', () => {
  /** The shell's limit on the size of a file stands for the disk: writing beyond it fails in the same place. */
  it('is told, and what is finished is kept', async () => {
    const command = [process.execPath, main, 'optimize', ...args, '--out', 'full'];
    const { status, stderr } = spawnSync('bash', ['-c', 'ulimit -f 16; exec "$@"', 'optimize', ...command], { cwd, encoding: 'utf8' });
    expect(status).toBe(3);
    expect(stderr).toMatch(/^error\[DL604\] cannot write 'full\//);
    await optimize(cwd, [...args, '--out', 'full']);
    expect(resultsOf(join(cwd, 'full'))).toEqual(await once);
  });

  it('or a place that is taken, while results are written, costs no restart', async () => {
    mkdirSync(join(cwd, 'later/history.svg'), { recursive: true });
    const { code, stderr } = await optimize(cwd, [...args, '--out', 'later']);
    expect([code, stderr.split('\n')[0]]).toEqual([3, "error[DL604] cannot write 'later/history.svg': it is a folder"]);
    rmdirSync(join(cwd, 'later/history.svg'));
    await optimize(cwd, [...args, '--out', 'later']);
    expect(resultsOf(join(cwd, 'later'))).toEqual(await once);
  });

  it('or a path that leads through a file is told before any training', async () => {
    const { code, stderr } = await optimize(cwd, [...args, '--out', 'filter.loom/x']);
    expect([code, stderr.split('\n')[0]]).toEqual([3, expect.stringMatching(/^error\[DL604\] cannot write 'filter\.loom\/x'/)]);
  });
});
