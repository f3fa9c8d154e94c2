// The corpus of broken netlists: each file says in its first lines what must be reported, and nothing
// else may be. `expect: CODE line:column message`, with the help where it is a "did you mean".

import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { codes, type Code } from '../../src/diagnostics/codes.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import { positionOf } from '../../src/diagnostics/span.js';
import { checkNetlist, fileHost } from '../../src/index.node.js';

const folder = dirname(fileURLToPath(import.meta.url));
const files = readdirSync(folder).filter((name) => /\.(loom|yaml)$/.test(name));
const textOf = (name: string): string => new TextDecoder().decode(fileHost.readBytes(join(folder, name)));

function expectedOf(text: string): string[] {
  return text.split('\n').flatMap((line) => /^(?:\/\/|#) expect: (.*)$/.exec(line)?.[1] ?? []);
}

/** In the words of the headers; the place has a file name if it is not the netlist itself. */
function describe(path: string, { code, span, message, help }: Diagnostic): string {
  const { line, column } = positionOf(span!.source, span!.start);
  const file = span!.source.name === path ? '' : `${span!.source.name}:`;
  const hint = help?.startsWith('did you mean') ? ` (${help})` : '';
  return `${code} ${file}${line}:${column} ${message}${hint}`.replaceAll(`${folder}/`, '');
}

test.each(files)('%s', (name) => {
  const path = join(folder, name);
  const text = textOf(name);
  const expected = expectedOf(text);
  expect(expected.length).toBeGreaterThan(0);
  const found = checkNetlist(text, path, fileHost);
  expect(found.map((diagnostic) => describe(path, diagnostic)).sort()).toEqual([...expected].sort());
  const printed = formatDiagnostics(found);
  expect(printed).not.toMatch(/internal:|\n\s+at |undefined|\[object|NaN/);
});

test('every code that text alone can cause is in the corpus', () => {
  const needsMore: readonly Code[] = [
    'DL504', // a run
    'DL604', // a place that cannot be written
    'DL605', // a folder of results
    'DL606', // a folder of results
    'DL701', // a run
    'DL801', // a backend
    'DL901', // learning
    'DL902',
    'DL903',
    'DL904',
    'DL905', // tensors
    'DL906', // what is to be learned
    'DL907', // a gradient
    'DL908', // an export
  ];
  const seen = new Set(files.flatMap((name) => expectedOf(textOf(name)).map((line) => line.slice(0, 5))));
  expect(Object.keys(codes).filter((code) => !seen.has(code))).toEqual(needsMore);
});
