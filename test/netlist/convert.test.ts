// Whole netlists in both languages, and what the normal form makes equal.

import { describe, expect, test } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import { convertNetlist } from '../../src/netlist/convert.js';
import { normalizeNetlist } from '../../src/netlist/normalize.js';
import { languageOf, readNetlist } from '../../src/netlist/read.js';
import type { NetlistFile } from '../../src/netlist/ast.js';
import { stripSpans } from './strip-spans.js';

function readSound(name: string, text: string): NetlistFile {
  const bag = new DiagnosticBag();
  const file = readNetlist({ name, text }, bag);
  expect(formatDiagnostics(bag.list)).toBe('');
  return file;
}
const toYaml = (loom: string): string => convertNetlist(readSound('f.loom', loom), 'yaml');
const toLoom = (yaml: string): string => convertNetlist(readSound('f.yaml', yaml), 'loom');

const loom = `// A library of stages

import "lib/stages.loom"

// Second-order modulator with its test bench
system mod2(fs = 1MHz, osr = 128, n) {
  param t = 1/fs
  clock clk = fs phases [p1, p2 at 0.5]  // main
  input u, r : V
  input w[4] : bit

  // the loop

  // its filter
  x1  = integrator(u - v)  // delaying
  v   = quantizer(x1, levels: 2, full_scale: 1V, at_threshold: "down")
  up  = comparator(v, r) @ clk.p2
  pos = max(v, 0V) @ clk
  err = up ? u : r
  src = wav(file: "data/a b.wav")
  s   = step(at: 10us)

  for i in 0..4 {  // bank
    bank[i] = register(w[i]) @ clk.p1

    // end of bank
  }
  for i in 0..4 {
    twice[i] = 2*bank[i]
  }
  ss = state_space(
    u,
    A: [
      [1, 0.123456789, 0.1234567890, 0.1234567890, 0.12345678901, 0.12345678901, 0.12345678901, -0.5],
      [1, 1, 0.25, -0.25]
    ],
    B: [[1], [0]],
    C: [[0, 1]],
    D: [[0.123456789, 0.1234567890, 0.1234567890]]
  ) @ clk.p1
  frame 80 ticks of clk
  output v, y = x1 + 1

  // end
  //

  // of mod2
}

bench slow of mod2(osr: 64) {
  u = sine(freq: 1kHz, amplitude: 0.5V)
  run 65536 ticks of clk
  record u, v
  record e = u - v @ clk.p1
  measure sndr(v, bandwidth: fs/(2*osr))
  measure peak = max(v)
  check sndr > 80dB
  write y to "decoded.wav" (rate: 16kHz)
}

// end

// of file
`;

const yaml = `# A library of stages

imports: [lib/stages.loom]

systems:
  # Second-order modulator with its test bench
  mod2:
    params: {fs: 1MHz, osr: 128, n: null}
    locals: {t: 1/fs}
    clocks: {clk: {frequency: fs, phases: [p1, p2 at 0.5]}}  # main
    inputs: {u: V, r: V, w: {unit: bit, length: 4}}

    blocks:
      # the loop

      # its filter
      - x1:  {type: integrator, in: u - v}  # delaying
        v:   {type: quantizer, in: x1, levels: 2, full_scale: 1V, at_threshold: down}
        up:  {type: comparator, plus: v, minus: r, at: clk.p2}
        pos: {type: max, args: [v, 0V], at: clk}
        err: 'up ? u : r'
        src: {type: wav, file: data/a b.wav}
        s:   {type: step, at: 10us}

        for i in 0..4:  # bank
          'bank[i]': {type: register, in: 'w[i]', at: clk.p1}

          # end of bank
      - for i in 0..4:
          'twice[i]': 2*bank[i]
        ss:
          type: state_space
          in: u
          A:
            - [1, 0.123456789, 0.1234567890, 0.1234567890, 0.12345678901, 0.12345678901, 0.12345678901, -0.5]
            - [1, 1, 0.25, -0.25]
          B: [[1], [0]]
          C: [[0, 1]]
          D: [[0.123456789, 0.1234567890, 0.1234567890]]
          at: clk.p1
    frame: 80 ticks of clk
    outputs: {v: null, y: x1 + 1}

    # end
    #

    # of mod2

benches:
  slow:
    system: mod2
    args: {osr: 64}
    blocks:
      u: {type: sine, freq: 1kHz, amplitude: 0.5V}
    run: 65536 ticks of clk
    record: [u, v, e = u - v @ clk.p1]
    measure: ['sndr(v, bandwidth: fs/(2*osr))', peak = max(v)]
    check: [sndr > 80dB]
    write: [{signal: y, file: decoded.wav, rate: 16kHz}]

# end

# of file
`;

