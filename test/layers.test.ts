// Holds the shape of src: rooms import only from rooms above them, browser-safe files touch nothing of Node,
// no file imports itself through others, and files are small, named in kebab-case and say what they are.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCycles, parseSourceFile, readSourceFiles, type SourceFile } from './import-graph.js';

/** From the leaves down; a room may import from the rooms before it and from itself. */
const rooms = [
  'diagnostics',
  'units',
  'numeric',
  'random',
  'io',
  'ir',
  'blocks',
  'netlist',
  'graph',
  'schedule',
  'backends',
  'simulate',
  'analysis',
  'optimize',
  'plot',
  'campaign',
  'cli',
  'studio',
];
const importedByNobody = ['cli', 'studio'];
/** Files outside all rooms: the public entries and the generator. They may import every room but those. */
const entries = ['index.ts', 'index.node.ts', 'tfjs.ts', 'generate.node.ts'];
/** A backend turns a Program into a kernel: it knows the ir and what the ir is made of, and nothing of netlists. */
const backendsMayImport = ['diagnostics', 'units', 'numeric', 'random', 'ir', 'backends'];
const longestFileLines = 400;

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
};
/** `yaml` of `yaml`, `@a/b` of `@a/b/c`. */
const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const files = readSourceFiles();
const roomOf = (path: string): string | undefined => (path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined);
const isNodeOnly = (path: string): boolean => path.endsWith('.node.ts') || path.startsWith('cli/') || path.startsWith('studio/server/');

/** Why the file at `from` may not import the file at `to`; undefined if it may. */
function layerFault(from: string, to: string): string | undefined {
  const [fromRoom, toRoom] = [roomOf(from), roomOf(to)];
  if (toRoom === fromRoom) return undefined;
  if (toRoom === undefined) return 'a room imports no entry';
  if (importedByNobody.includes(toRoom)) return `nobody imports ${toRoom}`;
  if (fromRoom === undefined) return undefined;
  if (fromRoom === 'backends' && !backendsMayImport.includes(toRoom)) return 'backends know the ir and nothing else';
  return rooms.indexOf(toRoom) < rooms.indexOf(fromRoom) ? undefined : `${fromRoom} stands above ${toRoom}`;
}

const layerFaults = (file: SourceFile): string[] =>
  file.imports.flatMap(({ at, target }) => {
    const fault = target === undefined ? undefined : layerFault(file.path, target);
    return fault === undefined ? [] : [`${at} imports ${target}: ${fault}`];
  });

function browserFaults(file: SourceFile): string[] {
  if (isNodeOnly(file.path)) return [];
  const imports = file.imports.flatMap(({ at, specifier, target }) => {
    if (specifier === undefined) return [`${at} imports a module by a computed name`];
    if (specifier.startsWith('node:')) return [`${at} imports ${specifier}`];
    return target !== undefined && isNodeOnly(target) ? [`${at} imports ${target}`] : [];
  });
  return [...imports, ...file.hostGlobals.map((place) => `${place} is a global of Node`)];
}

describe('the rooms of src', () => {
  it('are all in the list', () => {
    const unknown = files.filter(({ path }) => !entries.includes(path) && !rooms.includes(roomOf(path) ?? ''));
    expect(unknown.map(({ path }) => path)).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('import only from rooms above them', () => {
    expect(files.flatMap(layerFaults)).toEqual([]);
  });

  it('import only files that exist', () => {
    const paths = new Set(files.map(({ path }) => path));
    const edges = files.flatMap((file) => file.imports);
    const missing = edges.filter(({ target }) => target !== undefined && !paths.has(target));
    expect(missing.map(({ at, specifier }) => `${at} imports ${specifier}`)).toEqual([]);
    expect(edges.length).toBeGreaterThan(files.length);
  });

  it('have no import cycles between them, type-only imports included', () => {
    const targetsOf = (room: string): string[] =>
      files
        .filter(({ path }) => roomOf(path) === room)
        .flatMap(({ imports }) => imports.flatMap(({ target }) => roomOf(target ?? '') ?? []))
        .filter((other) => other !== room);
    expect(findCycles(rooms, targetsOf)).toEqual([]);
  });

  it('have no cycles between files at run time, but for those listed', () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const targetsOf = (path: string): string[] =>
      byPath.get(path)?.imports.flatMap(({ target, isTypeOnly }) => (isTypeOnly ? [] : (target ?? []))) ?? [];
    expect(findCycles(byPath.keys(), targetsOf)).toEqual([]);
  });

  it('import only packages that come with deltaloom', () => {
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies });
    const imported = files
      .flatMap(({ imports }) => imports)
      .filter(({ target, specifier }) => target === undefined && specifier !== undefined);
    const unknown = imported.filter(({ specifier }) => !specifier!.startsWith('node:') && !declared.includes(packageOf(specifier!)));
    expect(unknown.map(({ at, specifier }) => `${at} imports ${specifier}`)).toEqual([]);
    expect(imported.length).toBeGreaterThan(0);
  });

  it('load tfjs nowhere but for what is made of it', () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const reached = new Set(['index.ts', 'index.node.ts', 'cli/main.node.ts']);
    for (const path of reached)
      for (const { target, isTypeOnly, isLazy } of byPath.get(path)!.imports)
        if (target !== undefined && !isTypeOnly && !isLazy) reached.add(target);
    const loading = [...reached].flatMap((path) => byPath.get(path)!.imports.filter(({ isTypeOnly, isLazy }) => !isTypeOnly && !isLazy));
    expect(reached.size).toBeGreaterThan(100);
    expect(loading.filter(({ specifier }) => specifier?.startsWith('@tensorflow/')).map(({ at }) => at)).toEqual([]);
  });

  it('are browser-safe outside cli, studio/server and *.node.ts', () => {
    expect(files.flatMap(browserFaults)).toEqual([]);
  });
});

