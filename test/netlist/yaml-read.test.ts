// What the groups of a YAML netlist read as: trees, spans and comments.

import { describe, expect, test } from 'vitest';
import type { Expression, LetStatement, Statement } from '../../src/netlist/ast.js';
import { printExpression } from '../../src/netlist/loom/print-expression.js';
import { stripSpans } from './strip-spans.js';
import { read, readBody, readSound } from './yaml-text.js';

/** A statement's fields without spans and comments. */
function bare(statement: Statement | undefined): unknown {
  return stripSpans({ ...statement, trivia: undefined });
}
const name = (text: string): unknown => ({ kind: 'name', name: text });
const number = (text: string, value: number, unit = ''): unknown => ({ kind: 'number', text, value, unit });
const lets = (body: readonly Statement[]): LetStatement[] => body.filter((statement) => statement.kind === 'let');
const block = (text: string): string => printExpression(lets(readBody('systems', `blocks:\n  x: ${text}`))[0]!.value);

describe('systems', () => {
  test('parameters have a default or none', () => {
    const text = 'systems: {a: {params: {fs: 1MHz, n: null}}, b: {params: [fs: 1, n]}}';
    const [a, b] = readSound(text).items.map((item) => (item.kind === 'system' ? stripSpans(item.params) : undefined));
    expect(a).toEqual([{ name: { name: 'fs' }, value: number('1MHz', 1e6, 'MHz') }, { name: { name: 'n' } }]);
    expect(b).toEqual([{ name: { name: 'fs' }, value: number('1', 1) }, { name: { name: 'n' } }]);
  });

  test('an empty system has an empty body', () => {
    expect(stripSpans(readSound('systems: {a: , b: {}}').items)).toMatchObject([{ body: [] }, { body: [] }]);
  });

  test('locals are parameters of the body', () => {
    expect(bare(readBody('systems', 'locals: {t: 1/fs}')[0])).toMatchObject({
      kind: 'param',
      name: { name: 't' },
      value: { kind: 'binary', operator: '/' },
    });
  });

  test('clocks: a frequency, or frequency, phases and offset', () => {
    const [a, b] = readBody('systems', 'clocks:\n  a: fs\n  b: {frequency: 2MHz, phases: [p1, p2 at 0.5], offset: 1us}');
    expect(bare(a)).toEqual({ kind: 'clock', name: { name: 'a' }, frequency: name('fs'), phases: [] });
    expect(bare(b)).toEqual({
      kind: 'clock',
      name: { name: 'b' },
      frequency: number('2MHz', 2e6, 'MHz'),
      phases: [{ name: { name: 'p1' } }, { name: { name: 'p2' }, at: number('0.5', 0.5) }],
      offset: number('1us', 1e-6, 'us'),
    });
  });

  test('inputs: a unit, bit, nothing, or unit and length', () => {
    expect(readBody('systems', 'inputs: {u: V, b: bit, z: null, w: {unit: V/s, length: 4}}').map(bare)).toEqual([
      { kind: 'input', inputs: [{ name: { name: 'u' } }], unit: { name: 'V' } },
      { kind: 'input', inputs: [{ name: { name: 'b' } }], unit: { name: 'bit' } },
      { kind: 'input', inputs: [{ name: { name: 'z' } }] },
      { kind: 'input', inputs: [{ name: { name: 'w' }, length: number('4', 4) }], unit: { name: 'V/s' } },
    ]);
  });

  test('outputs: names, or names with an expression', () => {
    const expected = [{ outputs: [{ name: { name: 'v' } }] }, { outputs: [{ name: { name: 'y' }, value: { kind: 'binary' } }] }];
    expect(readBody('systems', 'outputs: {v: null, y: x + 1}').map(bare)).toMatchObject(expected);
    expect(readBody('systems', 'outputs: [v, y: x + 1]').map(bare)).toMatchObject(expected);
  });

  test('a frame counts ticks of a clock', () => {
    expect(bare(readBody('systems', 'frame: 80 ticks of clk')[0])).toEqual({ kind: 'frame', ticks: number('80', 80), clock: name('clk') });
  });
});

