// Comments and blank lines put anywhere between the lines of a netlist survive formatting and conversion.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import type { NetlistFile } from '../../src/netlist/ast.js';
import { convertNetlist } from '../../src/netlist/convert.js';
import { printLoom } from '../../src/netlist/loom/print-loom.js';
import { normalizeNetlist } from '../../src/netlist/normalize.js';
import { languageOf, readNetlist } from '../../src/netlist/read.js';
import { printYaml } from '../../src/netlist/yaml/print-yaml.js';
import { stripSpans } from './strip-spans.js';

const folder = fileURLToPath(new URL('../../netlists', import.meta.url));
const learnt = `optimize o of mod5(osr: 32) {
  u = uniform(low: -0.5V, high: 0.5V) @ clk
  run 80 ticks of clk
  learn x1.gain(init: normal(0, 0.3), min: 0)
  learn x2.gain

  vary osr = [16, 32]
  objective error = rms(u - v)
  objective mean(x1)
  minimize error
  batch 8
  method adam(
    rate: 0.003,
    steps: 1000
  )
  finish sgd()
  finish adam(rate: 0.1)
  finalists 2
  judge sndr of mod5
}
`;
const learntFile: NetlistFile = readSound('learnt.loom', learnt);
const texts = ['adm.loom', 'mod5.loom', 'two-clocks.loom', 'adm.yaml'].map((name) => ({
  name,
  lines: readFileSync(join(folder, name), 'utf8').split('\n'),
}));
texts.push({ name: 'learnt.loom', lines: learnt.split('\n') }, { name: 'learnt.yaml', lines: printYaml(learntFile).split('\n') });

function readSound(name: string, text: string): NetlistFile {
  const bag = new DiagnosticBag();
  const file = readNetlist({ name, text }, bag);
  expect(formatDiagnostics(bag.list)).toBe('');
  return file;
}
const format = (file: NetlistFile): string => (languageOf(file.source.name) === 'yaml' ? printYaml(file) : printLoom(file));
const meaning = (file: NetlistFile): unknown => stripSpans(normalizeNetlist(file));

/** What is put above a line: comments (`c`) and blank lines (` `); `>` is a comment behind the line. */
const edits = fc.array(fc.tuple(fc.nat(), fc.constantFrom(' ', '  ', 'c', 'cc', 'c ', ' c', ' c c ', '>')), { maxLength: 25 });

/** The text with the edits, and the comments that were put in, each with a text of its own. */
function edit(
  { name, lines }: (typeof texts)[number],
  places: readonly (readonly [number, string])[],
): { text: string; comments: string[] } {
  const mark = languageOf(name) === 'yaml' ? '#' : '//';
  const comments: string[] = [];
  const comment = (): string => `${mark} ${comments[comments.push(`remark ${comments.length}.`) - 1]!}`;
  const edited = [...lines];
  for (const [place, what] of places) {
    const at = place % edited.length;
    const margin = /^\s*/.exec(edited[at]!)![0];
    if (what === '>') edited[at] += `  ${comment()}`;
    else edited.splice(at, 0, ...[...what].map((kind) => (kind === ' ' ? '' : margin + comment())));
  }
  return { text: edited.join('\n'), comments };
}

test('in both languages, and formatting and converting again changes nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), edits, (netlist, places) => {
      const { name } = netlist;
      const [language, other] = languageOf(name) === 'yaml' ? (['yaml', 'loom'] as const) : (['loom', 'yaml'] as const);
      const { text, comments } = edit(netlist, places);
      const file = readSound(name, text);
      const formatted = format(file);
      const converted = convertNetlist(file, other);
      const back = readSound(name, convertNetlist(readSound(`f.${other}`, converted), language));
      expect(format(readSound(name, formatted))).toBe(formatted);
      expect(meaning(back)).toEqual(meaning(file));
      expect(convertNetlist(back, other)).toBe(converted);
      for (const printed of [formatted, converted]) {
        for (const comment of comments) expect(printed.split(comment).length).toBe(2);
        expect(printed).not.toMatch(/\n\n\n/);
      }
    }),
    { numRuns: 80 },
  );
});
