// The library in a real browser: the bits of Node on all backends, and WebAssembly or the interpreter where a page
// forbids scripts made at run time. The browser comes from an npm package that has binaries for Linux on x64 only.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertNetlist, loadText, runBench } from '../../src/index.js';
import { netlistsFolder } from '../netlists/bench.js';
import { digestsOf } from '../netlists/digest.js';
import { digestBatch } from './batch-digest.js';
import { bundlePage, type Bundle } from './bundle-page.js';
import { hasBrowser, launchBrowser } from './launch-browser.js';
import type { PageReport } from './page.js';
import { servePage, type PageServer } from './serve-page.js';

const loomText = readFileSync(join(netlistsFolder, 'mod2.loom'), 'utf8');
const yamlText = convertNetlist(loadText(loomText, 'mod2.loom').file, 'yaml');
const netlists = new Map([
  ['mod2.loom', loomText],
  ['mod2.yaml', yamlText],
]);

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundlePage('page.ts');
});

describe('the bundle', () => {
  it('imports nothing: no module of Node, no file beside it', () => {
    expect(bundle.modules.filter((path) => path.endsWith('/src/index.ts'))).toHaveLength(1);
    expect(bundle.imports).toEqual([]);
    expect(bundle.modules.filter((path) => /browser-external|\.node\.ts$|^node:/.test(path))).toEqual([]);
    expect(bundle.code).not.toMatch(/["'`]node:/);
  });
});

describe.skipIf(!hasBrowser)(`in Chromium (here ${process.platform} on ${process.arch}; the package has Linux on x64)`, () => {
  let folder: string;
  let server: PageServer | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deltaloom-browser-'));
    server = await servePage(bundle.code, netlists);
    browser = await launchBrowser(folder);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the page reports. */
  async function visit(path: string): Promise<PageReport> {
    const page = await browser!.newPage();
    try {
      await page.goto(`${server!.origin}/${path}`);
      const text = await page.locator('#report').textContent({ timeout: 40_000 });
      return JSON.parse(text!) as PageReport;
    } finally {
      await page.close();
    }
  }

  /** Bits are those of Node; measures use the logarithm and the sine of the engine, which may differ in the last digit. */
  async function expectRun(path: string, backend: 'js' | 'wasm' | 'interpret'): Promise<void> {
    const report = await visit(path);
    const result = await runBench(loadText(loomText, 'mod2.loom'), { backend });
    const measures = Object.fromEntries(result.measures.map(({ name, value }) => [name, expect.closeTo(value, 9) as number]));
    const checks = result.checks.map(() => true);
    expect(report).toEqual({ kind: 'result', backend, ticks: 65536, measures, checks, digests: digestsOf(result) });
  }

  it.each(['js', 'wasm', 'interpret'] as const)('%s gives the bits of Node', async (backend) => {
    await expectRun(`open?netlist=mod2.loom&backend=${backend}`, backend);
  });

  it('takes js by default', async () => {
    await expectRun('open?netlist=mod2.loom', 'js');
  });

  it('reads YAML', async () => {
    await expectRun('open?netlist=mod2.yaml', 'js');
  });

  it("takes wasm under a Content-Security-Policy with script-src 'self' 'wasm-unsafe-eval'", async () => {
    await expectRun('wasm?netlist=mod2.loom', 'wasm');
  });

  it.each(['open', 'wasm', 'strict'])('runs a batch with the bits of Node: %s', async (path) => {
    const { lanes } = await digestBatch(loadText(loomText, 'mod2.loom'));
    const backend = path === 'strict' ? 'interpret' : 'wasm';
    expect(await visit(`${path}?netlist=mod2.loom&batch`)).toEqual({ kind: 'batch', digest: { backend, lanes } });
  });

  describe('under a Content-Security-Policy without unsafe-eval', () => {
    it('falls back to the interpreter and says so', async () => {
      await expectRun('strict?netlist=mod2.loom', 'interpret');
    });

    it('refuses js with DL801', async () => {
      expect(await visit('strict?netlist=mod2.loom&backend=js')).toEqual({
        kind: 'error',
        name: 'BackendError',
        code: 'DL801',
        message: 'the js backend is not available: this place forbids code made at run time',
      });
    });

    it('says that YAML cannot be read', async () => {
      expect(await visit('strict?netlist=mod2.yaml')).toEqual({
        kind: 'error',
        name: 'NetlistError',
        message: 'DL801: YAML netlists cannot be read here',
      });
    });
  });
});