describe('blocks', () => {
  test('a scalar or list is an expression', () => {
    expect(block('u - v')).toBe('u - v');
    expect(block('12.5mV')).toBe('12.5mV');
    expect(block('true')).toBe('true');
    expect(block("'a ? b : c'")).toBe('a ? b : c');
    expect(block('[u, 2*u, [1, x]]')).toBe('[u, 2*u, [1, x]]');
    expect(block('u +\n    v')).toBe('u + v');
    expect(block('>\n    u +\n    v')).toBe('u + v');
  });

  test('a mapping with a type is a call', () => {
    expect(block('{type: integrator, in: u - v}')).toBe('integrator(in: u - v)');
    expect(block('{type: sub, args: [u, 2], gain: 3}')).toBe('sub(u, 2, gain: 3)');
    expect(block('{type: sub, gain: 3, args: [u, 2]}')).toBe('sub(u, 2, gain: 3)');
  });

  test('choices and paths are bare text, other arguments expressions', () => {
    expect(block('{type: quantizer, in: x, at_threshold: down}')).toBe('quantizer(in: x, at_threshold: "down")');
    expect(block('{type: wav, file: data/a b.wav}')).toBe('wav(file: "data/a b.wav")');
    expect(block(`{type: other, file: '"a.wav"', mode: down}`)).toBe('other(file: "a.wav", mode: down)');
  });

  test('an edge is `at`, beside a type or an expression', () => {
    const at = (text: string): Expression | undefined => lets(readBody('systems', `blocks:\n  x: ${text}`))[0]!.at;
    expect(stripSpans(at('{type: register, in: u, at: clk.p2}'))).toEqual({ kind: 'member', object: name('clk'), name: 'p2' });
    expect(stripSpans(at('{expr: u - v, at: clk}'))).toEqual(name('clk'));
    expect(stripSpans(at('{type: cell, at: clk}'))).toEqual(name('clk'));
  });

  test('a block with a parameter of that name has `at` for itself', () => {
    expect(block('{type: step, before: 0V, at: 10us}')).toBe('step(before: 0V, at: 10us)');
  });

  test('elements and loops have their place in the key', () => {
    const [y, loop] = readBody('systems', `blocks:\n  'y[0]': u\n  for i in 0..n-1:\n    'bank[i + 1]': {type: register, in: 'bank[i]'}`);
    expect(bare(y)).toEqual({ kind: 'let', name: { name: 'y' }, index: number('0', 0), value: name('u') });
    expect(bare(loop)).toMatchObject({
      kind: 'for',
      variable: { name: 'i' },
      from: { text: '0' },
      to: { kind: 'binary' },
      body: [{ kind: 'let', index: { kind: 'binary' } }],
    });
  });

  test('a list of mappings may repeat a name', () => {
    const loops = readBody('systems', 'blocks:\n  - for i in 0..3: {"a[i]": u}\n    z: u\n  - for i in 0..3: {}');
    expect(loops.map(({ kind }) => kind)).toEqual(['for', 'let', 'for']);
  });
});

describe('benches', () => {
  test('a bench names its system and arguments', () => {
    const [a, b] = readSound('benches: {a: {system: mod2, args: {osr: 64}}, b: {args: [64, fs: 1]}}').items;
    expect(stripSpans(a)).toMatchObject({ kind: 'bench', system: name('mod2'), args: [{ name: 'osr', value: { text: '64' } }] });
    expect(stripSpans(b)).toMatchObject({ args: [{ value: { text: '64' } }, { name: 'fs' }] });
    expect(b).toHaveProperty('system', undefined);
  });

  test('runs are ticks or a duration', () => {
    expect(bare(readBody('benches', 'run: 65536 ticks of clk')[0])).toEqual({
      kind: 'run',
      ticks: number('65536', 65536),
      clock: name('clk'),
    });
    expect(bare(readBody('benches', 'run: 10ms')[0])).toEqual({ kind: 'run', duration: number('10ms', 0.01, 'ms') });
  });

  test('records, checks and files', () => {
    const body = readBody(
      'benches',
      'record: [u, e = u - v @ clk.p1]\ncheck: sndr > 80dB\nwrite: [{signal: y, file: a.wav, rate: 16kHz}, \'y to "b.wav"\']',
    );
    expect(body.map(bare)).toMatchObject([
      { kind: 'record', items: [{ value: name('u') }] },
      { kind: 'record', items: [{ name: { name: 'e' } }], at: { kind: 'member', name: 'p1' } },
      { kind: 'check', condition: { kind: 'binary', operator: '>' } },
      { kind: 'write', signal: { name: 'y' }, file: { value: 'a.wav' }, options: [{ name: 'rate', value: { text: '16kHz' } }] },
      { kind: 'write', signal: { name: 'y' }, file: { value: 'b.wav' }, options: [] },
    ]);
  });

  test('measures are text, or named in a mapping', () => {
    const call = { kind: 'call', callee: name('max'), args: [{ value: name('v') }] };
    expect(readBody('benches', 'measure: max(v)').map(bare)).toEqual([{ kind: 'measure', call }]);
    const named = { kind: 'measure', name: { name: 'peak' }, call };
    expect(readBody('benches', 'measure: [peak = max(v), peak: max(v), peak: {type: max, args: [v]}]').map(bare)).toEqual([
      named,
      named,
      named,
    ]);
    expect(readBody('benches', 'measure: {peak: {type: max, args: [v]}}').map(bare)).toEqual([named]);
  });
});

