// Names that try to be something else: they are names, or a diagnostic, and never code.

import { describe, expect, test } from 'vitest';
import { jsSource } from '../../src/backends/js/compile.js';
import { checkNetlist } from '../../src/index.js';
import { specialize } from '../../src/ir/specialize.js';
import { compileText, runText } from '../properties/run-netlist.js';

/** A bench of a system in which everything has the given names. */
const netlist = (system: string, block: string, param: string, record: string) => `
system inner_${system}(${param} = 0.5) {
  input in_${block}
  ${block} = integrator(in_${block}, gain: ${param}, leak: 0.9)
  output ${block}
}
system ${system}(${param} = 0.5) {
  clock clock_${block} = 1MHz phases [phase_${block}, other_${block}]
  input source_${block} : V
  ${block} = inner_${system}(in_${block}: source_${block} - q_${block}, ${param}: ${param}) @ clock_${block}.phase_${block}
  q_${block} = quantizer(${block})
  output ${block}
}
bench ${system} {
  source_${block} = sine(freq: 1kHz)
  run 200 ticks of clock_${block}
  record ${record} = ${block}
}
`;

const plain = (): Float64Array => runText(netlist('plain_system', 'plain_block', 'plain_param', 'kept')).get('kept')!;

const words = [
  'isPrototypeOf',
  '__defineGetter__',
  'propertyIsEnumerable',
  'arguments',
  'eval',
  'process',
  'require',
  'globalThis',
  'await',
  'yield',
  'this',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  'S',
  'P',
  'end',
  'Math',
  'function',
  '_',
  '__',
];

describe('names of the language underneath', () => {
  test.each(words)('%s runs as any other name', (word) => {
    const waves = runText(netlist(`${word}_`, word === '_' ? '_b' : word, `${word}_p`, 'kept'));
    expect([...waves.get('kept')!]).toEqual([...plain()]);
  });

  test.each(['hasOwnProperty', 'constructor', '__proto__', 'toString', 'valueOf'])(
    'a system called %s is found by its name only',
    (word) => {
      expect([...runText(netlist(word, 'x', 'k', 'kept')).get('kept')!]).toEqual([...plain()]);
    },
  );

  test.each(['hasOwnProperty', 'constructor', '__proto__', 'toString', 'valueOf'])('a block cannot be called %s', (word) => {
    const found = checkNetlist(`system s {\n  input u : V\n  ${word} = 2*u\n  output y = u\n}\n`);
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([`DL213 '${word}' is a reserved name`]);
  });
});

test('a name of 10,000 characters is a name', () => {
  const long = 'n'.repeat(10_000);
  expect([...runText(netlist(`a${long}`, `b${long}`, `c${long}`, `d${long}`)).get(`d${long}`)!]).toEqual([...plain()]);
});

test('no name, text or path of a netlist is in the code made of it', () => {
  const { program } = compileText(netlist('SystemName', 'BlockName', 'ParamName', 'RecordName'));
  for (const source of [jsSource(program).source, jsSource(specialize(program, new Map(), new Set())).source]) {
    expect(source).not.toMatch(/SystemName|BlockName|ParamName|RecordName|phase|clock|quantizer|integrator|0\.9\d*mV/i);
    expect(source.replace('"use strict";', '')).not.toMatch(/["'`]/);
  }
});

const wrapped = (expression: string): string => `system s {\n  clock clk = 1MHz\n  input u : V\n  x = ${expression}\n  output x\n}\n`;

describe('hostile text has a diagnostic, not a stack trace', () => {
  test.each([
    ['brackets', 'dut.loom', wrapped('('.repeat(100_000))],
    ['calls', 'dut.loom', wrapped(`${'abs('.repeat(100_000)}u${')'.repeat(100_000)}`)],
    ['lists', 'dut.yaml', `systems: ${'['.repeat(100_000)}`],
    ['mappings', 'dut.yaml', `systems: ${'{a: '.repeat(100_000)}`],
    ['indentation', 'dut.yaml', Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['systems within each other', 'dut.loom', chain(150)],
    ['nothing', 'dut.loom', '\0\0\0'],
    ['zero-width names', 'dut.loom', wrapped('u\u200b + 1')],
    ['right-to-left marks', 'dut.loom', wrapped('u \u202e+ 1')],
    ['full-width digits', 'dut.loom', wrapped('u + １V')],
  ])('%s', (_, name, text) => {
    const found = checkNetlist(text, name);
    expect(found.length).toBeGreaterThan(0);
    for (const { message, code } of found) {
      expect(code).toMatch(/^DL\d{3}$/);
      expect(message).not.toMatch(/internal|call stack|undefined/);
    }
  });
});

test('a chain of 450 sums and 90 systems within each other are sound', () => {
  expect(checkNetlist(wrapped(`u${' + 0.5*u'.repeat(450)}`))).toEqual([]);
  expect(checkNetlist(chain(90))).toEqual([]);
});

/** Each system holds one instance of the next. */
function chain(depth: number): string {
  const systems = Array.from(
    { length: depth },
    (_, i) => `system s${i} {\n  input a : V\n  x = ${i === 0 ? '0.5*a' : `s${i - 1}(a)`}\n  output x\n}\n`,
  );
  return systems.join('');
}
