// Reading .loom text: each form of statement, spans and comments.

import { describe, expect, test } from 'vitest';
import type { Span } from '../../src/diagnostics/span.js';
import type { Expression, Statement } from '../../src/netlist/ast.js';
import { readBody, readSound } from './loom-text.js';
import { stripSpans } from './strip-spans.js';

const name = (text: string) => ({ kind: 'name', name: text });
const number = (text: string, value: number, unit = '') => ({ kind: 'number', text, value, unit });
const noTrivia = { before: [], blankBefore: false };

function statement(kind: 'system' | 'bench' | 'optimize', text: string): unknown {
  const { trivia, ...rest } = stripSpans(readBody(kind, text)[0]) as Record<string, unknown>;
  expect(trivia).toEqual(noTrivia);
  return rest;
}

function expression(text: string): unknown {
  return (statement('system', `x = ${text}`) as { value: unknown }).value;
}

describe('statements', () => {
  test('param', () => {
    expect(statement('system', 'param t = 1/fs')).toEqual({
      kind: 'param',
      name: { name: 't' },
      value: { kind: 'binary', operator: '/', left: number('1', 1), right: name('fs') },
    });
  });

  test('clock with phases and offset', () => {
    expect(statement('system', 'clock clk = fs phases [p1, p2 at 0.5] offset 1us')).toEqual({
      kind: 'clock',
      name: { name: 'clk' },
      frequency: name('fs'),
      phases: [{ name: { name: 'p1' } }, { name: { name: 'p2' }, at: number('0.5', 0.5) }],
      offset: number('1us', 1e-6, 'us'),
    });
    expect(statement('system', 'clock slow = clk/64')).toMatchObject({ kind: 'clock', phases: [], frequency: { operator: '/' } });
  });

  test('input', () => {
    expect(statement('system', 'input u, w[4] : V')).toEqual({
      kind: 'input',
      inputs: [{ name: { name: 'u' } }, { name: { name: 'w' }, length: number('4', 4) }],
      unit: { name: 'V' },
    });
    expect(statement('system', 'input bits : bit')).toMatchObject({ unit: { name: 'bit' } });
    expect(statement('system', 'input rate : V / s^2')).toMatchObject({ unit: { name: 'V/s^2' } });
    expect(statement('system', 'input any')).toEqual({ kind: 'input', inputs: [{ name: { name: 'any' } }] });
  });

  test('output', () => {
    expect(statement('system', 'output v, y = x + 1')).toEqual({
      kind: 'output',
      outputs: [
        { name: { name: 'v' } },
        { name: { name: 'y' }, value: { kind: 'binary', operator: '+', left: name('x'), right: number('1', 1) } },
      ],
    });
  });

  test('let', () => {
    expect(statement('system', 'x = integrator(u, gain: 2) @ clk.p2')).toEqual({
      kind: 'let',
      name: { name: 'x' },
      value: { kind: 'call', callee: name('integrator'), args: [{ value: name('u') }, { name: 'gain', value: number('2', 2) }] },
      at: { kind: 'member', object: name('clk'), name: 'p2' },
    });
    expect(statement('bench', 'x[i + 1] = u @ clk')).toMatchObject({ index: { operator: '+' }, at: name('clk') });
  });

  test('for, on several lines, on one line and within another', () => {
    const one = statement('system', 'for i in 0..3 { x[i] = u[i] }');
    expect(one).toMatchObject({ kind: 'for', variable: { name: 'i' }, from: number('0', 0), to: number('3', 3) });
    expect(one).toEqual(statement('system', 'for i in 0..3\n{\n  x[i] =\n    u[i];\n}'));
    const [outer] = readBody('bench', 'for i in a..2*b {\n  y = 1\n  for j in 0..i { z = j; w = 2 }\n}');
    expect(outer).toMatchObject({ body: [{ kind: 'let' }, { kind: 'for', body: [{ name: { name: 'z' } }, { name: { name: 'w' } }] }] });
  });

  test('frame', () => {
    expect(statement('system', 'frame 80 ticks of clk')).toEqual({ kind: 'frame', ticks: number('80', 80), clock: name('clk') });
    expect(statement('system', 'frame 2*n ticks')).toMatchObject({ ticks: { operator: '*' } });
  });

  test('run', () => {
    expect(statement('bench', 'run 65_536 ticks of clk')).toEqual({ kind: 'run', ticks: number('65_536', 65536), clock: name('clk') });
    expect(statement('bench', 'run 10ms')).toEqual({ kind: 'run', duration: number('10ms', 0.01, 'ms') });
  });

  test('record', () => {
    expect(statement('bench', 'record u, e = u - v @ clk.p1')).toEqual({
      kind: 'record',
      items: [{ value: name('u') }, { name: { name: 'e' }, value: { kind: 'binary', operator: '-', left: name('u'), right: name('v') } }],
      at: { kind: 'member', object: name('clk'), name: 'p1' },
    });
  });

  test('measure and check', () => {
    const call = { kind: 'call', callee: name('max'), args: [{ value: name('v') }] };
    expect(statement('bench', 'measure peak = max(v)')).toEqual({ kind: 'measure', name: { name: 'peak' }, call });
    expect(statement('bench', 'measure max(v)')).toEqual({ kind: 'measure', call });
    expect(statement('bench', 'check peak == 80dB')).toEqual({
      kind: 'check',
      condition: { kind: 'binary', operator: '==', left: name('peak'), right: number('80dB', 80, 'dB') },
    });
  });

  test('write', () => {
    expect(statement('bench', 'write y to "decoded.wav" (rate: 16kHz)')).toEqual({
      kind: 'write',
      signal: { name: 'y' },
      file: { kind: 'string', value: 'decoded.wav' },
      options: [{ name: 'rate', value: number('16kHz', 16000, 'kHz') }],
    });
  });

  test('learn', () => {
    const weights = { kind: 'member', object: name('enc'), name: 'weights' };
    const normal = { kind: 'call', callee: name('normal'), args: [{ value: number('0', 0) }, { value: number('0.3', 0.3) }] };
    expect(statement('optimize', 'learn enc.weights(init: normal(0, 0.3), mask: yes)')).toEqual({
      kind: 'learn',
      target: weights,
      options: [
        { name: 'init', value: normal },
        { name: 'mask', value: name('yes') },
      ],
    });
    expect(statement('optimize', 'learn unit')).toEqual({ kind: 'learn', target: name('unit'), options: [] });
    expect(statement('optimize', 'learn unit()')).toEqual({ kind: 'learn', target: name('unit'), options: [] });
    expect(statement('optimize', 'learn bank[i + 1][0].low.gain')).toMatchObject({
      target: {
        kind: 'member',
        name: 'gain',
        object: { kind: 'member', name: 'low', object: { kind: 'index', index: number('0', 0), object: { index: { operator: '+' } } } },
      },
    });
  });

  test('objective and minimize', () => {
    const call = { kind: 'call', callee: name('mean'), args: [{ value: name('over') }] };
    expect(statement('optimize', 'objective swing = mean(over)')).toEqual({ kind: 'objective', name: { name: 'swing' }, call });
    expect(statement('optimize', 'objective mean(over)')).toEqual({ kind: 'objective', call });
    expect(statement('optimize', 'minimize -error + 0.1*swing')).toMatchObject({
      kind: 'minimize',
      value: { kind: 'binary', operator: '+', left: { kind: 'unary' } },
    });
  });

  test('how it is searched', () => {
    const call = { kind: 'call', callee: name('adam'), args: [{ name: 'rate', value: number('0.003', 0.003) }] };
    expect(statement('optimize', 'method adam(rate: 0.003)')).toEqual({ kind: 'method', call });
    expect(statement('optimize', 'finish adam(rate: 0.003)')).toEqual({ kind: 'finish', call });
    expect(statement('optimize', 'batch 512')).toEqual({ kind: 'batch', count: number('512', 512) });
    expect(statement('optimize', 'restarts 2*n')).toMatchObject({ kind: 'restarts', count: { operator: '*' } });
    expect(statement('optimize', 'finalists 8')).toEqual({ kind: 'finalists', count: number('8', 8) });
    expect(statement('optimize', 'vary cells = [2, 3]')).toEqual({
      kind: 'vary',
      name: { name: 'cells' },
      values: { kind: 'list', items: [number('2', 2), number('3', 3)] },
    });
    expect(statement('optimize', 'judge enob - of of conversions')).toEqual({
      kind: 'judge',
      value: { kind: 'binary', operator: '-', left: name('enob'), right: name('of') },
      bench: name('conversions'),
    });
  });

  test('spans of learned parameters', () => {
    const text = 'optimize s {\n  learn bank[ 0 ].low . gain (init: 1)\n}\n';
    const item = readSound(text).items[0]!;
    const learn = item.kind === 'optimize' ? item.body[0]! : undefined;
    if (learn?.kind !== 'learn' || learn.target.kind !== 'member') throw new Error('no learned parameter');
    const slice = ({ span }: { span: { start: number; end: number } }): string => text.slice(span.start, span.end);
    expect(slice(learn)).toBe('learn bank[ 0 ].low . gain (init: 1)');
    expect(slice(learn.target)).toBe('bank[ 0 ].low . gain');
    expect(slice(learn.target.object)).toBe('bank[ 0 ].low');
    expect(learn.target.object).toMatchObject({ object: { span: { start: 21, end: 30 } } });
  });

  test('imports, systems and benches', () => {
    const file = readSound('import "lib/a.loom"\nsystem a(fs = 1MHz, n) {\n}\nsystem b { }\nbench a { }\nbench slow of a(n: 4) { }\n');
    expect(stripSpans(file.items)).toEqual([
      { kind: 'import', path: { kind: 'string', value: 'lib/a.loom' }, trivia: noTrivia },
      {
        kind: 'system',
        name: { name: 'a' },
        params: [{ name: { name: 'fs' }, value: number('1MHz', 1e6, 'MHz') }, { name: { name: 'n' } }],
        body: [],
        dangling: [],
        trivia: noTrivia,
      },
      { kind: 'system', name: { name: 'b' }, params: [], body: [], dangling: [], trivia: noTrivia },
      { kind: 'bench', name: { name: 'a' }, args: [], body: [], dangling: [], trivia: noTrivia },
      {
        kind: 'bench',
        name: { name: 'slow' },
        system: name('a'),
        args: [{ name: 'n', value: number('4', 4) }],
        body: [],
        dangling: [],
        trivia: noTrivia,
      },
    ]);
  });
});

