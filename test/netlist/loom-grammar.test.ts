// The reader matches shapes of statements; grammar/loom.ohm is written for their text. Both must accept the same.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { parseFragment } from '../../src/netlist/loom/fragment.js';
import { loomGrammar, reservedWords } from '../../src/netlist/loom/grammar.generated.js';
import { printExpression } from '../../src/netlist/loom/print-expression.js';
import { expressions } from './arbitraries.js';
import { read } from './loom-text.js';

test('the generated recognizer is that of the grammar', () => {
  const script = fileURLToPath(new URL('../../grammar/generate.mjs', import.meta.url));
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
});

function readerAccepts(text: string): boolean {
  const bag = new DiagnosticBag();
  parseFragment('expression', { source: { name: 't', text }, start: 0, end: text.length }, bag);
  return bag.list.every(({ code }) => code === 'DL103');
}

test('the grammar accepts the text of an expression exactly if the reader does', () => {
  const edits = fc.record({
    at: fc.nat(),
    remove: fc.nat(2),
    insert: fc.constantFrom(
      '',
      ' ',
      '.',
      '..',
      '(',
      ')',
      '[',
      ']',
      '"',
      '\\',
      '=',
      '-',
      '!',
      '1',
      'e',
      'a',
      '_',
      '%',
      '\u03a9',
      ',',
      ':',
      '?',
      '/',
      '*',
      '&',
      '#',
    ),
  });
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(expressions, edits, (expression, { at, remove, insert }) => {
      const printed = printExpression(expression);
      const place = at % (printed.length + 1);
      const text = printed.slice(0, place) + insert + printed.slice(place + remove);
      const accepts = loomGrammar.match(text, 'Expression').succeeded();
      if (accepts) accepted++;
      else refused++;
      expect(readerAccepts(text)).toBe(accepts);
    }),
    { numRuns: 1000 },
  );
  expect(Math.min(accepted, refused)).toBeGreaterThan(100);
});

test.each([...reservedWords])('the keyword %s cannot be a name', (word) => {
  expect(read(`system s {\n  x = 1 + ${word}\n  ${word}[1] = 2\n}\n`).codes.length).toBe(word === 'true' || word === 'false' ? 1 : 2);
});
