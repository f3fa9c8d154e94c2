// The system's C compiler: finds it, and keeps what it made in the user's cache, by a hash of all that went in.
// An executable is there whole or not at all, so processes may compile the same at once.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, homedir } from 'node:os';
import { join } from 'node:path';
import { BackendError } from '../backend-error.js';

/** The bits rest on the third; the last lets the compiler use the processor's square root. */
const fixedFlags = ['-std=c99', '-march=native', '-ffp-contract=off', '-fno-math-errno'];
const longestCompileMs = 600_000;
const otherBackend = 'use the backend js, or set CC to a C compiler';

/** How much the compiler optimizes: a test that compiles much may want little. */
export type Optimization = 0 | 1 | 3;

/** The command: `CC`, which may hold options, or `cc`. */
function compilerCommand(): { command: string; args: string[] } {
  const [command = 'cc', ...args] = (process.env['CC'] ?? '').split(/\s+/).filter((word) => word !== '');
  return { command, args };
}

/** First line of the compiler's version; undefined when there is no compiler. */
export function compilerVersion(): string | undefined {
  const { command, args } = compilerCommand();
  const { status, stdout } = spawnSync(command, [...args, '--version'], { encoding: 'utf8', timeout: 10_000 });
  return status === 0 && stdout.trim() !== '' ? stdout.split('\n')[0]! : undefined;
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  return join(XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME.startsWith('/') ? XDG_CACHE_HOME : join(homedir(), '.cache'), 'deltaloom');
}

/** Path of the executable of the C files, compiled unless it was before. Throws BackendError. */
export function compileExecutable(sources: readonly string[], optimization: Optimization): string {
  const { command, args } = compilerCommand();
  const flags = [...args, `-O${optimization}`, ...fixedFlags];
  // Code for this processor may not run on another one that shares the folder.
  const parts = [process.arch, cpus()[0]?.model ?? '', command, ...flags, ...sources];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const folder = cacheFolder();
  const executable = join(folder, hash);
  if (existsSync(executable)) return executable;
  const work = makeWorkFolder(folder);
  try {
    const names = sources.map((text, i) => {
      writeFileSync(join(work, `${i}.c`), text);
      return `${i}.c`;
    });
    const { error, status, signal, stderr } = spawnSync(command, [...flags, '-o', 'program', ...names], {
      cwd: work,
      encoding: 'utf8',
      timeout: longestCompileMs,
      maxBuffer: 64 * 2 ** 20,
    });
    if (error !== undefined && 'code' in error && error.code === 'ENOENT')
      throw new BackendError(`the native backend is not available: there is no C compiler '${command}'`, otherBackend);
    if (error !== undefined || status !== 0) {
      const lines = (stderr ?? '').split('\n').filter((line) => line.trim() !== '');
      const how = error?.message ?? (signal === null ? `exit status ${status}` : `signal ${signal}`);
      throw new BackendError([`the C compiler '${command}' failed: ${how}`, ...lines.slice(0, 5)].join('\n  '), otherBackend);
    }
    if (!existsSync(join(work, 'program'))) throw new BackendError(`the C compiler '${command}' made no program`, otherBackend);
    renameSync(join(work, 'program'), executable);
    return executable;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function makeWorkFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return mkdtempSync(join(folder, 'compile-'));
  } catch (error) {
    throw new BackendError(
      `the native backend cannot keep its programs: ${error instanceof Error ? error.message : String(error)}`,
      'set XDG_CACHE_HOME to a folder that can be written to, or use the backend js',
    );
  }
}