describe('expressions', () => {
  /** The tree with every bracket written. */
  function bracketed(node: Expression): string {
    switch (node.kind) {
      case 'binary':
        return `(${bracketed(node.left)}${node.operator}${bracketed(node.right)})`;
      case 'unary':
        return `(${node.operator}${bracketed(node.operand)})`;
      case 'conditional':
        return `(${bracketed(node.test)}?${bracketed(node.yes)}:${bracketed(node.no)})`;
      case 'member':
        return `(${bracketed(node.object)}.${node.name})`;
      case 'index':
        return `(${bracketed(node.object)}[${bracketed(node.index)}])`;
      case 'name':
        return node.name;
      case 'number':
        return node.text;
      default:
        throw new Error(node.kind);
    }
  }

  test.each([
    ['a - b - c', '((a-b)-c)'],
    ['a - b*c/d', '(a-((b*c)/d))'],
    ['a ^ b ^ c', '(a^(b^c))'],
    ['-a ^ b', '(-(a^b))'],
    ['2 ^ -x * y', '((2^(-x))*y)'],
    ['-a * b', '((-a)*b)'],
    ['a*-b', '(a*(-b))'],
    ['!a && b || c', '(((!a)&&b)||c)'],
    ['a || b && c == d < e + f', '(a||(b&&(c==(d<(e+f)))))'],
    ['a < b == c >= d', '((a<b)==(c>=d))'],
    ['a ? b : c ? d : e', '(a?b:(c?d:e))'],
    ['a ? b ? c : d : e', '(a?(b?c:d):e)'],
    ['a || b ? -c : +d', '((a||b)?(-c):(+d))'],
    ['-x.y[i].z', '(-(((x.y)[i]).z))'],
    ['(a + b)*c', '((a+b)*c)'],
    ['a<-b', '(a<(-b))'],
  ])('%s is %s', (text, grouped) => {
    expect(bracketed(expression(text) as Expression)).toBe(grouped);
  });

  test('lists, comprehensions and literals', () => {
    expect(expression('[]')).toEqual({ kind: 'list', items: [] });
    expect(expression('[true, false]')).toEqual({
      kind: 'list',
      items: [
        { kind: 'boolean', value: true },
        { kind: 'boolean', value: false },
      ],
    });
    expect(expression('[i*2 for i in 0..n]')).toMatchObject({ kind: 'comprehension', variable: 'i', from: number('0', 0), to: name('n') });
    expect(expression(String.raw`"a \"b\" \\ \n\t // c"`)).toEqual({ kind: 'string', value: 'a "b" \\ \n\t // c' });
    expect(expression('f(in: 1, run: x.input)')).toMatchObject({ args: [{ name: 'in' }, { name: 'run', value: { name: 'input' } }] });
  });

  test.each([
    ['12.5mV', 12.5e-3, 'mV'],
    ['10fF', 10e-15, 'fF'],
    ['1_000', 1000, ''],
    ['1e-3', 1e-3, ''],
    ['2.2u', 2.2e-6, 'u'],
    ['3meg', 3e6, 'meg'],
    ['50%', 0.5, '%'],
    ['4.7k\u03a9', 4700, 'k\u03a9'],
  ])('number %s', (text, value, unit) => {
    expect(expression(text)).toEqual(number(text, value, unit));
  });

  test('words that mean something elsewhere are names', () => {
    expect(expression('of + in*at - ticks/__proto__')).toMatchObject({ kind: 'binary' });
    expect(statement('bench', 'run ticks ticks of of')).toEqual({ kind: 'run', ticks: name('ticks'), clock: name('of') });
  });
});

