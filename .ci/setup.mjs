// Makes node_modules match package-lock.json, and nothing else. A stamp inside node_modules (the lockfile's
// hash and Node's major version) says when there is nothing to do. It runs before anything is installed, so
// it uses only what Node brings, in a syntax that the versions it refuses can still parse.

import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampPath = join(root, 'node_modules', '.deltaloom-setup');
const oldestNode = [20, 19];
const networkErrors =
  /\b(ECONNRESET|ECONNREFUSED|ETIMEDOUT|ESOCKETTIMEDOUT|EAI_AGAIN|ENOTFOUND|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|EINTEGRITY|E429|E5\d\d)\b/;

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

function isNodeTooOld() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
}

/** What the stamp holds when node_modules is right. */
function expectedStamp() {
  const lockHash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lockHash} node ${process.versions.node.split('.')[0]}\n`;
}

function readStamp() {
  try {
    return readFileSync(stampPath, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

/** npm's own script when npm started this one; the command of the PATH otherwise. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script !== undefined && /npm-cli\.c?js$/.test(script)) return { file: process.execPath, args: [script], shell: false };
  return { file: 'npm', args: [], shell: process.platform === 'win32' };
}

/** Runs `npm ci`; its output goes to stderr and is returned too, to tell a network error from others. */
function installPackages() {
  const { file, args, shell } = npmCommand();
  const result = spawnSync(file, [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    shell,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (result.error !== undefined) throw result.error;
  const output = result.stdout + result.stderr;
  process.stderr.write(output);
  return { isInstalled: result.status === 0, isNetworkError: networkErrors.test(output) };
}

function main() {
  if (isNodeTooOld()) {
    say(`Deltaloom needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}.`);
    return 1;
  }
  const stamp = expectedStamp();
  if (readStamp() === stamp) return 0;
  say('installing the packages of package-lock.json (npm ci)');
  let result = installPackages();
  if (!result.isInstalled && result.isNetworkError) {
    say('npm ci met a network error; trying once more');
    result = installPackages();
  }
  if (!result.isInstalled) {
    say('npm ci failed; see its message above');
    return 1;
  }
  writeFileSync(stampPath, stamp);
  say('done');
  return 0;
}

process.exitCode = main();
