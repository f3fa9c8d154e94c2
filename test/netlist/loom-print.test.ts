// The formatter: one canonical text for each tree.

import { describe, expect, test } from 'vitest';
import { printLoom } from '../../src/netlist/loom/print-loom.js';
import { readSound } from './loom-text.js';

function format(text: string): string {
  const once = printLoom(readSound(text));
  expect(printLoom(readSound(once))).toBe(once);
  return once;
}

test('spacing, indents, blank lines and aligned names', () => {
  const text = `import   "lib.loom"   // stages


// A modulator
/* of second
   order */
system mod2( fs=1MHz,osr =128 )
{

      clock clk=fs phases[p1,p2 at .25e0*2]offset 1us
  input u,w[4]:V
x1=integrator( ( u-v ))   //delaying
x22[i+1] =  (a+b) * c ^ (-2)   @clk.p2

  // loop filter
  v=quantizer(x2,levels:2,full_scale:1V);y = [1,2 , (3)]
  for i in 0 .. 2*(n) {x[i]=u[i]}   // taps
  frame 80 ticks of clk


  output v,z=x1+1
  // to do
}   // mod2
bench slow of mod2(osr:64){ run 10ms; record u,e = u-v @clk.p1
measure peak=max(v); check (peak)>-3dB;write v to "a\\"b.wav"(rate:16kHz) }
bench mod2 { run 2^16 ticks }
// the end`.replace('.25e0*2', '0.25');
  expect(format(text)).toBe(`import "lib.loom"  // stages

// A modulator
// of second
// order
system mod2(fs = 1MHz, osr = 128) {
  clock clk = fs phases [p1, p2 at 0.25] offset 1us
  input u, w[4] : V
  x1         = integrator(u - v)  // delaying
  x22[i + 1] = (a + b)*c^-2 @ clk.p2

  // loop filter
  v = quantizer(x2, levels: 2, full_scale: 1V)
  y = [1, 2, 3]
  for i in 0..2*n {  // taps
    x[i] = u[i]
  }
  frame 80 ticks of clk

  output v, z = x1 + 1
  // to do
  // mod2
}

bench slow of mod2(osr: 64) {
  run 10ms
  record u, e = u - v @ clk.p1
  measure peak = max(v)
  check peak > -3dB
  write v to "a\\"b.wav" (rate: 16kHz)
}

bench mod2 {
  run 2^16 ticks
}

// the end
`);
});

test('an empty file is empty, and comments alone stay', () => {
  expect(format('\n\n')).toBe('');
  expect(format('\n// a\n\n\n//\n\n')).toBe('// a\n\n//\n');
});

test('one blank line stays where some are among comments, and none at the edges of a body', () => {
  const text = `// file


// system

system a { // head

  // first


  // second

  x = 1


  // third

}

// end

`;
  expect(format(text)).toBe(`// file

// system

system a {  // head
  // first

  // second

  x = 1

  // third
}

// end
`);
  expect(format('system a {\n\n  // empty\n\n}\n')).toBe('system a {\n  // empty\n}\n');
});

test('systems and benches are apart, imports as they are written', () => {
  expect(format('import "a"\nimport "b"\n\nimport "c"\nsystem s {}\n// t\nsystem t {}\nbench s {}\nimport "d"')).toBe(
    'import "a"\nimport "b"\n\nimport "c"\n\nsystem s {\n}\n\n// t\nsystem t {\n}\n\nbench s {\n}\n\nimport "d"\n',
  );
});

test('names align over neighbouring blocks only', () => {
  expect(format('system a {\n a=1\n bb=2\n output a\n c=3\n\n dddd=4\n // e\n ee=5\n f=6\n}')).toBe(
    'system a {\n  a  = 1\n  bb = 2\n  output a\n  c = 3\n\n  dddd = 4\n  // e\n  ee = 5\n  f  = 6\n}\n',
  );
});

test('a block on several lines ends the alignment', () => {
  const args = ['a', 'b'].map((name) => name.repeat(70));
  expect(format(`system s {\n x=1\n long=f(${args.join(',')})\n y=2\n zz=3\n}`)).toBe(
    `system s {\n  x = 1\n  long = f(\n    ${args.join(',\n    ')}\n  )\n  y  = 2\n  zz = 3\n}\n`,
  );
});

