// The C compiler of this machine, if it has one; the executables that tests make stay in a folder of their own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { compilerVersion } from '../../src/backends/native/compiler.node.js';

export const hasCompiler = compilerVersion() !== undefined;

/** Makes the cache of executables one of this test file; gives a folder beside it. */
export function useOwnCache(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deltaloom-native-'));
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
