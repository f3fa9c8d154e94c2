// Every fenced block of README.md, CONTRIBUTING.md and docs/ is executed: netlists are checked, commands of
// deltaloom are run and their output compared, TypeScript and C are compiled and run. The blocks of a page share one
// folder that holds the page's named blocks and a copy of netlists/. Commands and TypeScript need the build.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkNetlist, formatDiagnostic } from '../src/index.js';
import { fileHost } from '../src/netlist/host.node.js';
import { hasCompiler } from './backends/compiler.js';
import { isDeltaloomCommand, matchesShown, readConsoleBlock, runCommand } from './console-block.js';
import { readMarkdown, type FencedBlock } from './markdown.js';
import { compileBlock, installPackage, runBlock } from './typescript-block.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.node.js');
const requiredPages = ['README.md', 'CONTRIBUTING.md'];
const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const pages = [...requiredPages, ...docs.sort().map((name) => `docs/${name}`)];
/** Blocks that only show something. */
const shownLanguages = ['json', 'text', ...(hasCompiler ? [] : ['c'])];
/** The exit status of netlist diagnostics. */
const netlistStatus = 3;

interface Page {
  readonly blocks: readonly FencedBlock[];
  /** Where its commands run. */
  readonly folder: string;
}

/** Around a block that has no system: the inputs and the clock that lines of such a block may use. */
const frameLoom = (body: string): string => `system example() {
  clock clk = 1MHz phases [p1, p2]
  input u : V
  input b : bit
${body}}
`;

const isWholeNetlist = (block: FencedBlock): boolean => block.language === 'yaml' || /^(system|bench|optimize|import)\b/m.test(block.text);

function checkNetlistBlock(block: FencedBlock, { folder }: Page): void {
  const name = block.file ?? `netlists/line-${block.line}.${block.language}`;
  const text = isWholeNetlist(block) ? block.text : frameLoom(block.text);
  const errors = checkNetlist(text, join(folder, name), fileHost).filter(({ severity }) => severity === 'error');
  if (block.expectsErrors) expect(errors.length).toBeGreaterThan(0);
  else expect(errors.map(formatDiagnostic).join('\n')).toBe('');
}

/** A command succeeds unless the page states its status, or it reads a netlist of the page that is wrong on purpose. */
function checkConsoleBlock(block: FencedBlock, { folder, blocks }: Page): void {
  expect(existsSync(main), 'the build: npm run build').toBe(true);
  const wrongFiles = blocks.flatMap(({ file, expectsErrors }) => (expectsErrors && file !== undefined ? [file] : []));
  for (const { command, output, status } of readConsoleBlock(block.text)) {
    if (!isDeltaloomCommand(command)) continue;
    const result = runCommand(command, folder, main);
    const isWrong = command.split(/\s+/).some((word) => wrongFiles.includes(word));
    expect(result.status, `${command}\n${result.output}`).toBe(status ?? (isWrong ? netlistStatus : 0));
    if (output.length > 0 && !matchesShown(output, result.output)) expect(result.output.trimEnd()).toBe(output.join('\n'));
  }
}

function checkTypescriptBlock(block: FencedBlock, { folder }: Page): void {
  const name = `line-${block.line}`;
  expect(compileBlock(folder, name, block.text)).toEqual([]);
  const { status, output } = runBlock(folder, name);
  expect(status, output).toBe(0);
}

/** A main that returns 0, compiled with what the page's commands exported. */
function checkCBlock(block: FencedBlock, { folder }: Page): void {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /^(?!node_modules)[^]*\.c$/.test(name));
  expect(sources).toContain(block.file);
  const flags = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-ffp-contract=off', '-o', 'block'];
  const compiled = spawnSync('cc', [...flags, ...sources], { cwd: folder, encoding: 'utf8' });
  expect(compiled.status, compiled.stderr).toBe(0);
  expect(spawnSync(join(folder, 'block')).status).toBe(0);
}

const rules: Readonly<Record<string, (block: FencedBlock, page: Page) => void>> = {
  loom: checkNetlistBlock,
  yaml: checkNetlistBlock,
  sh: checkConsoleBlock,
  console: checkConsoleBlock,
  ts: checkTypescriptBlock,
  ...(hasCompiler ? { c: checkCBlock } : {}),
};

/** Commands that a page shows and the tests leave alone, such as the installation. */
const otherCommands = ({ language, text }: FencedBlock): string[] =>
  rules[language] === checkConsoleBlock
    ? readConsoleBlock(text).flatMap(({ command }) => (isDeltaloomCommand(command) ? [] : [command]))
    : [];

function makePageFolder(blocks: readonly FencedBlock[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'deltaloom-docs-'));
  cpSync(join(root, 'netlists'), join(folder, 'netlists'), { recursive: true });
  installPackage(folder);
  for (const { file, text } of blocks) {
    if (file === undefined) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

it.each(requiredPages)('there is a %s', (page) => {
  expect(existsSync(join(root, page))).toBe(true);
});

describe.each(pages.filter((page) => existsSync(join(root, page))))('%s', (page) => {
  const { blocks } = readMarkdown(readFileSync(join(root, page), 'utf8'));
  let folder = '';
  beforeAll(() => {
    folder = makePageFolder(blocks);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(blocks.filter(({ language }) => language in rules))('$language of line $line', (block) => {
    rules[block.language]!(block, { blocks, folder });
  });

  const shown = blocks.filter(({ language }) => !(language in rules));
  const unexecuted = [...shown.map(({ language, line }) => `${language} of line ${line}`), ...blocks.flatMap(otherCommands)];
  it(`shows without executing: ${unexecuted.join(', ') || 'nothing'}`, () => {
    expect(shown.filter(({ language }) => !shownLanguages.includes(language))).toEqual([]);
  });
});