describe('brackets', () => {
  test.each([
    ['((a))', 'a'],
    ['(a - b) - (c - d)', 'a - b - (c - d)'],
    ['(a*b) + (c/(d*e))', 'a*b + c/(d*e)'],
    ['(a^b)^(c^d)', '(a^b)^c^d'],
    ['(-a)^2 + -(a^2)', '(-a)^2 + -a^2'],
    ['-(-a) + (+b)', '--a + +b'],
    ['!(a && b)', '!(a && b)'],
    ['(a ? b : c) ? (d ? e : f) : (g ? h : i)', '(a ? b : c) ? (d ? e : f) : g ? h : i'],
    ['on ? last ? +r : -r : 0V', 'on ? (last ? +r : -r) : 0V'],
    ['a ? b : (c ? d : e)', 'a ? b : c ? d : e'],
    ['(a < b) == (c < d)', 'a < b == c < d'],
    ['(a == b) < c', '(a == b) < c'],
    ['(a + b).x + (-a)[0] + (f(x)).y', '(a + b).x + (-a)[0] + f(x).y'],
    ['2*(last ? +unit : -unit)', '2*(last ? +unit : -unit)'],
  ])('%s', (written, printed) => {
    expect(format(`system s {\n  x = ${written}\n}`)).toBe(`system s {\n  x = ${printed}\n}\n`);
  });
});

describe('lines of more than 120 characters', () => {
  const long = (stem: string, count: number) => Array.from({ length: count }, (_, i) => `${stem}_${i}`);

  test('a call has one argument a line', () => {
    const args = long('some_argument', 8);
    expect(format(`system s {\n  x = 2*f(${args.join(',')}, g: h(1, 2)) @ clk\n}`)).toBe(
      `system s {\n  x = 2*f(\n${args.map((arg) => `    ${arg},\n`).join('')}    g: h(1, 2)\n  ) @ clk\n}\n`,
    );
  });

  test('a line of 120 stays, one of 121 breaks', () => {
    const fits = `  x = f(a, ${'b'.repeat(120 - '  x = f(a, )'.length)})`;
    expect(format(`system s {\n${fits}\n}`)).toBe(`system s {\n${fits}\n}\n`);
    expect(format(`system s {\n${fits.replace('a,', 'aa,')}\n}`).split('\n').length).toBe(7);
  });

  test('calls within calls break when they must', () => {
    const inner = long('inner_argument', 8);
    expect(format(`system s {\n  x = f(1, g: h(${inner.join(',')}))\n}`)).toBe(
      `system s {\n  x = f(\n    1,\n    g: h(\n${inner.map((arg) => `      ${arg}`).join(',\n')}\n    )\n  )\n}\n`,
    );
  });

  test('lists fill lines', () => {
    const text = format(
      `system s {\n  x = [${long('1', 60)
        .map((_, i) => i * 1000)
        .join(',')}]\n}`,
    );
    const lines = text.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(lines.length).toBe(9);
    expect(lines[2]).toMatch(/^ {4}0, 1000, 2000, /);
  });

  test('a matrix has a line for each row', () => {
    const row = `[${Array(10).fill('0.125').join(', ')}]`;
    expect(format(`system s {\n  x = f(A: [${row}, ${row}], B: [[1], [2]])\n}`)).toBe(
      `system s {\n  x = f(\n    A: [\n      ${row},\n      ${row}\n    ],\n    B: [[1], [2]]\n  )\n}\n`,
    );
  });

  test('declarations fill lines', () => {
    const names = long('some_signal', 12);
    expect(format(`bench s {\n  record ${names.join(',')}, e = u - v @ clk.p1\n}`)).toBe(
      `bench s {\n  record ${names.slice(0, 7).join(', ')},\n      ${names.slice(7).join(', ')}, e = u - v @ clk.p1\n}\n`,
    );
  });

  test('parameters of a system have a line each', () => {
    const params = long('some_parameter', 8);
    expect(format(`system s(${params.map((name) => `${name} = 1`).join(',')}) {\n}`)).toBe(
      `system s(\n${params.map((name) => `  ${name} = 1`).join(',\n')}\n) {\n}\n`,
    );
  });
});
