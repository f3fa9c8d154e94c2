// Every netlist of netlists/: order, grouping, backend and language do not change a sample of its benches.

import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fileHost } from '../../src/index.node.js';
import { convertNetlist } from '../../src/netlist/convert.js';
import type { BenchItem, NetlistFile } from '../../src/netlist/ast.js';
import { drawnEffects } from './arbitrary-netlist.js';
import { declaredNames } from './map-names.js';
import { benched, parse, print, systemOf } from './netlist-text.js';
import { compileText, expectSameBits, runCompiled, runText, type RunSettings, type Waves } from './run-netlist.js';
import { shapesOf } from './shapes.js';
import { shuffleNetlist } from './shuffle-netlist.js';
import { wrapBlocks } from './wrap-netlist.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'netlists');
const paths = readdirSync(folder)
  .filter((name) => name.endsWith('.loom'))
  .map((name) => join(folder, name));

interface BenchCase {
  readonly label: string;
  readonly file: NetlistFile;
  readonly bench: BenchItem;
  readonly settings: RunSettings & { readonly name: string; readonly bench: string };
}

/** Grouping rewrites the system itself, so it must stand in the file. */
const ownSystem = (file: NetlistFile, bench: BenchItem): boolean =>
  file.items.some((item) => item.kind === 'system' && item.name.name === benched(bench));

/** The benches of each file; long runs are cut, files are found beside the original. */
const cases = paths.flatMap((path): BenchCase[] => {
  const text = new TextDecoder().decode(fileHost.readBytes(path));
  const file = parse(text, path);
  return file.items.flatMap((item) => {
    if (item.kind !== 'bench' || !ownSystem(file, item)) return [];
    const bench = item.name.name;
    return [
      { label: `${path.split('/').at(-1)!} ${bench}`, file, bench: item, settings: { name: path, bench, host: fileHost, ticks: 400 } },
    ];
  });
});

const known = new Map<string, Waves>();
function plainWaves({ label, file, settings }: BenchCase): Waves {
  let waves = known.get(label);
  if (waves === undefined) known.set(label, (waves = runText(print(file), settings)));
  return waves;
}

test('there are netlists', () => {
  expect(cases.map(({ label }) => label)).toEqual(expect.arrayContaining(['mod2.loom mod2', 'adm.loom tone']));
});

test.each(cases)('$label: interpreter, js and wasm agree', (each) => {
  const compiled = compileText(print(each.file), each.settings);
  const expected = runCompiled(compiled, { ...each.settings, backend: 'interpret' });
  for (const backend of ['js', 'wasm'] as const) expectSameBits(expected, runCompiled(compiled, { ...each.settings, backend }), backend);
});

test.each(cases)('$label: the order of statements does not matter', (each) => {
  for (const seed of [1, 2, 3]) {
    const keys = Array.from({ length: 97 }, (_, i) => (i * i * 31 * seed + 17 * i) % 1009);
    const shuffled = print(shuffleNetlist(each.file, keys));
    expectSameBits(runText(shuffled, each.settings), plainWaves(each), shuffled);
  }
});

test.each(cases)('$label: grouping does not matter', (each) => {
  // Noise follows from the path of an instance.
  const settings = { ...each.settings, ideal: drawnEffects };
  const { file, bench } = each;
  const plain = runText(print(file), settings);
  const system = benched(bench);
  const names = [...new Set(systemOf(file, system).body.flatMap(declaredNames))];
  const shapes = shapesOf(file, bench, settings);
  const subsets = [names, ...[2, 3, 5].map((step) => names.filter((_, i) => (i * i + i) % (2 * step) < step))];
  for (const subset of subsets) {
    const once = wrapBlocks(file, system, new Set(subset), shapes, 'made_part', 'made_p');
    expectSameBits(runText(print(once), settings), plain, print(once));
    const half = subset.filter((_, i) => i % 2 === 0);
    const twice = wrapBlocks(once, 'made_part', new Set(half), shapes, 'made_core', 'made_c');
    expectSameBits(runText(print(twice), settings), plain, print(twice));
  }
});

test.each(cases)('$label: YAML says the same', (each) => {
  const yaml = convertNetlist(each.file, 'yaml');
  const path = each.settings.name.replace(/loom$/, 'yaml');
  expectSameBits(runText(yaml, { ...each.settings, name: path }), plainWaves(each), yaml);
});
