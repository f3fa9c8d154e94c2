// The script for a cluster, on a real Slurm of one node where Debian's slurm-wlm is installed.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/campaign/folder-lock.node.js';
import { lockNameOf } from '../../src/campaign/shards.js';
import { makeWorkFolder, runCli } from '../cli/run-cli.js';
import { missingOfSlurm, startSlurm } from './slurm-cluster.js';
import { filesOf, sweep, sweepArgs, swept } from './sweep-cli.js';

const cwd = makeWorkFolder({ 'loop.loom': swept });

describe('the script of --emit slurm', () => {
  it('is a job array with the whole command, and a job that gathers', async () => {
    const { code, stdout } = await sweep(cwd, [
      '--emit',
      'slurm',
      '--shards',
      '5',
      '--at-once',
      '2',
      '--threads',
      '3',
      '--backend',
      'js',
      '--out',
      'it s',
    ]);
    expect(code).toBe(0);
    const text = readFileSync(join(cwd, 'it s/sweep.sbatch'), 'utf8');
    expect(text).toMatch(/^#!\/bin\/sh\n#SBATCH --job-name=sweep-loop\n/);
    expect(text).toContain('#SBATCH --array=1-5%2\n#SBATCH --cpus-per-task=3\n');
    expect(text).toContain(
      ` sweep loop.loom --vary 'k=lin(0.1, 3.3, 9)' --vary 'u.amplitude=normal(1V, 0.1V)' --runs 20 --seed 7 --backend js --threads 3 --out '${join(cwd, 'it s')}' --quiet --shard "$SLURM_ARRAY_TASK_ID/5"\n`,
    );
    expect(readFileSync(join(cwd, 'it s/gather.sbatch'), 'utf8')).toMatch(/ gather '.*\/it s'\n$/);
    expect(stdout).toContain('job=$(sbatch --parsable ');
    expect(stdout).toContain('sbatch --dependency=afterok:"$job" ');
    const { stderr } = await sweep(cwd, ['--emit', 'slurm', '--shard', '1/2', '--out', 'no']);
    expect(stderr).toBe('error: --emit writes a script for all shards: leave --shard out\n');
  });

  it.each(['a "b\ntouch INJECTED\nc', 'a"b', 'a\rb', 'a\\b'])('has no line of the name of its folder: %j', async (name) => {
    const { code, stderr } = await sweep(cwd, ['--emit', 'slurm', '--out', name]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error: --out ${JSON.stringify(join(cwd, name))}: a directive of Slurm holds no control character, quotation mark or backslash\n`,
    );
    expect(existsSync(join(cwd, name))).toBe(false);
  });

  const missing = missingOfSlurm();
  it.skipIf(missing.length > 0)(
    `runs on a real Slurm${missing.length > 0 ? `: skipped, there is no ${missing.join(', ')}` : ''}`,
    async () => {
      await sweep(cwd, ['--out', 'once']);
      const { stdout } = await sweep(cwd, ['--emit', 'slurm', '--shards', '3', '--tile', '8', '--out', 'array', '--json']);
      const { submit } = JSON.parse(stdout) as { submit: string[] };
      const slurm = await startSlurm();
      try {
        const submitted = spawnSync('sh', ['-ec', submit.join('\n')], { cwd, env: slurm.env, encoding: 'utf8' });
        expect(submitted.stderr).toBe('');
        const queue = (): string => spawnSync('squeue', ['--noheader'], { env: slurm.env, encoding: 'utf8' }).stdout.trim();
        while (queue() !== '') await new Promise((resolve) => setTimeout(resolve, 250));
      } finally {
        await slurm.stop();
      }
      const { 'sweep.sbatch': array, 'gather.sbatch': gather, 'gather.log': log, ...files } = filesOf(join(cwd, 'array'));
      expect([array, gather, log].every((text) => text !== undefined)).toBe(true);
      for (const name of Object.keys(files)) if (/^shard-\d+\.log$/.test(name)) delete files[name];
      expect(files).toEqual(filesOf(join(cwd, 'once')));
      expect(existsSync(join(cwd, 'array/shard-3.log'))).toBe(true);
    },
    120_000,
  );

  it('has no task without points where nobody says how many tasks', async () => {
    const few = [...sweepArgs, '--runs', '2', '--threads', '1', '--out', 'few'];
    const { stdout } = await runCli([...few, '--emit', 'slurm', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ shards: 16, points: 18 });
    const shard = await runCli([...few, '--shard', '1/16', '--json'], { cwd });
    expect(JSON.parse(shard.stdout)).toMatchObject({ status: 'done', first: 0, done: 1, ran: 1 });
  });

  it('throws away what is in the folder with --restart, but not what is being run', async () => {
    const folder = join(cwd, 'old');
    await sweep(cwd, ['--out', 'old', '--shard', '1/2']);
    const other = ['--runs', '3', '--out', 'old', '--emit', 'slurm'];
    expect((await sweep(cwd, other)).stderr).toMatch(/^error\[DL605\](.|\n)* --restart /);
    const lock = lockFolder(folder, lockNameOf({ index: 1, count: 2 }));
    expect((await sweep(cwd, [...other, '--restart'])).stderr).toMatch(/^error\[DL606\]/);
    lock.release();
    expect(existsSync(join(folder, 'shard-1-of-2.slots'))).toBe(true);
    expect((await sweep(cwd, [...other, '--restart'])).code).toBe(0);
    expect(Object.keys(filesOf(folder))).toEqual(['gather.sbatch', 'manifest.json', 'sweep.sbatch']);
    expect(readFileSync(join(folder, 'sweep.sbatch'), 'utf8')).not.toContain('--restart');
  });

  it('is refused where nothing can be run', async () => {
    const { code, stderr } = await runCli(['sweep', 'loop.loom', ...sweepArgs.slice(2), '--at-once', '2', '--out', 'no'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe('error: --shards and --at-once belong to --emit slurm\n');
  });
});
