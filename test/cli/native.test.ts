// `--backend native` on the command line: the files of js, and exit status 5 without a compiler.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasCompiler } from '../backends/compiler.js';
import { makeWorkFolder, runCli, tiny } from './run-cli.js';

const cwd = makeWorkFolder({ 'tiny.loom': tiny });
const env = { XDG_CACHE_HOME: join(cwd, 'cache') };

describe('deltaloom run --backend native', () => {
  it.skipIf(!hasCompiler)('gives what js gives', async () => {
    const run = async (backend: string): Promise<{ document: { measures: unknown }; table: string }> => {
      const result = await runCli(['run', 'tiny.loom', '--backend', backend, '--json', '--wave', `${backend}.csv`], { cwd, env });
      expect({ code: result.code, text: result.stderr }).toEqual({ code: 0, text: `wrote ${backend}.csv\n` });
      return { document: JSON.parse(result.stdout), table: readFileSync(join(cwd, `${backend}.csv`), 'utf8') };
    };
    const [native, js] = [await run('native'), await run('js')];
    expect(native.document).toMatchObject({ backend: 'native', status: 'done', measures: js.document.measures });
    expect(native.table).toBe(js.table);
  });

  it('exits 5 without a compiler', async () => {
    const args = ['run', 'tiny.loom', '--backend', 'native', '--json', '--set', 'k=0.375'];
    const { code, stdout, stderr } = await runCli(args, { cwd, env: { ...env, CC: 'no-such-compiler' } });
    expect(code).toBe(5);
    expect(stderr).toContain(
      "error[DL801] the native backend is not available: there is no C compiler 'no-such-compiler'\n  help: use the backend js or wasm, or set CC",
    );
    expect(JSON.parse(stdout)).toMatchObject({ status: 'refused', exitCode: 5, diagnostics: [{ code: 'DL801' }] });
  });
});
