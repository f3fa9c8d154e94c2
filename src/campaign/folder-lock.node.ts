// One process at a time writes into a folder of results. The lock is a file that names its process, so it needs no cleaning up
// after a crash: the lock of a process that has ended is taken over.

import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fail } from '../diagnostics/diagnostic.js';
import { errnoOf, errnoWords } from '../io/errno-words.js';
import { processBirth } from './process-birth.node.js';
import { lockNameOf } from './shards.js';
import { isEarlierStart, slurmTask, type SlurmTask } from './slurm-task.node.js';

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** When the process started, where the system tells: numbers of processes are used again. */
  readonly birth: string | undefined;
  /** Whose numbers `pid` belongs to, where the system has several: containers of one name share no processes. */
  readonly pidNamespace: string | undefined;
  readonly slurm: SlurmTask | undefined;
}

/** How often, and after how many milliseconds, a lock that is just changing hands is looked at again. */
const attempts = 100;
const pauseMs = 10;

/**
 * Takes the folder's lock, or the one of a part of it by `name`, until `release`, which may be called more than once.
 * @throws NetlistError DL606 when another process, or this one, holds it; DL604 when the folder cannot be written to
 */
export function lockFolder(folder: string, name = lockNameOf(undefined)): { release(): void } {
  const path = join(folder, name);
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    birth: processBirth(process.pid),
    pidNamespace: pidNamespace(),
    slurm: slurmTask(),
  };
  acquire(path, folder, own);
  let isHeld = true;
  const release = (): void => {
    process.off('exit', release);
    const holder = isHeld ? readHolder(path) : 'gone';
    // Whoever deleted it by hand may have let another in.
    if (isHolder(holder) && isHere(holder) && holder.pid === own.pid && holder.since === own.since) rmSync(path, { force: true });
    isHeld = false;
  };
  // A second interrupt ends the program at once.
  process.on('exit', release);
  return { release };
}

/**
 * Makes the lock file, which only one process can. That of a process that has ended is replaced by whoever holds the lock of
 * taking over, `PATH.takeover`, taken in the same way: nobody else replaces it, and its process no longer can. So what is
 * replaced is what was read, and two that take over cannot both succeed.
 */
function acquire(path: string, folder: string, own: Holder): void {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (create(path, own)) return;
    const holder = readHolder(path);
    if (isHolder(holder) && hasEnded(holder)) {
      const takeover = `${path}.takeover`;
      acquire(takeover, folder, own);
      try {
        const still = readHolder(path);
        if (isHolder(still) && hasEnded(still)) {
          replace(path, own);
          return;
        }
      } finally {
        rmSync(takeover, { force: true });
      }
    } else if (isHolder(holder) && !path.endsWith('.takeover')) {
      refuse(path, folder, holder);
    }
    // Made, released or taken over at this moment.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
  refuse(path, folder, undefined);
}

/** False if there is one. A link to a complete file, so that nobody reads a lock in part. */
function create(path: string, own: Holder): boolean {
  const complete = writeBeside(path, own);
  try {
    linkSync(complete, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    fail('DL604', undefined, `cannot write '${path}': ${errnoWords(error)}`, {
      why: 'a lock is made by a hard link, which this file system may not have',
    });
  } finally {
    rmSync(complete, { force: true });
  }
}

function replace(path: string, own: Holder): void {
  const complete = writeBeside(path, own);
  try {
    renameSync(complete, path);
  } catch (error) {
    rmSync(complete, { force: true });
    fail('DL604', undefined, `cannot write '${path}': ${errnoWords(error)}`);
  }
}

function writeBeside(path: string, own: Holder): string {
  const beside = `${path}.${randomUUID()}`;
  try {
    writeFileSync(beside, `${JSON.stringify(own)}\n`);
  } catch (error) {
    rmSync(beside, { force: true });
    fail('DL604', undefined, `cannot write '${path}': ${errnoWords(error)}`);
  }
  return beside;
}

const isHolder = (read: Holder | 'gone' | 'unreadable'): read is Holder => typeof read === 'object';

function readHolder(path: string): Holder | 'gone' | 'unreadable' {
  try {
    const { pid, host, since, birth, pidNamespace, slurm } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    const isWhole = typeof pid === 'number' && typeof host === 'string' && typeof since === 'string';
    return isWhole ? { pid, host, since, birth, pidNamespace, slurm } : 'unreadable';
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

/** undefined where there is no /proc. */
function pidNamespace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}

/** Whether the holder's number is one of the processes that are seen from here. */
const isHere = ({ host, pidNamespace: theirs }: Holder): boolean => host === hostname() && theirs === pidNamespace();

/** Of processes on other hosts, or in other containers, no more is known than Slurm tells: they are taken to run. */
function hasEnded(holder: Holder): boolean {
  if (!isHere(holder)) return isEarlierStart(holder.slurm, slurmTask());
  const { pid, birth } = holder;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is one, of another user.
    if (errnoOf(error) === 'ESRCH') return true;
  }
  const now = processBirth(pid);
  return birth !== undefined && now !== undefined && birth !== now;
}

function refuse(path: string, folder: string, holder: Holder | undefined): never {
  if (holder === undefined) {
    fail('DL606', undefined, `'${folder}' is in use: its lock cannot be read`, {
      why: 'two processes that write into one folder spoil each other',
      help: `if no process works there, delete the lock: rm '${path}'`,
    });
  }
  const { pid, host, since } = holder;
  const isKnown = isHere(holder);
  const where = isKnown ? '' : host === hostname() ? ` of another container on ${host}` : ` on ${host}`;
  fail('DL606', undefined, `'${folder}' is in use by process ${pid}${where} since ${since}`, {
    why: 'two processes that write into one folder spoil each other',
    help: isKnown
      ? 'wait until it has ended, or take another folder'
      : `wait until it has ended, or take another folder; if it has crashed, delete its lock: rm '${path}'`,
  });
}
