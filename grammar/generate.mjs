// Writes src/netlist/loom/grammar.generated.ts from loom.ohm: the recipe of the recognizer, the types of its
// semantic actions and its words. With --check it writes nothing and exits 1 when the file differs.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

const here = dirname(fileURLToPath(import.meta.url));
const grammarPath = join(here, 'loom.ohm');
const outputPath = join(here, '../src/netlist/loom/grammar.generated.ts');

/** The two files of `ohm generateBundles`: the module's text and its declarations. */
function bundle() {
  const folder = mkdtempSync(join(tmpdir(), 'loom-grammar-'));
  try {
    copyFileSync(grammarPath, join(folder, 'loom.ohm'));
    const cli = createRequire(import.meta.url).resolve('@ohm-js/cli/index.js');
    execFileSync(process.execPath, [cli, 'generateBundles', '--withTypes', '--esm', 'loom.ohm'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const read = (name) => readFileSync(join(folder, name), 'utf8');
    return { module: read('loom.ohm-bundle.js'), declarations: read('loom.ohm-bundle.d.ts') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All terminals below a node of the recipe, `["terminal", {…}, text]`. */
function terminalsOf(node) {
  if (!Array.isArray(node)) return [];
  return node[0] === 'terminal' ? [node[2]] : node.flatMap(terminalsOf);
}

function listOf(words) {
  return `[${[...new Set(words)]
    .sort()
    .map((word) => `'${word}'`)
    .join(', ')}]`;
}

async function generate() {
  const { module, declarations } = bundle();
  const recipe = /makeRecipe\((.*)\);export default result;$/s.exec(module)?.[1];
  if (recipe === undefined) throw new Error('internal: the bundle of ohm has another shape than expected');
  const rules = JSON.parse(recipe).find((part) => part !== null && typeof part === 'object' && 'Expression' in part);
  const words = Object.values(rules)
    .flatMap(terminalsOf)
    .filter((text) => /^[a-z]{2,}$/.test(text));
  const types = declarations
    .replace(/^(\/\/.*\n)+\s*/, '')
    .replace(/import \{[^}]*\} from 'ohm-js';\s*/, '')
    .replace(/declare const grammar[\s\S]*$/, '')
    .trim();
  const used = ['BaseActionDict', 'Grammar', 'IterationNode', 'Node', 'NonterminalNode', 'Semantics', 'TerminalNode'];
  const imports = used.filter((name) => new RegExp(`\\b${name}\\b`).test(types));
  const text = [
    '// Generated from grammar/loom.ohm by `node grammar/generate.mjs`. Do not edit.',
    '',
    "import * as ohm from 'ohm-js';",
    `import type { ${imports.join(', ')} } from 'ohm-js';`,
    '',
    types,
    '',
    '/** Words that cannot be names. */',
    `export const reservedWords: ReadonlySet<string> = new Set(${listOf(terminalsOf(rules.reserved))});`,
    '',
    '/** All words with a meaning of their own somewhere in the grammar, the reserved ones included. */',
    `export const grammarWords: ReadonlySet<string> = new Set(${listOf(words)});`,
    '',
    '// The typings of ohm-js leave out the function that its own bundles call.',
    'const { makeRecipe } = ohm as unknown as { makeRecipe(recipe: string): LoomGrammar };',
    '',
    `export const loomGrammar = makeRecipe(${JSON.stringify(recipe)});`,
    '',
  ].join('\n');
  const style = JSON.parse(readFileSync(join(here, '../test/prettier.json'), 'utf8'));
  return format(text, { ...style, parser: 'typescript' });
}

const text = await generate();
if (process.argv.includes('--check')) {
  let old = '';
  try {
    old = readFileSync(outputPath, 'utf8');
  } catch {
    // A missing file differs like any other.
  }
  if (old !== text) {
    console.error('src/netlist/loom/grammar.generated.ts does not match grammar/loom.ohm: run node grammar/generate.mjs');
    process.exitCode = 1;
  }
} else {
  writeFileSync(outputPath, text);
}