describe('one netlist in both languages', () => {
  test('loom to yaml', () => {
    expect(toYaml(loom)).toBe(yaml);
  });
  test('yaml to loom', () => {
    expect(toLoom(yaml)).toBe(loom);
  });
  test('either language to itself is canonical already', () => {
    expect(convertNetlist(readSound('f.loom', loom), 'loom')).toBe(loom);
    expect(convertNetlist(readSound('f.yaml', yaml), 'yaml')).toBe(yaml);
  });
});

describe('yaml text', () => {
  test('the first comments of a file stand above everything', () => {
    expect(toYaml('// head\nsystem a {\n  output u\n}\n')).toBe('# head\nsystems:\n  a:\n    outputs: [u]\n');
  });

  test('comments between the entries of a group keep it from one line', () => {
    expect(toYaml('system a {\n  clock c = 1Hz\n  // slow\n  clock d = 2Hz // d\n}\n')).toBe(
      'systems:\n  a:\n    clocks:\n      c: 1Hz\n      # slow\n      d: 2Hz  # d\n',
    );
  });

  test('text that YAML would read as something else is quoted', () => {
    const text = toYaml(
      'system a {\n  null = True\n  b = wav(file: "1e3")\n  c = wav(file: "")\n  d = wav(file: "a\\nb")\n  e = [x, "t", [i for i in 0..3]]\n  f = -x\n  g = !x\n}\n',
    );
    expect(text).toBe(`systems:
  a:
    blocks:
      'null': 'True'
      b:      {type: wav, file: '1e3'}
      c:      {type: wav, file: ''}
      d:      {type: wav, file: "a\\nb"}
      e:      [x, '"t"', '[i for i in 0..3]']
      f:      -x
      g:      '!x'
`);
    expect(toLoom(text)).toContain('null = True');
  });

  test('a long list goes over several lines', () => {
    const taps = Array.from({ length: 40 }, (_, i) => `0.${i + 10}`).join(', ');
    const text = toYaml(`system a {\n  y = fir(u, taps: [${taps}])\n}\n`);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(stripSpans(normalizeNetlist(readSound('f.yaml', text)))).toEqual(
      stripSpans(normalizeNetlist(readSound('f.loom', `system a {\n  y = fir(u, taps: [${taps}])\n}\n`))),
    );
  });

  test('a key too long for one line of YAML has a line of its own', () => {
    const name = (length: number): string => 'k'.repeat(length);
    const loom = `system s {
  // above
  ${name(1024)} = 1  // short
  ${name(1025)} = 2  // long
  x[${name(1030)}] = state_space(u, A: [${Array(3)
    .fill(`[${'0.25, '.repeat(12)}1]`)
    .join(', ')}], B: [[1]], C: [[1]])  // index

  for i in 0..${name(1030)} {  // loop
    y[i] = u

    // end of loop
  }
  for j in 0..${name(1030)} {
    // nothing
  }
}
`;
    const text = toYaml(loom);
    expect(text).toContain(`      ${name(1024)}: 1  # short\n      ? ${name(1025)}  # long\n      : 2\n`);
    expect(text).toContain(`      ? 'x[${name(1030)}]'  # index\n      :\n        type: state_space\n`);
    expect(text).toContain(`      ? for i in 0..${name(1030)}  # loop\n      :\n        'y[i]': u\n\n        # end of loop\n`);
    expect(text).toContain(`      ? for j in 0..${name(1030)}\n      : {}\n        # nothing\n`);
    const again = readSound('f.yaml', text);
    expect(stripSpans(normalizeNetlist(again))).toEqual(stripSpans(normalizeNetlist(readSound('f.loom', loom))));
    expect(convertNetlist(again, 'yaml')).toBe(text);
  });

  test('names of any length are read again, whatever they name', () => {
    const n = 'n'.repeat(2_000);
    const loom = `system ${n}(${n} = 1) {
  param p${n} = 2
  clock c${n} = 1Hz phases [p1]
  input i${n} : V
  b${n} = part(a${n}: 1, b: [${'0.125, '.repeat(30)}1])
  output ${n}, o${n} = 2
}

bench ${n} of ${n}(${n}: 3, ${n}: 4) {
  run 1 ticks
  measure m${n} = max(v)
  write ${n} to "a.wav" (${n}: 1)
}
`;
    const text = toYaml(loom);
    const again = readSound('f.yaml', text);
    expect(stripSpans(normalizeNetlist(again))).toEqual(stripSpans(normalizeNetlist(readSound('f.loom', loom))));
    expect(convertNetlist(again, 'yaml')).toBe(text);
  });

  test('rows of a matrix stand one below the other, a long row over several lines', () => {
    const row = (length: number): string => `[${Array(length).fill('0.125').join(', ')}]`;
    const text = toYaml(`system a {\n  x = [${row(3)}, ${row(20)}]  // table\n}\n`);
    expect(text).toBe(
      `systems:\n  a:\n    blocks:\n      x:  # table\n        - ${row(3)}\n        - [${Array(15).fill('0.125,').join(' ')}\n          ${Array(5).fill('0.125').join(', ')}]\n`,
    );
    expect(toLoom(text)).toBe(toLoom(toYaml(toLoom(text))));
  });

  test('what a mapping cannot say stays an expression', () => {
    const text = toYaml(
      'system a {\n  x = cell(type: 1)\n  y = quantizer(u, at_threshold: mode) @ clk\n  z = gain(u, gain: 1, gain: 2)\n}\n',
    );
    expect(text).toBe(`systems:
  a:
    blocks:
      x: 'cell(type: 1)'
      y: {expr: 'quantizer(in: u, at_threshold: mode)', at: clk}
      z: 'gain(in: u, gain: 1, gain: 2)'
`);
  });
});

