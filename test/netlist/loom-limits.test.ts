// Hostile text: it gets a diagnostic and the statements around it are read all the same.

import { describe, expect, test } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import type { Statement } from '../../src/netlist/ast.js';
import { parseFragment } from '../../src/netlist/loom/fragment.js';
import { printLoom } from '../../src/netlist/loom/print-loom.js';
import { read, readSound } from './loom-text.js';

const nearlyAMillion = 999_900;

/** Messages for a system that holds `text` and one good block behind it, which must be read. */
function messages(text: string): string[] {
  const { file, problems } = read(`system s {\n${text}\n  good = 1\n}\n`);
  const item = file.items[0]!;
  const body: readonly Statement[] = item.kind === 'import' ? [] : item.body;
  expect(body[body.length - 1]).toMatchObject({ kind: 'let', name: { name: 'good' } });
  return [...problems.matchAll(/^\S+ (error\[.*)$/gm)].map((match) => match[1]!);
}

describe('one huge statement', () => {
  test.each([
    ['list', `x = [${'1,'.repeat(nearlyAMillion / 2)}1]`, 'error[DL106] statement has more than 50000 symbols'],
    ['sum', `x = ${'1+'.repeat(nearlyAMillion / 2)}1`, 'error[DL106] expression has more than 1000 operators above one another'],
    ['brackets', `x = ${'('.repeat(nearlyAMillion)}`, 'error[DL106] brackets are nested more than 100 deep'],
    ['calls', `x = ${'f('.repeat(nearlyAMillion / 2)}`, 'error[DL106] brackets are nested more than 100 deep'],
    ['prefixes', `x = ${'-'.repeat(nearlyAMillion)}1`, 'error[DL106] expression has more than 1000 operators above one another'],
    ['choices', `x = ${'a?'.repeat(nearlyAMillion / 2)}1`, 'error[DL106] brackets are nested more than 100 deep'],
    ['choices in brackets', `x = ${'a?('.repeat(nearlyAMillion / 3)}1`, 'error[DL106] brackets are nested more than 100 deep'],
    ['suffixes', `x = a${'[a]'.repeat(2_000)}`, 'error[DL106] expression has more than 1000 operators above one another'],
    ['string', `x = "${'a'.repeat(1_000_001)}"`, 'error[DL106] statement has more than 1000000 characters'],
    ['unclosed string', `x = "${'a'.repeat(nearlyAMillion)}`, 'error[DL102] string is never closed'],
    ['number', `x = ${'1'.repeat(nearlyAMillion)}`, 'error[DL103] number of 999900 characters is too long'],
    ['closers', `x = ${')'.repeat(nearlyAMillion)}`, "error[DL102] ')' closes nothing"],
    ['strange characters', '$'.repeat(nearlyAMillion), 'error[DL106] statement has more than 50000 symbols'],
  ])('%s', (_name, text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  test('a name, a string, a comment and blanks of a million characters are read', () => {
    expect(messages(`${'a'.repeat(nearlyAMillion)} = 1`)).toEqual([]);
    expect(messages(`x = "${'a'.repeat(nearlyAMillion)}"`)).toEqual([]);
    expect(messages(`x = 1 // ${'a'.repeat(nearlyAMillion)}`)).toEqual([]);
    expect(messages(`x =${' '.repeat(nearlyAMillion)}1`)).toEqual([]);
  });
});

describe('up to the bounds', () => {
  test.each([
    ['brackets', `${'('.repeat(100)}1${')'.repeat(100)}`],
    ['calls', `${'f(a: '.repeat(100)}1${')'.repeat(100)}`],
    ['lists', `${'['.repeat(100)}1${']'.repeat(100)}`],
    ['choices', `${'[a ? '.repeat(50)}1${' : 2]'.repeat(50)}`],
    ['choices between choices', `${'a ? '.repeat(100)}1${' : 2'.repeat(100)}`],
    ['sums', `1${' + 1'.repeat(1_000)}`],
    ['powers', `1${'^1'.repeat(1_000)}`],
    ['prefixes', `${'-'.repeat(1_000)}1`],
    ['chained choices', `${'a ? b : '.repeat(1_000)}c`],
    ['members', `a${'.b'.repeat(1_000)}`],
    ['tables', `[${'0.5, '.repeat(10_000)}1]`],
  ])('%s are read and printed', (_name, expression) => {
    const file = readSound(`system s {\n  x = ${expression}\n}\n`);
    expect(printLoom(readSound(printLoom(file)))).toBe(printLoom(file));
  });

  test('one more is too many', () => {
    expect(messages(`x = ${'f('.repeat(101)}1${')'.repeat(101)}`)).toEqual(['error[DL106] brackets are nested more than 100 deep']);
    expect(messages(`x = 1${' + 1'.repeat(1_001)}`)).toEqual(['error[DL106] expression has more than 1000 operators above one another']);
  });
});

test('blocks nested too deep are reported once', () => {
  const deep = (count: number) => `system s {\n${'for i in 0..2 {\n'.repeat(count)}x = i\n${'}\n'.repeat(count)}}\n`;
  expect(read(deep(99)).codes).toEqual([]);
  expect(read(deep(20_000)).codes).toEqual(['DL106']);
});

test('a text of more than 16 million characters is not read', () => {
  const { file, codes } = read(`system s {\n}\n${' '.repeat(16_000_000)}`);
  expect(codes).toEqual(['DL106']);
  expect(file.items).toEqual([]);
});

test('a fragment has the bounds of a statement', () => {
  const bag = new DiagnosticBag();
  const text = '('.repeat(nearlyAMillion);
  expect(parseFragment('expression', { source: { name: 't', text }, start: 0, end: text.length }, bag)).toBeUndefined();
  expect(bag.list.map(({ code }) => code)).toEqual(['DL106']);
});
