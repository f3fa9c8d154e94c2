// crfb5.loom against simulateDSM of Schreier's Delta-Sigma Toolbox: the MATLAB output that python-deltasigma keeps as
// test data (github.com/ggventurini/python-deltasigma, deltasigma/tests/test_data/test_simulateDSM.mat).

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runNetlist, samplesOf, sharedFolder } from './bench.js';

const goldenFile = join(sharedFolder, 'reference/golden/simulateDSM.matlab.json');

interface Golden {
  readonly compare_first: number;
  readonly v: readonly number[];
  readonly y: readonly number[];
  readonly tol: { readonly y: { readonly atol: number; readonly rtol: number } };
}

// prettier-ignore
const first64 = [
  1, -1, -1, 1, 1, -1, 1, -1, 1, 1, -1, 1, 1, 1, -1, 1,
  1, -1, 1, -1, 1, 1, 1, 1, 1, -1, 1, -1, 1, 1, 1, 1,
  1, -1, 1, 1, -1, 1, -1, 1, -1, 1, 1, 1, -1, -1, 1, 1,
  -1, 1, -1, 1, -1, -1, 1, -1, 1, -1, -1, 1, -1, 1, -1, -1,
];

it('gives the first 64 levels of simulateDSM', async () => {
  const v = samplesOf(await runNetlist('crfb5.loom', 'tone'), 'v');
  expect(Array.from(v.subarray(0, 64))).toEqual(first64);
});

describe.skipIf(!existsSync(goldenFile))('simulateDSM.matlab.json in ../shared/reference/golden', () => {
  const golden = () => JSON.parse(readFileSync(goldenFile, 'utf8')) as Golden;

  it('has the same levels, as far as they are to be compared', async () => {
    const { v, compare_first } = golden();
    const ours = samplesOf(await runNetlist('crfb5.loom', 'tone'), 'v');
    expect(compare_first).toBeGreaterThan(1000);
    expect(Array.from(ours.subarray(0, compare_first))).toEqual(v.slice(0, compare_first));
  });

  it('has the same loop filter output', async () => {
    const { y, tol } = golden();
    const ours = samplesOf(await runNetlist('crfb5.loom', 'tone'), 'y');
    expect(y.length).toBeGreaterThan(100);
    y.forEach((value, k) => expect(Math.abs(ours[k]! - value)).toBeLessThan(tol.y.atol + tol.y.rtol * Math.abs(value)));
  });
});