describe('the normal form', () => {
  const normal = (text: string): unknown => stripSpans(normalizeNetlist(readSound('f.loom', text)));

  test('inputs of blocks and of systems of the file are named', () => {
    expect(normal('system s {\n  input p, q\n}\nsystem a {\n  x = s(u, v)\n  y = 2*comparator(u, 0.5V)\n}\n')).toEqual(
      normal('system s {\n  input p\n  input q\n}\nsystem a {\n  x = s(q: v, p: u)\n  y = 2*comparator(minus: 0.5V, plus: u)\n}\n'),
    );
  });

  test('arguments with no input to go to keep their places', () => {
    expect(normal('system a {\n  x = dc(0.25V)\n}\n')).not.toEqual(normal('system a {\n  x = dc(value: 0.25V)\n}\n'));
    expect(normal('system a {\n  x = gain(u, in: v)\n}\n')).not.toEqual(normal('system a {\n  x = gain(in: v)\n}\n'));
  });

  test('groups have an order, members of a group keep theirs', () => {
    expect(normal('system a {\n  output y\n  y = u\n  x = y\n  clock c = 1Hz\n}\n')).toEqual(
      normal('system a {\n  clock c = 1Hz\n  y = u\n  x = y\n  output y\n}\n'),
    );
    expect(normal('system a {\n  y = u\n  x = y\n}\n')).not.toEqual(normal('system a {\n  x = y\n  y = u\n}\n'));
  });

  test('a comment keeps neighbours apart', () => {
    expect(normal('bench a {\n  record u\n  record v\n}\n')).toEqual(normal('bench a {\n  record u, v\n}\n'));
    expect(normal('bench a {\n  record u // c\n  record v\n}\n')).not.toEqual(normal('bench a {\n  record u, v // c\n}\n'));
    expect(normal('bench a {\n  record u\n  record v @ clk\n}\n')).not.toEqual(normal('bench a {\n  record u, v @ clk\n}\n'));
  });

  test('a blank line stands above each system and bench', () => {
    expect(normal('system a {\n}\nsystem b {\n}\nbench b {\n}\n')).toEqual(normal('system a {\n}\n\nsystem b {\n}\n\nbench b {\n}\n'));
    expect(toYaml('import "a"\nsystem a {\n}\nsystem b {\n}\nbench b {\n}\n')).toBe(
      'imports: [a]\n\nsystems:\n  a: {}\n\n  b: {}\n\nbenches:\n  b: {}\n',
    );
  });

  test('names that say nothing are left out', () => {
    expect(normal('bench a of a {\n  measure max = max(v)\n}\n')).toEqual(normal('bench a {\n  measure max(v)\n}\n'));
  });
});

