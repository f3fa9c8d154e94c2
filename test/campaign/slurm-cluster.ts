// A real Slurm of one node, on loopback, in a folder of its own: munged with a key made for it, slurmctld and slurmd, as
// the user that runs the tests. Debian's slurm-wlm has all three.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const daemons = { munged: '/usr/sbin/munged', slurmctld: '/usr/sbin/slurmctld', slurmd: '/usr/sbin/slurmd', sbatch: '/usr/bin/sbatch' };

/** What of Slurm is not installed here. */
export const missingOfSlurm = (): string[] => Object.values(daemons).filter((path) => !existsSync(path));

export interface SlurmCluster {
  /** Environment in which sbatch and squeue talk to this cluster. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends the daemons and removes their folder. */
  stop(): Promise<void>;
}

/** Throws with the daemons' logs if the node does not come up. */
export async function startSlurm(): Promise<SlurmCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'deltaloom-slurm-'));
  for (const name of ['spool', 'state', 'log']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'munge.key'), randomBytes(1024), { mode: 0o400 });
  writeFileSync(join(folder, 'slurm.conf'), await configuration(folder));
  const env = { ...process.env, SLURM_CONF: join(folder, 'slurm.conf') };
  const running: ChildProcess[] = [];
  const start = (path: string, args: readonly string[]): void => void running.push(spawn(path, args, { env, stdio: 'ignore' }));
  const stop = async (): Promise<void> => {
    for (const daemon of running.reverse()) await endProcess(daemon);
    rmSync(folder, { recursive: true, force: true });
  };
  const paths = ['key-file=munge.key', 'socket=munge.sock', 'pid-file=munged.pid', 'log-file=log/munged.log', 'seed-file=munge.seed'];
  start(daemons.munged, ['--foreground', '--force', ...paths.map((option) => `--${option.replace('=', `=${folder}/`)}`)]);
  await waitFor(() => existsSync(join(folder, 'munge.sock')));
  start(daemons.slurmctld, ['-D', '-c']);
  start(daemons.slurmd, ['-D', '-c', '-N', hostname()]);
  const isUp = await waitFor(() => spawnSync('sinfo', ['--noheader', '--format=%T'], { env, encoding: 'utf8' }).stdout?.trim() === 'idle');
  if (isUp) return { env, stop };
  const logs = ['slurmctld', 'slurmd'].map((name) => readFileSync(join(folder, 'log', `${name}.log`), 'utf8')).join('\n');
  await stop();
  throw new Error(`Slurm did not come up:\n${logs}`);
}

async function configuration(folder: string): Promise<string> {
  const [host, { username }] = [hostname(), userInfo()];
  const [controllerPort, nodePort] = [await freePort(), await freePort()];
  const lines = [
    'ClusterName=deltaloom',
    `SlurmctldHost=${host}(127.0.0.1)`,
    `SlurmctldPort=${controllerPort}`,
    `SlurmdPort=${nodePort}`,
    `SlurmUser=${username}`,
    `SlurmdUser=${username}`,
    'AuthType=auth/munge',
    `AuthInfo=socket=${folder}/munge.sock`,
    'CredType=cred/munge',
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/slurmd.pid`,
    `SlurmctldLogFile=${folder}/log/slurmctld.log`,
    `SlurmdLogFile=${folder}/log/slurmd.log`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'SwitchType=switch/none',
    'MpiDefault=none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_CPU',
    'JobAcctGatherType=jobacct_gather/none',
    'AccountingStorageType=accounting_storage/none',
    'ReturnToService=2',
    `NodeName=${host} NodeAddr=127.0.0.1 CPUs=2`,
    `PartitionName=test Nodes=${host} Default=YES State=UP MaxTime=INFINITE`,
  ];
  return `${lines.join('\n')}\n`;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function waitFor(isTrue: () => boolean, longestMs = 30_000): Promise<boolean> {
  for (const end = Date.now() + longestMs; Date.now() < end; await pause(200)) if (isTrue()) return true;
  return false;
}

async function endProcess(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode !== null || !child.kill('SIGTERM')) return;
  await Promise.race([ended, pause(5000).then(() => child.kill('SIGKILL'))]);
}
