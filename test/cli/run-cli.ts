// Runs the built command line as a child process, as a user's shell would.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';

/** The built program. */
export const main = fileURLToPath(new URL('../../dist/cli/main.node.js', import.meta.url));
export const netlists = fileURLToPath(new URL('../../netlists', import.meta.url));

export interface CliResult {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Sees everything on stderr so far, each time there is more. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Closes the reading end of stdout at once. */
  readonly closeStdout?: boolean;
}

/** Colours and debugging of the caller's shell do not reach the child. No output ever holds a stack trace. */
export async function runCli(args: readonly string[], { cwd, env = {}, onStderr, closeStdout }: CliOptions = {}): Promise<CliResult> {
  if (!existsSync(main)) throw new Error('build first: npm run build');
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(FORCE_COLOR|NO_COLOR|NODE_OPTIONS|DELTALOOM_.*)$/.test(name)),
  );
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    onStderr?.(stderr, (signal) => child.kill(signal));
  });
  if (closeStdout === true) child.stdout.destroy();
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (env['DELTALOOM_DEBUG'] === undefined) expect(stdout + stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  return { code, stdout, stderr };
}

/** A folder of its own for a test file, with these files in it; it goes when the tests are done. */
export function makeWorkFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'deltaloom cli '));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A first-order low-pass of differences with a sine in front: small, and every record is known in closed form. */
export const tiny = `system tiny(fs = 1kHz, k = 0.5) {
  clock clk = fs
  input u : V

  x = integrator(u - x, gain: k)

  output x
}

bench tiny {
  u = sine(freq: 10Hz, amplitude: 1V)
  run 1000 ticks of clk
  record u, x
  measure top = max(x)
  check top < 2V
}
`;

export const growing = `system growing {
  clock clk = 1kHz
  input u : V
  x = integrator(u + 3*x)
  output x
}

bench growing {
  u = dc(value: 1V)
  run 5000 ticks of clk
  record x
  measure top = max(x)
  check top < 10V
  write x to "x.csv"
}
`;
