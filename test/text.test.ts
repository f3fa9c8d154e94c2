// What no text of the repository may hold, and that the links of its pages lead somewhere.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from './markdown.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files under version control and new ones that are not ignored, with forward slashes. */
const paths = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));

const texts = new Map(
  paths.flatMap((path): [string, string][] => {
    const bytes = readFileSync(join(root, path));
    return bytes.includes(0) ? [] : [[path, bytes.toString('utf8')]];
  }),
);

const forbidden = [
  { what: 'a path of one machine', pattern: /\/(work|root)\// },
  { what: 'the host of a package registry', pattern: /registry\.npmjs/ },
  { what: 'a note of unfinished work', pattern: /\b(TO[D]O|FIX[M]E|XX[X])\b/ },
  { what: 'a test that leaves out the others', pattern: /\.only\(/ },
];

describe('texts of the repository', () => {
  it('are found', () => {
    expect(texts.size).toBeGreaterThan(150);
    expect([...texts.keys()]).toContain('test/text.test.ts');
  });

  it.each(forbidden)('hold no $what', ({ pattern }) => {
    const found = [...texts].flatMap(([path, text]) =>
      text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1} ${line.slice(0, 120)}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['see ' + '/wo' + 'rk/main', 0],
    ['https://' + 'registry.' + 'npmjs.org/a', 1],
    ['// TO' + 'DO: later', 2],
    ['it.on' + "ly('a')", 3],
  ])('would be caught with %j', (line, i) => {
    expect(forbidden.map(({ pattern }) => pattern.test(line))).toEqual(forbidden.map((_, j) => i === j));
  });
});

describe('links', () => {
  const folders = new Set(paths.flatMap((path) => path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))));
  const anchorsOf = (path: string): ReadonlySet<string> => readMarkdown(texts.get(path)!).anchors;

  /** What is wrong with a link of `page`; undefined if it leads to a file of the repository, or out of it. */
  function linkFault(page: string, target: string): string | undefined {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? page : posix.join(posix.dirname(page), decodeURI(file)).replace(/\/$/, '');
    if (!paths.includes(path) && !folders.has(path)) return 'no such file';
    if (anchor !== undefined && path.endsWith('.md') && !anchorsOf(path).has(anchor)) return 'no such heading';
    return undefined;
  }

  const pages = [...texts.keys()].filter((path) => path.endsWith('.md'));

  it.each(pages)('of %s lead somewhere', (page) => {
    const { links } = readMarkdown(texts.get(page)!);
    const faults = links.flatMap(({ target, line }) => {
      const fault = linkFault(page, target);
      return fault === undefined ? [] : [`${page}:${line} ${target}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('are told right from wrong', () => {
    expect(linkFault('docs/blocks.md', '#dc')).toBe(undefined);
    expect(linkFault('docs/blocks.md', '#no-block')).toBe('no such heading');
    expect(linkFault('docs/blocks.md', '../src/blocks/define.ts')).toBe(undefined);
    expect(linkFault('docs/blocks.md', '../src/blocks/')).toBe(undefined);
    expect(linkFault('docs/blocks.md', 'Blocks.md')).toBe('no such file');
    expect(linkFault('docs/blocks.md', 'https://example.org/a#b')).toBe(undefined);
  });
});
