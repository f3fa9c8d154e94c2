import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockFolder } from '../../src/campaign/folder-lock.node.js';
import { processBirth } from '../../src/campaign/process-birth.node.js';
import { lockNameOf } from '../../src/campaign/shards.js';
import { diagnosticsOf, refusal } from '../io/raised.js';

const compiled = new URL('../../dist/campaign/folder-lock.node.js', import.meta.url).href;
const lockName = lockNameOf(undefined);
/** The number of a process that has ended. */
const endedPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;
const pidNamespace = existsSync('/proc/self/ns/pid') ? readlinkSync('/proc/self/ns/pid') : undefined;
const since = '2026-01-02T03:04:05.678Z';

describe('lock of a folder', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deltaloom-'));
    path = join(folder, lockName);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  const leave = (holder: object, name = path): void =>
    writeFileSync(name, JSON.stringify({ pid: process.pid, host: hostname(), pidNamespace, since, ...holder }));

  it('is held until it is released, and leaves nothing', () => {
    const lock = lockFolder(folder);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
    const { code, message, help } = diagnosticsOf(() => lockFolder(folder))[0]!;
    expect(code).toBe('DL606');
    expect(message).toMatch(new RegExp(`^'${folder}' is in use by process ${process.pid} since 20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z$`));
    expect(help).toBe('wait until it has ended, or take another folder');
    lock.release();
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    lockFolder(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a second process, which names the first', () => {
    const lock = lockFolder(folder);
    const script = `import { lockFolder } from '${compiled}'; try { lockFolder(process.argv[1]); } catch (error) { console.log(error.message); }`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder], { encoding: 'utf8' });
    expect(stdout).toContain(`DL606: '${folder}' is in use by process ${process.pid} since 20`);
    lock.release();
  });

  it('takes over what a process that was killed left', () => {
    const script = `import { lockFolder } from '${compiled}'; lockFolder(process.argv[1]); process.kill(process.pid, 'SIGKILL');`;
    const killed = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder]);
    expect(killed.signal).toBe('SIGKILL');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: killed.pid });
    lockFolder(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes over from a process that died while it took over, and so on', () => {
    leave({ pid: endedPid() });
    leave({ pid: endedPid() }, `${path}.takeover`);
    leave({ pid: endedPid() }, `${path}.takeover.takeover`);
    lockFolder(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.runIf(processBirth(process.pid) !== undefined)('is not fooled by a number that was used again', () => {
    leave({ birth: 'another boot 1234' });
    lockFolder(folder).release();
    leave({ birth: processBirth(process.pid) });
    expect(refusal(() => lockFolder(folder))).toBe(`DL606: '${folder}' is in use by process ${process.pid} since ${since}`);
    expect(processBirth(process.pid)).toBe(processBirth(process.pid));
    expect(processBirth(process.ppid)).not.toBe(processBirth(process.pid));
    expect(processBirth(endedPid())).toBeUndefined();
  });

  it('leaves the lock of another host to people', () => {
    leave({ pid: endedPid(), host: 'elsewhere' });
    const { message, help } = diagnosticsOf(() => lockFolder(folder))[0]!;
    expect(message).toMatch(/ is in use by process \d+ on elsewhere since 2026-01-02T03:04:05.678Z$/);
    expect(help).toContain(`if it has crashed, delete its lock: rm '${path}'`);
    rmSync(path);
    lockFolder(folder).release();
  });

  it('leaves the lock of another container of the same name to people', () => {
    leave({ pid: endedPid(), pidNamespace: 'pid:[1]' });
    const { message, help } = diagnosticsOf(() => lockFolder(folder))[0]!;
    expect(message).toMatch(/ is in use by process \d+ of another container on .+ since 2026-01-02T03:04:05.678Z$/);
    expect(help).toContain(`if it has crashed, delete its lock: rm '${path}'`);
  });

  it('is taken over by the same task of Slurm when it is requeued, on whatever node, and by no other', () => {
    const slurm = { SLURM_CLUSTER_NAME: 'deltaloom', SLURM_JOB_ID: '43', SLURM_ARRAY_JOB_ID: '40', SLURM_ARRAY_TASK_ID: '3' };
    const be = (env: Readonly<Record<string, string>>): void => Object.entries(env).forEach(([name, value]) => vi.stubEnv(name, value));
    be(slurm);
    vi.stubEnv('SLURM_RESTART_COUNT', undefined);
    const first = lockFolder(folder);
    const held = JSON.parse(readFileSync(path, 'utf8')) as object;
    first.release();
    const leaveElsewhere = (): void => leave({ ...held, host: 'elsewhere' });
    leaveElsewhere();
    const refused = expect.stringContaining(' on elsewhere since ') as string;
    // Another process of the same start may well be running.
    expect(refusal(() => lockFolder(folder))).toEqual(refused);
    be({ SLURM_RESTART_COUNT: '1' });
    for (const other of [{ SLURM_ARRAY_TASK_ID: '4' }, { SLURM_ARRAY_JOB_ID: '41' }, { SLURM_CLUSTER_NAME: 'other' }]) {
      be(other);
      expect(refusal(() => lockFolder(folder))).toEqual(refused);
      be(slurm);
    }
    lockFolder(folder).release();
    expect(readdirSync(folder)).toEqual([]);
    // Here it is seen whether the process runs.
    leave(held);
    expect(refusal(() => lockFolder(folder))).toContain(` in use by process ${process.pid} since `);
  });

  it('is released by a process that exits', () => {
    const script = `import { lockFolder } from '${compiled}'; lockFolder(process.argv[1]); process.exit(3);`;
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', script, folder]).status).toBe(3);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not take away the lock of another that came in by hand', () => {
    const lock = lockFolder(folder);
    leave({ host: 'elsewhere' });
    lock.release();
    expect(existsSync(path)).toBe(true);
  });

  it.each(['', 'null'])('refuses a lock that says %o', (text) => {
    writeFileSync(path, text);
    const { message, help } = diagnosticsOf(() => lockFolder(folder))[0]!;
    expect(message).toBe(`'${folder}' is in use: its lock cannot be read`);
    expect(help).toBe(`if no process works there, delete the lock: rm '${path}'`);
  });

  it('says when the folder takes no file', () => {
    const none = join(folder, 'none');
    expect(refusal(() => lockFolder(none))).toBe(`DL604: cannot write '${join(none, lockName)}': no such file or folder`);
  });

  it('lets one in at a time, however many take over at once', async () => {
    const dead = endedPid();
    leave({ pid: dead });
    // Each holder makes a file that must not be there, and half of the time leaves its lock as if it had been killed.
    const script = `
      import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
      import { hostname } from 'node:os';
      import { lockFolder } from '${compiled}';
      const [folder, dead, index, pidNamespace] = process.argv.slice(1);
      let held = 0;
      while (held < 25) {
        let lock;
        try { lock = lockFolder(folder); } catch (error) {
          if (!error.message.startsWith('DL606')) throw error;
          continue;
        }
        closeSync(openSync(folder + '/critical', 'wx'));
        for (const end = performance.now() + Math.random(); performance.now() < end; );
        rmSync(folder + '/critical');
        if (held++ % 2) {
          writeFileSync(folder + '/stale' + index, JSON.stringify({ pid: Number(dead), host: hostname(), pidNamespace, since: 'x' }));
          renameSync(folder + '/stale' + index, folder + '/${lockName}');
        }
        lock.release();
      }`;
    const run = (index: number): Promise<string> =>
      new Promise((resolve, reject) => {
        const args = [folder, String(dead), String(index), ...(pidNamespace === undefined ? [] : [pidNamespace])];
        const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...args]);
        let errors = '';
        child.stderr.on('data', (data) => (errors += String(data)));
        child.on('error', reject);
        child.on('close', (code) => resolve(`${code} ${errors}`));
      });
    expect(await Promise.all([0, 1, 2, 3].map(run))).toEqual(Array.from({ length: 4 }, () => '0 '));
    expect(readdirSync(folder).filter((name) => name !== lockName)).toEqual([]);
  }, 60_000);
});
