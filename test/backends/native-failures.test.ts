// What goes wrong around a compiler, as coded errors; and the libraries that are kept.

import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BackendError } from '../../src/backends/backend-error.js';
import { createMachine, type Kernel } from '../../src/backends/kernel.js';
import { compileBatch, type BatchOptions } from '../../src/backends/compile-batch.js';
import { mostLibraries } from '../../src/backends/native/cache.node.js';
import { compileLibrary } from '../../src/backends/native/compiler.node.js';
import { loadLibrary } from '../../src/backends/native/library.node.js';
import { nativeBatchKernel, nativeKernel, nativeKernels } from '../../src/backends/native/native.node.js';
import { emitModule } from '../../src/backends/native/node-api.js';
import type { Program } from '../../src/ir/program.js';
import { simulateNow } from '../../src/simulate/simulate.js';
import '../../src/index.node.js';
import { examplePrograms } from '../ir/example-programs.js';
import { hasCompiler, useOwnCache } from './compiler.js';
import { ringOfIntegrators } from './large-program.js';

const folder = useOwnCache();
const cache = join(folder, 'cache', 'deltaloom');
const program = (): Program => [...examplePrograms.values()][0]!();
const { PATH } = process.env;

afterEach(() => {
  process.env['PATH'] = PATH;
  delete process.env['CC'];
});

