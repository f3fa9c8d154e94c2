// `--set`: a tunable set to the value it has changes nothing; set to another value it is as if the
// netlist said so.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileNetlist, loadText, NetlistError } from '../../src/index.js';
import { randomNetlists } from './arbitrary-netlist.js';
import { compileText, expectSameBits, runCompiled, runText, type Waves } from './run-netlist.js';

const run = (text: string, ...set: [string, string][]): Waves => runText(text, { set: new Map(set) });

describe('a parameter set to its own value', () => {
  test('changes no sample of a random system', () => {
    fc.assert(
      fc.property(randomNetlists, fc.nat(), ({ text }, index) => {
        const compiled = compileText(text);
        const settable = compiled.graph.params.filter(({ name }) => !name.startsWith('w.'));
        const { name, value } = settable[index % settable.length]!;
        fc.pre(Number.isFinite(value));
        expectSameBits(run(text, [name, String(value)]), runCompiled(compiled), `${name} = ${value}\n${text}`);
      }),
      { numRuns: 60 },
    );
  });
});

const netlist = (gain = '0.5', levels = '4', amplitude = '0.6V', half = '0.25', tap = '0.5', fs = '1MHz') => `
system stage(k = ${half}) {
  input a : V
  y = clip(a, low: -k*1V)
  output y
}
system dut(fs = ${fs}, half = ${half}) {
  clock clk = fs
  input u : V
  x = integrator(u - q, gain: ${gain}, leak: 0.9)
  q = quantizer(x, levels: ${levels})
  s = stage(a: x, k: half)
  f = state_space([x], A: [[${tap}]], B: [[1]], C: [[1]])
  output q
}
bench dut {
  u = multitone(freqs: [11kHz, 23kHz], amplitudes: [${amplitude}, 0.1V])
  run 200 ticks
  record x, q, s, f
}
`;

describe('a parameter set to another value', () => {
  test.each([
    ['tunable', 'x.gain', '0.3', netlist('0.3')],
    ['integer', 'q.levels', '7', netlist('0.5', '7')],
    ['element of a list', 'u.amplitudes[0]', '0.4V', netlist('0.5', '4', '0.4V')],
    ['entry of a matrix', 'f.A[0][0]', '0.7', netlist('0.5', '4', '0.6V', '0.25', '0.7')],
    ['parameter of the system', 'half', '0.125', netlist('0.5', '4', '0.6V', '0.125')],
    ['parameter of a sub-system', 's.k', '0.125', netlist().replace('k: half', 'k: 0.125')],
    ['frequency of a clock', 'fs', '2MHz', netlist('0.5', '4', '0.6V', '0.25', '0.5', '2MHz')],
    ['frequency that is moved to a coherent one', 'u.freqs[1]', '41kHz', netlist().replace('23kHz', '41kHz')],
    ['default', 'x.limit', '0.05V', netlist().replace('leak: 0.9', 'leak: 0.9, limit: 0.05V')],
  ])('%s', (_, name, value, edited) => {
    const set = run(netlist(), [name, value]);
    expectSameBits(set, run(edited));
    expect(() => expectSameBits(set, run(netlist()))).toThrow(/differs/);
  });

  test.each([
    ['x.gian', 'x.gain'],
    ['hlaf', 'half'],
    ['u.amplitudes[2]', 'u.amplitudes[0]'],
  ])('%s is refused: did you mean %s?', (name, nearest) => {
    expect(problemsOf(() => compileNetlist(loadText(netlist()), { set: new Map([[name, '1']]) }))).toEqual([
      `DL306 there is no parameter '${name}' to set (did you mean '${nearest}'?)`,
    ]);
  });

  test.each([
    ['x.gain', 'fast', /DL103/],
    ['x.gain', '1V', /DL301/],
    ['x.leak', '1.5', /DL303/],
    ['q.levels', '2.5', /DL303/],
    ['x', '1', /DL306/],
    ['__proto__', '1', /DL306/],
    ['constructor.name', '1', /DL306/],
  ])('%s = %s is refused', (name, value, message) => {
    expect(problemsOf(() => run(netlist(), [name, value])).join()).toMatch(message);
  });
});

function problemsOf(action: () => unknown): string[] {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics.map(({ code, message, help }) => `${code} ${message} (${help})`);
    return [String(error)];
  }
}
