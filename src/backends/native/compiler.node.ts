// The system's C compiler: finds it, and keeps what it made in the user's cache, by a hash of all that went in.
// A library is there whole or not at all, so processes may compile the same at once.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { BackendError } from '../backend-error.js';
import { cacheFolder, makeWorkFolder, markUsed, pruneCache } from './cache.node.js';

/** The bits rest on the third; the fourth lets the compiler use the processor's square root. */
const fixedFlags = ['-std=c99', '-march=native', '-ffp-contract=off', '-fno-math-errno', '-fPIC'];
/** Node's own functions are found when the library is loaded. */
const linkFlags = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
const longestCompileMs = 600_000;
const otherBackend = 'use the backend js or wasm, or set CC to a C compiler';

/** How much the compiler optimizes: a test that compiles much may want little. */
export type Optimization = 0 | 1 | 2 | 3;

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

/** What this processor can do, as far as the system tells: code for it must not be found on another that shares the folder. */
function processorText(): string {
  const model = cpus()[0]?.model ?? '';
  try {
    return `${model} ${/^flags.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0] ?? ''}`;
  } catch {
    return model;
  }
}

/** Path of the library of the C files, compiled unless it was before. Throws BackendError. */
export function compileLibrary(sources: readonly string[], optimization: Optimization): string {
  const { command, args } = compilerCommand();
  const flags = [...args, `-O${optimization}`, ...fixedFlags, ...linkFlags];
  const parts = [process.arch, processorText(), command, ...flags, ...sources];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const folder = cacheFolder();
  const library = join(folder, `${hash}.node`);
  if (existsSync(library)) {
    markUsed(library);
    return library;
  }
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
    renameSync(join(work, 'program'), library);
    pruneCache(folder);
    return library;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