describe('the files of src', () => {
  const isGenerated = (path: string): boolean => path.endsWith('.generated.ts');

  it('have names in kebab-case', () => {
    const kebabPath = /^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*(\.node|\.generated|\.worker|\.d)*\.ts$/;
    expect(files.map(({ path }) => path).filter((path) => !kebabPath.test(path))).toEqual([]);
  });

  it(`have at most ${longestFileLines} lines`, () => {
    const long = files.filter(({ path, text }) => !isGenerated(path) && text.trimEnd().split('\n').length > longestFileLines);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('begin with a comment whose first paragraph has at most six lines', () => {
    const header = /^(#!.*\n)?(\/\/ .*\n){1,6}(\/\/)?\n/;
    expect(files.filter(({ text }) => !header.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const faultsOf = (path: string, text: string): string[] => {
    const file = parseSourceFile(path, text);
    return [...layerFaults(file), ...browserFaults(file)];
  };

  it.each([
    ['a value', "import { a } from '../plot/svg.js';"],
    ['a type', "import type { A } from '../plot/svg.js';"],
    ['a side effect', "import '../plot/svg.js';"],
    ['a name passed on', "export * from '../plot/svg.js';"],
    ['a dynamic import', "const a = await import('../plot/svg.js');"],
    ['a type by import()', "type A = import('../plot/svg.js').A;"],
  ])('see an import of %s', (_, text) => {
    expect(faultsOf('ir/a.ts', `// Header.\n\n${text}`)).toEqual(['ir/a.ts:3 imports plot/svg.ts: ir stands above plot']);
  });

  it('tell rooms apart', () => {
    const text = (target: string): string => `import '${target}';`;
    expect(faultsOf('plot/a.ts', text('../ir/b.js'))).toEqual([]);
    expect(faultsOf('plot/a.ts', text('./cli/b.js'))).toEqual([]);
    expect(faultsOf('index.ts', text('./plot/b.js'))).toEqual([]);
    expect(faultsOf('index.ts', text('./cli/b.js'))).toEqual([
      'index.ts:1 imports cli/b.ts: nobody imports cli',
      'index.ts:1 imports cli/b.ts',
    ]);
    expect(faultsOf('plot/a.ts', text('../index.js'))).toEqual(['plot/a.ts:1 imports index.ts: a room imports no entry']);
    expect(faultsOf('backends/a.ts', text('../graph/b.js'))).toEqual([
      'backends/a.ts:1 imports graph/b.ts: backends know the ir and nothing else',
    ]);
  });

  it('see what only Node has, and not what merely has its name', () => {
    expect(faultsOf('ir/a.ts', "import { readFileSync } from 'node:fs';")).toEqual(['ir/a.ts:1 imports node:fs']);
    expect(faultsOf('ir/a.ts', "import { a } from './b.node.js';")).toEqual(['ir/a.ts:1 imports ir/b.node.ts']);
    expect(faultsOf('ir/a.ts', 'await import(name);')).toEqual(['ir/a.ts:1 imports a module by a computed name']);
    expect(faultsOf('ir/a.ts', 'const x = Buffer.from(process.argv[0]!);')).toEqual([
      'ir/a.ts:1 Buffer is a global of Node',
      'ir/a.ts:1 process is a global of Node',
    ]);
    expect(faultsOf('ir/a.ts', 'const o = { process: 1 }; export const n = o.process;')).toEqual([]);
    expect(faultsOf('cli/a.ts', 'process.exit(Buffer.length);')).toEqual([]);
  });

  it('tell imports that vanish from those that stay', () => {
    const isTypeOnly = (text: string): boolean[] => parseSourceFile('ir/a.ts', text).imports.map((edge) => edge.isTypeOnly);
    expect(isTypeOnly("import type { A } from './b.js'; export type { B } from './b.js'; type C = import('./b.js').C;")).toEqual([
      true,
      true,
      true,
    ]);
    expect(isTypeOnly("import { type A } from './b.js'; export { b } from './b.js'; import './b.js'; import('./b.js');")).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('find cycles of any length', () => {
    const edges: Record<string, string[]> = { a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: ['e'], f: ['a'] };
    expect(findCycles(Object.keys(edges), (node) => edges[node]!)).toEqual([['e'], ['a', 'b', 'c']]);
  });
});
