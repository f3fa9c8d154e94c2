// Compiles src to dist with tsc, which compiles only what changed. tsc neither removes what a deleted source
// left in dist nor writes again what somebody deleted there, so both are put right before it runs.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const buildInfo = join(dist, '.tsbuildinfo');
const command = join(dist, 'cli', 'main.node.js');

/** Files of `folder` that end so, by their path from it without the ending. */
function stemsOf(folder, ending) {
  if (!existsSync(folder)) return new Set();
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Set(paths.filter((path) => ending.test(path)).map((path) => path.replace(ending, '')));
}

const sources = stemsOf(join(root, 'src'), /\.ts$/);
for (const ending of ['.js', '.d.ts']) {
  const outputs = stemsOf(dist, new RegExp(`${ending.replaceAll('.', '\\.')}$`));
  for (const stem of outputs) if (!sources.has(stem)) rmSync(join(dist, stem + ending));
  if ([...sources].some((stem) => !outputs.has(stem))) rmSync(buildInfo, { force: true });
}

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', root, '--incremental', '--tsBuildInfoFile', buildInfo], { stdio: 'inherit' });
// npx runs the command of a clone by a link to this very file.
if (existsSync(command)) chmodSync(command, 0o755);
process.exitCode = status ?? 1;