describe('optimizations', () => {
  const read = (text: string): unknown[] => readBody('optimizations', text).map(bare);

  test('an optimization names its system and arguments', () => {
    const [item] = readSound('optimizations: {a: {system: rcnet, args: {cells: 3}, run: 80 ticks}}').items;
    expect(stripSpans(item)).toMatchObject({ kind: 'optimize', name: { name: 'a' }, system: name('rcnet'), args: [{ name: 'cells' }] });
    expect(stripSpans(item)).toMatchObject({ body: [{ kind: 'run', ticks: number('80', 80) }] });
  });

  test('learned parameters have options or none', () => {
    const weights = { kind: 'member', object: name('enc'), name: 'weights' };
    expect(read('learn: {enc.weights: {levels: 32, step: enc.steps}, unit: null}')).toMatchObject([
      { kind: 'learn', target: weights, options: [{ name: 'levels' }, { name: 'step', value: { object: name('enc') } }] },
      { kind: 'learn', target: name('unit'), options: [] },
    ]);
    expect(read("learn: [unit, enc.weights, {'bank[0].gain': [1, init: 2]}]")).toMatchObject([
      { target: name('unit') },
      { target: weights },
      { target: { object: { index: number('0', 0) } }, options: [{ value: number('1', 1) }, { name: 'init' }] },
    ]);
  });

  test('objectives go by name; that of the function is left out', () => {
    const call = { kind: 'call', callee: name('mean'), args: [{ value: name('over') }] };
    const [named, unnamed] = [
      { kind: 'objective', name: { name: 'swing' }, call },
      { kind: 'objective', call },
    ];
    expect(read('objective: {swing: mean(over), mean: mean(over)}')).toEqual([named, unnamed]);
    expect(read('objective: [swing = mean(over), mean(over), swing: {type: mean, args: [over]}]')).toEqual([named, unnamed, named]);
    expect(read('objective: mean(over)\nminimize: mean')).toEqual([unnamed, { kind: 'minimize', value: name('mean') }]);
  });

  test('methods are text or mappings, one or several', () => {
    const call = { kind: 'call', callee: name('adam'), args: [{ name: 'rate', value: number('0.1', 0.1) }] };
    expect(read('method: {type: adam, rate: 0.1}\nfinish: "adam(rate: 0.1)"')).toEqual([
      { kind: 'method', call },
      { kind: 'finish', call },
    ]);
    expect(read("method: [sgd(), 'adam(rate: 0.1)', {type: adam, rate: 0.1}, {type: sgd}]")).toMatchObject([
      { call: { callee: name('sgd') } },
      { call },
      { call },
      { call: { callee: name('sgd'), args: [] } },
    ]);
  });

  test('counts, variations and the judge', () => {
    expect(read('batch: 512\nrestarts: 2*n\nfinalists: [8]\nvary: {cells: [2, 3]}')).toMatchObject([
      { kind: 'batch', count: number('512', 512) },
      { kind: 'restarts', count: { operator: '*' } },
      { kind: 'finalists', count: number('8', 8) },
      { kind: 'vary', name: { name: 'cells' }, values: { items: [number('2', 2), number('3', 3)] } },
    ]);
    const judge = { kind: 'judge', value: name('enob'), bench: name('tone') };
    expect(read('judge: enob of tone')).toEqual([judge]);
    expect(read('judge: {value: enob, bench: tone}')).toEqual([judge]);
  });
});

