// The C references: compiled on the spot, each run by a process of its own that is asked for one loop at a time.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('c', import.meta.url));

/** First line of the compiler's version; undefined when there is no compiler. */
export function findCompiler() {
  const { status, stdout } = spawnSync('cc', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

/** `contract`: whether the compiler may fuse a multiplication and an addition, which changes bits. */
export async function startReference(name, { ticks, columns, contract }) {
  const folder = mkdtempSync(join(tmpdir(), 'deltaloom-bench-'));
  const [program, from, to] = ['loop', 'in', 'out'].map((file) => join(folder, file));
  const flags = ['-O3', '-march=native', `-ffp-contract=${contract ? 'fast' : 'off'}`];
  execFileSync('cc', [...flags, '-o', program, join(sources, 'driver.c'), join(sources, `${name}.c`)]);
  const child = spawn(program, [String(ticks), String(columns)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** Nanoseconds of one run of the loop on the samples. */
    async run(samples) {
      writeFileSync(from, samples);
      child.stdin.write(`${from} ${to}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`the C reference of ${name} ended early`);
      return Number(value);
    },
    /** The columns of the last run, one after the other. */
    result: () => readFileSync(to),
    stop() {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}
