// Writes every generated file: schemas, block reference, grammar. With --check it writes nothing, names the
// files that differ and exits 1. Run it from anywhere after the build: `node dist/generate.node.js`.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureReference } from './analysis/measure-reference.js';
import { blockReference } from './blocks/reference.js';
import { families } from './blocks/registry.js';
import { blockSchema, type JsonSchema } from './blocks/schema.js';

import { netlistSchema } from './netlist/yaml/netlist-schema.js';
import { methodReference } from './optimize/methods/method-reference.js';
import { gradientText } from './optimize/gradient-support.js';
import { reductionReference } from './optimize/reduction-reference.js';
import { feedthroughOf } from './schedule/feedthrough.js';
import { gpuRefusalOf } from './simulate/gpu-support.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const schemaFolder = 'schemas/blocks';

const json = (schema: JsonSchema): string => `${JSON.stringify(schema, undefined, 2)}\n`;

/** Text of each generated file by its path from the root, the grammar's aside. */
function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  files.set('schemas/netlist.schema.json', json(netlistSchema('complete')));
  for (const block of families.flatMap((family) => family.blocks)) {
    files.set(
      `${schemaFolder}/${block.type}.schema.json`,
      json({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...blockSchema(block) }),
    );
  }
  files.set('docs/blocks.md', blockReference(feedthroughOf, gpuRefusalOf, gradientText));
  files.set('docs/measures.md', measureReference());
  files.set('docs/methods.md', methodReference());
  files.set('docs/objectives.md', reductionReference());
  return files;
}

/** Schemas of blocks that no longer exist. */
function leftovers(files: ReadonlyMap<string, string>): string[] {
  const found = readText(schemaFolder, (path) => readdirSync(path)) ?? [];
  return found.map((name) => `${schemaFolder}/${name}`).filter((path) => !files.has(path));
}

/** What `read` makes of a path from the root; undefined if there is no such file. */
function readText<T>(path: string, read: (absolute: string) => T): T | undefined {
  try {
    return read(join(root, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The grammar has a generator of its own, which reports its own drift. */
function generateGrammar(isCheck: boolean): boolean {
  const args = [join(root, 'grammar/generate.mjs'), ...(isCheck ? ['--check'] : [])];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}

function main(isCheck: boolean): void {
  const files = generatedFiles();
  const stale = leftovers(files);
  const changed = [...files].filter(([path, text]) => readText(path, (absolute) => readFileSync(absolute, 'utf8')) !== text);
  const drifted = [...changed.map(([path]) => path), ...stale];
  if (isCheck) {
    for (const path of drifted) console.error(`${path} is out of date: run node dist/generate.node.js`);
  } else {
    for (const [path, text] of changed) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    for (const path of stale) rmSync(join(root, path));
  }
  const isGrammarRight = generateGrammar(isCheck);
  if (!isGrammarRight || (isCheck && drifted.length > 0)) process.exitCode = 1;
}

main(process.argv.includes('--check'));