function errorOf(run: () => unknown): BackendError {
  try {
    run();
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the native backend', () => {
  it('says that there is no compiler', () => {
    process.env['PATH'] = '/no-such-folder';
    const error = errorOf(() => nativeKernel(program()));
    expect(error.code).toBe('DL801');
    expect(error.message).toBe("the native backend is not available: there is no C compiler 'cc'");
    expect(error.help).toContain('js');
  });

  it('says that the compiler failed, with the first lines it wrote', () => {
    process.env['CC'] = 'false';
    expect(errorOf(() => nativeKernel(program())).message).toBe("the C compiler 'false' failed: exit status 1");
    process.env['CC'] = 'true';
    expect(errorOf(() => nativeKernel(program())).message).toBe("the C compiler 'true' made no program");
    const wordy = join(folder, 'wordy');
    writeFileSync(wordy, '#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9; do echo "line $i" >&2; done\nexit 7\n');
    chmodSync(wordy, 0o755);
    process.env['CC'] = wordy;
    const { message } = errorOf(() => nativeKernel(program()));
    expect(message).toContain('failed: exit status 7\n  line 1\n');
    expect(message).not.toContain('line 6');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('says that what was compiled cannot be loaded, and keeps nothing of it', () => {
    const careless = join(folder, 'careless');
    writeFileSync(careless, '#!/bin/sh\necho nothing > program\n');
    chmodSync(careless, 0o755);
    process.env['CC'] = careless;
    const { code, message } = errorOf(() => nativeBatchKernel(program()));
    expect(code).toBe('DL801');
    expect(message).toMatch(/^the native backend is not available: the compiled program cannot be loaded: ./);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('says the same of batches, and that it runs no floats', async () => {
    const error = async (options: BatchOptions): Promise<unknown> => compileBatch(program(), options).catch((reason: unknown) => reason);
    process.env['PATH'] = '/no-such-folder';
    expect(await error({ backend: 'native' })).toMatchObject({
      code: 'DL801',
      message: "the native backend is not available: there is no C compiler 'cc'",
    });
    expect(await error({ backend: 'native', precision: 'f32' })).toMatchObject({ message: 'the native backend runs doubles only' });
  });

  it('says that nothing can be kept', () => {
    const { XDG_CACHE_HOME } = process.env;
    writeFileSync(join(folder, 'file'), '');
    process.env['XDG_CACHE_HOME'] = join(folder, 'file');
    expect(errorOf(() => nativeKernel(program())).help).toContain('XDG_CACHE_HOME');
    process.env['XDG_CACHE_HOME'] = XDG_CACHE_HOME;
  });
});

describe.skipIf(!hasCompiler)('compiled programs', () => {
  it('are kept and found again, without a compiler, too', () => {
    const [first] = nativeKernels([program()], { optimization: 1 });
    const kept = readdirSync(cache);
    process.env['PATH'] = '/no-such-folder';
    const [again] = nativeKernels([program()], { optimization: 1 });
    expect(readdirSync(cache)).toEqual(kept);
    const run = (kernel: Kernel): Float64Array => {
      const machine = createMachine(kernel.program, [new Float64Array(10)]);
      kernel.run(machine, 10);
      return machine.records[0]!;
    };
    expect(run(again!)).toEqual(run(first!));
  });

  it('are made by several processes at once', async () => {
    const slow = join(folder, 'slow');
    writeFileSync(slow, '#!/bin/sh\nsleep 0.2\nexec cc "$@"\n');
    chmodSync(slow, 0o755);
    process.env['CC'] = slow;
    const source = 'int nothing(void) { return 0; }\n';
    const script = join(folder, 'two.mjs');
    const module = new URL('../../dist/backends/native/compiler.node.js', import.meta.url);
    expect(existsSync(module), 'the build: npm run build').toBe(true);
    writeFileSync(
      script,
      `const { compileLibrary } = await import(${JSON.stringify(module.href)});\nconsole.log(compileLibrary([${JSON.stringify(source)}], 0));\n`,
    );
    const outputs = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
        let text = '';
        child.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
        await new Promise((resolve) => child.on('close', resolve));
        return text.trim();
      }),
    );
    expect(new Set(outputs)).toEqual(new Set([compileLibrary([source], 0)]));
    expect(readdirSync(cache).filter((name) => name.startsWith('compile-'))).toEqual([]);
  });

  it('are compiled again where what was kept is broken', () => {
    const source = emitModule([]);
    const path = compileLibrary([source], 0);
    writeFileSync(path, '');
    expect(typeof loadLibrary([source], 0).run).toBe('function');
  });

  it('are kept in a bounded number, those used last', () => {
    const used = compileLibrary(['int used(void) { return 0; }\n'], 0);
    const old = new Date(Date.now() - 1e9);
    for (let i = 0; i < mostLibraries + 20; i++) {
      const path = join(cache, `${i.toString(16).padStart(64, '0')}.node`);
      writeFileSync(path, '');
      utimesSync(path, old, old);
    }
    const [left, open] = [join(cache, 'compile-aB3xY9'), join(cache, 'compile-000000')];
    const others = ['notes', 'compile-of-mine', `${'0'.repeat(63)}g.node`].map((name) => join(cache, name));
    for (const path of [left, open, ...others]) mkdirSync(path);
    writeFileSync(join(others[0]!, 'kept.txt'), '');
    for (const path of others) utimesSync(path, old, old);
    utimesSync(left, old, old);
    utimesSync(used, old, old);
    expect(compileLibrary(['int used(void) { return 0; }\n'], 0)).toBe(used);
    const added = compileLibrary(['int added(void) { return 0; }\n'], 0);
    const kept = readdirSync(cache).map((name) => join(cache, name));
    expect(kept.filter((path) => /[0-9a-f]{64}\.node$/.test(path))).toHaveLength(mostLibraries);
    expect(kept).toEqual(expect.arrayContaining([used, added, open, ...others]));
    expect(kept).not.toContain(left);
  });

  it('tell the same divergence as js does', () => {
    const stable = ringOfIntegrators(3);
    const growing = { ...stable, params: stable.params.map((param) => ({ ...param, value: 1.5 })) };
    const named = { ...growing, signalNames: new Map([[growing.events[0]!.actions.at(-1)!.value, 'total']]) };
    const options = { clock: 0, ticks: 200_000 };
    const [native, js] = (['native', 'js'] as const).map((backend) => simulateNow(named, { ...options, backend }));
    expect(native!.backend).toBe('native');
    expect(native!.status).toBe('diverged');
    expect(native!.divergence).toEqual(js!.divergence);
    expect(native!.waveforms.map(({ values }) => values)).toEqual(js!.waveforms.map(({ values }) => values));
  });
});