describe('places', () => {
  test('spans are those of the YAML text', () => {
    const text = 'systems:\n  mod2:\n    blocks:\n      x1: {type: integrator, in: u - v}\n      q: \'a ? b : c\'\n      d: "u \\x2b v"\n';
    const system = readSound(text).items[0]!;
    if (system.kind !== 'system') throw new Error('no system');
    const slice = ({ span }: { span: { start: number; end: number } }): string => text.slice(span.start, span.end);
    const [x1, q, d] = lets(system.body);
    expect(slice(system.name)).toBe('mod2');
    expect(slice(x1!)).toBe('x1: {type: integrator, in: u - v}');
    expect(slice(x1!.name)).toBe('x1');
    expect(slice(x1!.value)).toBe('{type: integrator, in: u - v}');
    if (x1!.value.kind !== 'call' || q!.value.kind !== 'conditional') throw new Error('wrong kinds');
    expect(slice(x1!.value.callee)).toBe('integrator');
    expect(slice(x1!.value.args[0]!)).toBe('in: u - v');
    expect(slice(x1!.value.args[0]!.value)).toBe('u - v');
    expect(slice(q!.value.yes)).toBe('b');
    expect(slice(d!.value)).toBe('"u \\x2b v"');
  });

  test('comments belong to the statement below or before them', () => {
    const text = `# head
systems:
  a:  # the system
    # parameters
    params: {n: 1}  # one

    # above
    # the clock
    clocks: {clk: n}  # behind
    blocks:  # loop filter
      x: {type: integrator,
          # inside
          in: u}

      for i in 0..3:  # all
        y: u
        # last
      # of z
      z: u
    # end of a
# end of file
`;
    const { items, dangling } = readSound(text);
    const system = items[0]!;
    if (system.kind !== 'system') throw new Error('no system');
    const [clock, x, loop, z] = system.body;
    expect(system.trivia).toEqual({ before: ['head'], blankBefore: false, after: 'the system' });
    expect(clock!.trivia).toEqual({ before: ['parameters', 'one', null, 'above', 'the clock'], blankBefore: false, after: 'behind' });
    expect(x!.trivia).toEqual({ before: ['loop filter', 'inside'], blankBefore: false, after: undefined });
    expect(loop!.trivia).toEqual({ before: [], blankBefore: true, after: 'all' });
    expect(loop).toMatchObject({ dangling: ['last'] });
    expect(z!.trivia.before).toEqual(['of z']);
    expect(system.dangling).toEqual(['end of a']);
    expect(dangling).toEqual(['end of file']);
  });

  test('comments in expressions are kept', () => {
    const text = `systems:
  a:
    params: {n: 1 /* parts */}
    blocks:
      # above

      x: u
        - v  // feedback
        - w  // dither
        + 1  # behind
      'y[1 /* one */]': {type: integrator, in: 'u // it''s
        '}
      z: "u // plain
        + v"
      t: >
        u  // folded
        + v
      s: "u + \\x76 // escaped"
      for i in 0..3 /* all */:
        q: i
`;
    const system = readSound(text).items[0]!;
    if (system.kind !== 'system') throw new Error('no system');
    expect(system.body.map((node) => [node.kind === 'let' ? printExpression(node.value) : '', ...node.trivia.before])).toEqual([
      ['u - v - w + 1', 'parts', 'above', null, 'feedback', 'dither'],
      ['integrator(in: u)', 'one', "it's"],
      ['u + v', 'plain'],
      ['u + v', 'folded'],
      ['u + v', 'escaped'],
      [''],
    ]);
    expect(system.body[5]).toMatchObject({ body: [{ trivia: { before: ['all'] } }] });
    expect(system.body[0]!.trivia.after).toBe('behind');
  });

  test('a text without content is an empty netlist', () => {
    expect(read('# nothing\n')).toMatchObject({ problems: '', file: { items: [], dangling: ['nothing'] } });
    expect(read('').problems).toBe('');
  });
});
