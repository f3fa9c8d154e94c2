// Hostile and very large YAML is answered, with one diagnostic where one is enough.

import { describe, expect, test } from 'vitest';
import { read } from './yaml-text.js';

const million = 1_000_000;

describe('bounds', () => {
  test.each([
    ['text', ' '.repeat(16 * million + 1), 'text has more than 16000000 characters'],
    ['brackets', `a: ${'['.repeat(million)}`, 'values are nested more than 200 deep'],
    ['dashes', '- '.repeat(million / 2), 'values are nested more than 200 deep'],
    ['compact mappings', 'a: '.repeat(million / 3), 'values are nested more than 200 deep'],
    ['indentation', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'values are nested more than 200 deep'],
    [
      'an expression',
      `systems: {a: {blocks: {x: ${'u + '.repeat(million / 4)}u}}}`,
      'expression has more than 1000 operators above one another',
    ],
  ])('too much of %s', (_, text, message) => {
    const { codes, problems } = read(text);
    expect(codes).toEqual(['DL106']);
    expect(problems).toContain(message);
  });

  test.each([
    ['anchors', `a: ${'&a '.repeat(million / 3)}`],
    ['aliases', `a: ${'*a '.repeat(million / 3)}`],
    ['tags', `a: ${'!a '.repeat(million / 3)}`],
    ['commas', `a: [${','.repeat(million / 10)}`],
  ])('at most a hundred complaints of %s', (_, text) => {
    const { codes } = read(text);
    expect(codes.length).toBe(100);
    expect(new Set(codes)).toEqual(new Set(['DL104']));
  });

  test('long lines and many lines are read', () => {
    expect(read(`systems: {a: {blocks: {x: [${'1,'.repeat(50_000)}]}}}`).problems).toBe('');
    expect(read(`# ${'x'.repeat(million)}\nsystems: {}`).problems).toBe('');
    expect(read(`${'x'.repeat(million)}: 1`).codes).toEqual(['DL104']);
    expect(read('# c\n'.repeat(20_000)).file.dangling.length).toBe(20_000);
  });

  test('thousands of blocks, good and bad', () => {
    const text = (block: string): string =>
      `systems:\n  a:\n    blocks:\n${Array.from({ length: 5_000 }, (_, i) => `      x${i}: ${block}\n`).join('')}`;
    const { file, problems } = read(text('{type: integrator, in: u - v, gain: 0.5}'));
    expect(problems).toBe('');
    expect(file.items[0]).toHaveProperty('body.length', 5_000);
    expect(read(text('')).codes.length).toBe(5_000);
    expect(read(text('{type: integrator, inn: u}')).codes.length).toBe(10_000);
  });
});