test('a line goes on while a bracket is open or it ends in an operator', () => {
  const body = readBody('system', 'x = f(a,\n  gain: 2\n)\ny = a +\n  b ?\n c :\n d\noutput x,\n  y = 3\nz = 1; w = 2');
  expect(body.map(({ kind }) => kind)).toEqual(['let', 'let', 'output', 'let', 'let']);
});

test('CRLF lines read as LF lines', () => {
  const text = '// c\nsystem a {\n  x = 1 // d\n\n  y = f(\n    2)\n}\n';
  expect(stripSpans(readSound(text.replaceAll('\n', '\r\n')))).toEqual(stripSpans(readSound(text)));
});

describe('spans', () => {
  /** The text of every node with a span, parents before children. */
  function texts(node: unknown): string[] {
    if (Array.isArray(node)) return node.flatMap(texts);
    if (typeof node !== 'object' || node === null) return [];
    const { span, ...rest } = node as { span?: Span };
    const own = span === undefined ? [] : [span.source.text.slice(span.start, span.end)];
    return [...own, ...Object.entries(rest).flatMap(([key, value]) => (key === 'nameSpan' ? texts({ span: value }) : texts(value)))];
  }

  test('of every node of a statement', () => {
    const [node] = readBody('system', '  x[i] = f( (a+b)*c , gain : -2mV ) @ clk.p2 // d');
    expect(texts(node)).toEqual([
      'x[i] = f( (a+b)*c , gain : -2mV ) @ clk.p2',
      'x',
      'i',
      'f( (a+b)*c , gain : -2mV )',
      'f',
      '(a+b)*c',
      '(a+b)*c',
      'a+b',
      'a',
      'b',
      'c',
      'gain : -2mV',
      'gain',
      '-2mV',
      '2mV',
      'clk.p2',
      'clk',
    ]);
  });

  test('of declarations', () => {
    const body = readBody('system', 'clock c = fs phases [p1, p2 at 0.5]\ninput w[4] : V/s\noutput y = [k for k in 0..n]');
    expect(texts(body)).toEqual([
      ...['clock c = fs phases [p1, p2 at 0.5]', 'c', 'fs', 'p1', 'p1', 'p2 at 0.5', 'p2', '0.5'],
      ...['input w[4] : V/s', 'w[4]', 'w', '4', 'V/s'],
      ...['output y = [k for k in 0..n]', 'y = [k for k in 0..n]', 'y', '[k for k in 0..n]', 'k', '0', 'n'],
    ]);
  });

  test('of blocks', () => {
    const text = '// c\nbench b of s(n: 4) {\n  for i in 0..2 {\n    x = i\n  }\n}\n';
    expect(texts(readSound(text).items)).toEqual([
      text.slice(5, -1),
      ...['b', 's', 'n: 4', 'n', '4'],
      ...['for i in 0..2 {\n    x = i\n  }', 'i', '0', '2', 'x = i', 'x', 'i'],
    ]);
  });
});