test('the language is told by the name', () => {
  expect(['a.yaml', 'b/c.YML', 'a.loom', '<string>'].map(languageOf)).toEqual(['yaml', 'yaml', 'loom', 'loom']);
});

describe('optimizations', () => {
  const loomText = `// learns the weights
optimize rcnet3 of rcnet(cells: 3) {  // slow
  u = uniform(low: -0.25V, high: 0.25V) @ conversions  // data
  run 80 ticks of clk

  // what is learned
  learn enc.weights(init: normal(0, 0.3), levels: 32, step: enc.steps, mask: yes)  // all
  learn bank[0].gain
  learn unit(1, init: 2)
  vary cells = [2, 3]
  objective error = log_sum_exp(u - dec.out, temperature: 0.5)  // soft

  objective mean(over)
  minimize log2(error/0.25V) + 0.1*mean
  batch 512
  restarts 200  // many
  method adam(rate: 0.003, steps: 1000)  // first
  method lbfgs()
  finish integer_search(passes: 4)
  finalists 8
  judge enob of conversions

  // end
}
`;
  const yamlText = `# learns the weights
optimizations:
  rcnet3:  # slow
    system: rcnet
    args: {cells: 3}
    blocks:
      u: {type: uniform, low: -0.25V, high: 0.25V, at: conversions}  # data
    run: 80 ticks of clk

    learn:
      # what is learned
      enc.weights:    {init: 'normal(0, 0.3)', levels: 32, step: enc.steps, mask: yes}  # all
      'bank[0].gain': null
      unit:           [1, {init: 2}]
    vary: {cells: [2, 3]}
    objective:
      error: 'log_sum_exp(u - dec.out, temperature: 0.5)'  # soft

      mean: mean(over)
    minimize: log2(error/0.25V) + 0.1*mean
    batch: 512
    restarts: 200  # many
    method:
      - {type: adam, rate: 0.003, steps: 1000}  # first
      - lbfgs()
    finish: {type: integer_search, passes: 4}
    finalists: 8
    judge: enob of conversions

    # end
`;

  test('say the same in both languages', () => {
    expect(toYaml(loomText)).toBe(yamlText);
    expect(toLoom(yamlText)).toBe(loomText);
  });

  test('only what has options makes a mapping of what is learned', () => {
    expect(toYaml('optimize s {\n  learn unit\n  learn enc.weights()\n}\n')).toBe('optimizations:\n  s:\n    learn: [unit, enc.weights]\n');
    expect(toYaml('optimize s {\n  learn x\n  learn x(init: 1)\n}\n')).toBe(
      'optimizations:\n  s:\n    learn:\n      - x: null\n      - x: {init: 1}\n',
    );
  });

  test('stand behind benches', () => {
    expect(toYaml('optimize b {\n}\nbench a {\n}\n')).toBe('benches:\n  a: {}\n\noptimizations:\n  b: {}\n');
  });

  test('a method too long for a line, a name that is a key: several lines, or text', () => {
    const long = `a${'b'.repeat(60)}`;
    const text = `optimize s {\n  method adam(${long}: 1, ${long}: 2)\n  finish sgd(type: 1)\n}\n`;
    expect(toYaml(text.replace(`, ${long}`, `, c${long}`))).toBe(
      `optimizations:\n  s:\n    method:\n      - type: adam\n        ${long}: 1\n        c${long}: 2\n    finish: 'sgd(type: 1)'\n`,
    );
  });

  test('a block with the name of a way to draw does not change what is drawn', () => {
    const text = `system normal {\n  input mean, sigma\n  output mean\n}\n\noptimize s {\n  learn w(init: normal(0, 0.3))\n}\n`;
    expect(toYaml(text)).toContain("learn:\n      w: {init: 'normal(0, 0.3)'}");
    expect(toLoom(toYaml(text))).toContain('learn w(init: normal(0, 0.3))');
  });
});
