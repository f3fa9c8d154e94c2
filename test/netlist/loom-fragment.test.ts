// Fragments: parts of statements that stand alone, as in YAML scalars.

import { describe, expect, test } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import { parseExpression, parseFragment, type Fragments } from '../../src/netlist/loom/fragment.js';
import { stripSpans } from './strip-spans.js';

const name = (text: string) => ({ kind: 'name', name: text });
const number = (text: string, value: number, unit = '') => ({ kind: 'number', text, value, unit });

function parse<K extends keyof Fragments>(kind: K, text: string): unknown {
  const bag = new DiagnosticBag();
  const read = parseFragment(kind, { source: { name: 't', text: `a: ${text} # c` }, start: 3, end: 3 + text.length }, bag);
  expect(formatDiagnostics(bag.list)).toBe('');
  return stripSpans(read);
}

describe('each kind', () => {
  test.each<[keyof Fragments, string, unknown]>([
    ['expression', 'u -\n v', { kind: 'binary', operator: '-', left: name('u'), right: name('v') }],
    ['value', 'u @ clk', { value: name('u'), at: name('clk') }],
    ['target', 'x[i]', { name: { name: 'x' }, index: name('i') }],
    ['edge', 'clk.p2', { kind: 'member', object: name('clk'), name: 'p2' }],
    ['edge', 'clk', name('clk')],
    ['clock', 'fs phases [p1] offset 1s', { frequency: name('fs'), phases: [{ name: { name: 'p1' } }], offset: number('1s', 1, 's') }],
    ['phase', 'p2 at 0.5', { name: { name: 'p2' }, at: number('0.5', 0.5) }],
    ['input', 'w[4]', { name: { name: 'w' }, length: number('4', 4) }],
    ['unit', 'V/s', { name: 'V/s' }],
    ['output', 'y = x', { name: { name: 'y' }, value: name('x') }],
    ['frame', '80 ticks of clk', { ticks: number('80', 80), clock: name('clk') }],
    ['run', '65536 ticks', { ticks: number('65536', 65536) }],
    ['run', '10ms', { duration: number('10ms', 0.01, 'ms') }],
    [
      'record',
      'decoded = y @ clk.p1',
      { items: [{ name: { name: 'decoded' }, value: name('y') }], at: { kind: 'member', object: name('clk'), name: 'p1' } },
    ],
    ['measure', 'peak = max(v)', { name: { name: 'peak' }, call: { kind: 'call', callee: name('max'), args: [{ value: name('v') }] } }],
    ['write', 'y to "a.csv"', { signal: { name: 'y' }, file: { kind: 'string', value: 'a.csv' }, options: [] }],
    ['learnTarget', 'enc.weights', { kind: 'member', object: name('enc'), name: 'weights' }],
    ['call', 'sgd(rate: 1)', { kind: 'call', callee: name('sgd'), args: [{ name: 'rate', value: number('1', 1) }] }],
    ['judge', 'enob of tone', { value: name('enob'), bench: name('tone') }],
    ['range', 'i in 0..16', { variable: { name: 'i' }, from: number('0', 0), to: number('16', 16) }],
    ['benchTarget', 'mod2(osr: 64)', { system: name('mod2'), args: [{ name: 'osr', value: number('64', 64) }] }],
  ])('%s: %s', (kind, text, expected) => {
    expect(parse(kind, text)).toEqual(expected);
  });
});

test('spans count from the source', () => {
  const source = { name: 'n.yaml', text: 'in: u - 2*v' };
  const read = parseExpression(source, 4, 11, new DiagnosticBag());
  expect(read).toMatchObject({ span: { source, start: 4, end: 11 }, right: { span: { start: 8, end: 11 } } });
});

test('a text that differs from its source has the span of the whole', () => {
  const source = { name: 'n.yaml', text: 'in: "f(\\"a\\")"' };
  const span = { source, start: 4, end: 14 };
  const read = parseFragment('expression', span, new DiagnosticBag(), 'f("a")');
  expect(read).toMatchObject({ span, callee: { span }, args: [{ value: { value: 'a', span } }] });
});

test.each<[keyof Fragments, string, string]>([
  [
    'expression',
    'u v',
    `t:1:3 error[DL101] expected the end of the text, found 'v'
  1 | u v
    |   ^
  why:  syntax error
  help: put an operator before 'v'`,
  ],
  [
    'expression',
    '',
    `t:1:1 error[DL101] expected an expression, found the end of the text
  why:  syntax error`,
  ],
  [
    'edge',
    'clk p2',
    `t:1:5 error[DL101] expected the end of the text, found 'p2'
  1 | clk p2
    |     ^^
  why:  syntax error`,
  ],
  [
    'expression',
    '(a',
    `t:1:1 error[DL102] '(' is never closed
  1 | (a
    | ^
  why:  unclosed bracket, brace or string
  help: write ')' where it ends`,
  ],
  [
    'run',
    '10 tick of clk',
    `t:1:4 error[DL101] expected 'of' or 'ticks', found 'tick'
  1 | 10 tick of clk
    |    ^^^^
  why:  syntax error
  help: did you mean 'ticks'?`,
  ],
])('a bad %s: %s', (kind, text, problem) => {
  const bag = new DiagnosticBag();
  expect(parseFragment(kind, { source: { name: 't', text }, start: 0, end: text.length }, bag)).toBeUndefined();
  expect(formatDiagnostics(bag.list)).toBe(problem);
});