describe('comments', () => {
  const triviaOf = ({ trivia }: Statement) => trivia;

  test('above, behind, and blank lines', () => {
    const body = readBody(
      'system',
      '\n// one\n//two\nx = 1 // behind x\n\n\n/* block\n   of two */\ny = 2 /* a */ // b\nz = 3; // c\nw = 4',
    );
    expect(body.map(triviaOf)).toEqual([
      { before: ['one', 'two'], after: 'behind x', blankBefore: false },
      { before: ['block', 'of two'], after: 'a b', blankBefore: true },
      { before: [], after: 'c', blankBefore: false },
      { before: [], after: undefined, blankBefore: false },
    ]);
  });

  test('those within a statement move above it', () => {
    const [node] = readBody('system', '// above\nx = f(a, // first\n  /* second */ b) // behind');
    expect(node!.trivia).toEqual({ before: ['above', 'first', 'second'], after: 'behind', blankBefore: false });
  });

  test('at heads and closing braces', () => {
    const file = readSound('system a { // head\n  for i in 0..2 { x = i } // one line\n  // last\n} // end of a\n// end of file\n');
    const system = file.items[0]!;
    if (system.kind !== 'system') throw new Error(system.kind);
    expect(system.trivia.after).toBe('head');
    expect(system.body[0]!.trivia.after).toBe('one line');
    expect(system.dangling).toEqual(['last', 'end of a']);
    expect(file.dangling).toEqual(['end of file']);
  });

  test('marks of comments in strings are text', () => {
    expect(readBody('system', 'x = "// no /* no"')[0]!.trivia).toEqual({ before: [], after: undefined, blankBefore: false });
  });
});

test('a file of 10,000 blocks', () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => `  x${i + 1} = integrator(x${i} - 2*v, gain: ${i}.5m) @ clk.p2  // stage ${i}`);
  const system = readSound(`system chain {\n${lines.join('\n')}\n}\n`).items[0]!;
  if (system.kind !== 'system') throw new Error(system.kind);
  expect(system.body.length).toBe(10_000);
  expect(stripSpans(system.body[9_999])).toMatchObject({ name: { name: 'x10000' }, trivia: { after: 'stage 9999' } });
});
