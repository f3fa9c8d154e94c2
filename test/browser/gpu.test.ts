// The gpu backend in a real browser without a graphics processor: Chromium computes shaders on the processor (SwiftShader).
// Its arithmetic is that of IEEE 754 in floats, division and root included; its sine and cosine are as exact as Vulkan asks
// (2^-11 absolute, "Precision and Operation of SPIR-V Instructions") and no more.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationNames } from '../backends/gpu-operations.js';
import { systems } from '../backends/gpu-systems.js';
import { bundlePage, type Bundle } from './bundle-page.js';
import type { GpuPageReport } from './gpu-page.js';
import { hasBrowser, launchBrowser, shaderFlags } from './launch-browser.js';
import { servePage, type PageServer } from './serve-page.js';

/** Largest differences by operands and result; 3 + 2|x| units in the last place for exp, of which pow is made. */
const bounds: Readonly<Record<string, (operands: readonly number[], expected: number) => number>> = {
  exp: ([x], y) => (3 + 2 * Math.abs(x!)) * 2 ** -23 * y,
  log: (_, y) => 3 * 2 ** -23 * Math.max(1, Math.abs(y)),
  sin: () => 2 ** -11,
  cos: () => 2 ** -11,
  tanh: () => 2 ** -20,
  pow: ([x, n], y) => (3 + 2 * Math.abs(n! * Math.log2(x!))) * 2 ** -22 * y,
};

describe.skipIf(!hasBrowser)(`in Chromium (here ${process.platform} on ${process.arch}; the package has Linux on x64)`, () => {
  let folder: string;
  let bundle: Bundle;
  let server: PageServer | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deltaloom-gpu-'));
    bundle = await bundlePage('gpu-page.ts');
    server = await servePage(bundle.code, new Map());
    browser = await launchBrowser(folder, shaderFlags);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function visit(path: string): Promise<GpuPageReport> {
    const page = await browser!.newPage();
    try {
      await page.goto(`${server!.origin}/${path}`);
      return JSON.parse((await page.locator('#report').textContent({ timeout: 50_000 }))!) as GpuPageReport;
    } finally {
      await page.close();
    }
  }

  it('has gpu.js in the bundle, and nothing of Node', () => {
    expect(bundle.modules.filter((path) => path.includes('/gpu.js/dist/gpu-browser.js'))).not.toEqual([]);
    expect(bundle.modules.filter((path) => /browser-external|\.node\.ts$|^node:/.test(path))).toEqual([]);
    expect(bundle.imports).toEqual([]);
  });

  describe.each(['webgl2', 'webgpu'] as const)('%s', (mode) => {
    it('computes the nearest floats; elementary functions as exactly as shaders must', async () => {
      const report = await visit(`open?run=operations&mode=${mode}`);
      if (report.kind !== 'operations') throw new Error(JSON.stringify(report));
      expect(report.ran).toEqual([mode]);
      expect(report.reports.map(({ name }) => name)).toEqual(operationNames);
      for (const { name, operands, got, expected } of report.reports) {
        const bound = (bounds[name] ?? (() => 0))(operands, expected);
        expect(got === expected || Math.abs(got - expected) <= bound, `${name}(${operands.join(', ')}) = ${got}, not ${expected}`).toBe(
          true,
        );
      }
    });

    it('follows the interpreter as WebAssembly does', async () => {
      const report = await visit(`open?run=systems&mode=${mode}`);
      if (report.kind !== 'systems') throw new Error(JSON.stringify(report));
      expect(report.reports.map(({ name, ran }) => [name, ran])).toEqual(systems.map(({ name }) => [name, mode]));
      report.reports.forEach(({ differences }, i) => {
        for (const [record, difference] of Object.entries(differences)) expect(difference, record).toBeLessThan(systems[i]!.bound);
      });
    });
  });

  it('takes the best mode there is without being told', async () => {
    const report = await visit('open?run=systems&mode=async');
    expect(report).toMatchObject({ kind: 'systems' });
    expect(new Set(report.kind === 'systems' ? report.reports.map(({ ran }) => ran) : [])).toEqual(new Set(['webgpu']));
  });
});
