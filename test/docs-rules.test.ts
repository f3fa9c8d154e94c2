// The rules by which pages are executed, on small pages of their own: a rule that lets everything pass would
// make the tests of the documentation worthless.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDeltaloomCommand, matchesShown, readConsoleBlock, runCommand } from './console-block.js';
import { readMarkdown } from './markdown.js';
import { compileBlock, installPackage, runBlock } from './typescript-block.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deltaloom-docs-rules-'));
  installPackage(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('readMarkdown', () => {
  it('finds blocks, their names and whether they are about errors', () => {
    const page = [
      '# A',
      '<!-- file: my.loom -->',
      '```loom',
      'system a() {}',
      '```',
      '',
      '<!-- file: no.loom -->',
      '',
      '````yaml expect-errors',
      '```',
      '````',
      '~~~sh',
      'ls',
      '~~~',
    ];
    expect(readMarkdown(page.join('\n')).blocks).toEqual([
      { language: 'loom', text: 'system a() {}\n', line: 3, file: 'my.loom', expectsErrors: false },
      { language: 'yaml', text: '```\n', line: 9, file: 'no.loom', expectsErrors: true },
      { language: 'sh', text: 'ls\n', line: 12, file: undefined, expectsErrors: false },
    ]);
    expect(() => readMarkdown('a\n```sh\nls\n')).toThrow('the fence of line 2 is not closed');
  });

  it('finds links and anchors outside code', () => {
    const page = [
      '# The `run` verb: 2 ways',
      '[a](b.md#c "d") ![i](<x.svg>) `[no](no.md)`',
      '## Twice',
      '## Twice',
      '[r]: e.md',
      '<a id="f" href="g.md">',
    ];
    const { links, anchors } = readMarkdown(page.join('\n'));
    expect(links.map(({ target, line }) => `${line} ${target}`)).toEqual(['2 b.md#c', '2 x.svg', '5 e.md', '6 g.md']);
    expect([...anchors]).toEqual(['the-run-verb-2-ways', 'twice', 'twice-1', 'f']);
  });
});

describe('console blocks', () => {
  it('are read with prompts, output and status', () => {
    const text = '$ npx deltaloom check a.loom \\\n    --json\n{\n\n}\n\n$ echo $?\n3\n$ npm start\n';
    expect(readConsoleBlock(text)).toEqual([
      { command: 'npx deltaloom check a.loom --json', output: ['{', '', '}'], status: 3 },
      { command: 'npm start', output: [], status: undefined },
    ]);
  });

  it('are read without prompts', () => {
    expect(readConsoleBlock('# first\nnpm start\n\nnpx deltaloom doctor\n').map(({ command }) => command)).toEqual([
      'npm start',
      'npx deltaloom doctor',
    ]);
    expect(['npm start', 'npx deltaloom', 'npx deltaloom run a', 'npx deltaloomed'].map(isDeltaloomCommand)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('run in the folder, with both outputs and the status', () => {
    const main = join(folder, 'main.mjs');
    writeFileSync(main, "console.log(process.argv.slice(2).join('|')); console.error(process.cwd()); process.exitCode = 3;");
    const { status, output } = runCommand("npx deltaloom run 'a b' c", folder, main);
    expect(status).toBe(3);
    expect(matchesShown(['run|a b|c', '…deltaloom-docs-rules-…'], output)).toBe(true);
    expect(runCommand('npx deltaloom a b | tr -d "|" > out.txt; cat out.txt', folder, main).output).toMatch(/^ab\n/m);
  });

  it.each([
    [['a', 'b'], 'a\nb\n', true],
    [['a', 'b'], 'a  \nb\n\n', true],
    [['a'], 'a\nb\n', false],
    [['a', '…'], 'a\nb\nc\n', true],
    [['a', '…'], 'a\n', true],
    [['…', 'c'], 'a\nb\nc\n', true],
    [['…', 'c'], 'a\nc\nb\n', false],
    [['sndr = …dB (ok)'], 'sndr = 81.2 dB (ok)\n', true],
    [['sndr = …dB (ok)'], 'sndr = 81.2 dB [ok]\n', false],
    [['a.c'], 'abc\n', false],
  ])('%j against %j: %s', (shown, output, isMatch) => {
    expect(matchesShown(shown, output)).toBe(isMatch);
  });
});

describe('ts blocks', () => {
  it('are compiled and run', () => {
    expect(compileBlock(folder, 'right', 'const n: number = await Promise.resolve(2);\nconsole.log(n + 1);\n')).toEqual([]);
    expect(runBlock(folder, 'right')).toEqual({ status: 0, output: '3\n' });
  });

  it('fail on a wrong type, an unknown export and an exception', () => {
    expect(compileBlock(folder, 'wrong', "\nconst n: number = 'a';\nconsole.log(n);\n")).toEqual([
      "line 2: Type 'string' is not assignable to type 'number'.",
    ]);
    expect(compileBlock(folder, 'unknown', "import { nothing } from 'deltaloom';\nnothing();\n")).toEqual([
      `line 1: Module '"deltaloom"' has no exported member 'nothing'.`,
    ]);
    expect(compileBlock(folder, 'throws', "throw new Error('boom');\n")).toEqual([]);
    expect(runBlock(folder, 'throws').status).toBe(1);
  });
});
