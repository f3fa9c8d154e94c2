// Warnings of names that nothing reads: what any bench of the file reads is used, whichever bench is elaborated.

import { describe, expect, it } from 'vitest';
import { checkLibrary } from '../../src/campaign/check-library.js';
import { compileNetlist, compileSystem } from '../../src/simulate/compile-netlist.js';
import { loadText } from '../../src/index.js';

const text = `system s(fs = 1MHz, osr = 64, level = 1V, idle = 1) {
  clock clk = fs
  input u : V
  param half = 0.5
  param steps = 10
  x = integrator(u)
  y = integrator(u)
  z = integrator(u)
  w = integrator(u)
  output x
}
bench s {
  param least = 3V
  u = 1V
  run 10 ticks
  measure top = max(x)
  check top > least
}
bench other of s {
  param nothing = 2
  u = level
  run steps ticks
  record y
  write z to "z.csv"
  measure top = max(x, skip: half*4)
  check top < osr*1V
}
bench third of s {
  e = [level*i for i in 1..3]
  u = e[1]
  run 10 ticks
  record 2*w
}
`;
const library = loadText(text, 's.loom');
const unused = ["param 'idle' is never used"];
const messages = (found: readonly { message: string }[]): string[] => found.map(({ message }) => message);

describe('unused names', () => {
  it.each([
    ['s', unused],
    ['other', [...unused, "param 'nothing' is never used"]],
    ['third', unused],
  ] as const)('are told for bench %s', (bench, expected) => {
    expect(messages(compileNetlist(library, { bench }).warnings)).toEqual(expected);
  });

  it('are told once for the file and for the system by itself', () => {
    expect(messages(checkLibrary(library))).toEqual([...unused, "param 'nothing' is never used"]);
    expect(messages(compileSystem(library).warnings)).toEqual(unused);
  });

  it('are not those that an optimization reads; what it learns and judges is not read', () => {
    const optimized = `system s(fs = 1MHz, level = 1V, idle = 1, size = 2, rate = 1) {
  clock clk = fs
  input u : V
  x = integrator(u)
  y = integrator(u)
  z = integrator(u)
  w = integrator(u)
  output x
}
bench s {
  u = 1V
  run 10 ticks
  record x
}
optimize learned of s {
  u = level
  learn idle(max: size)
  learn z.gain
  objective mean(2*y)
  minimize w
  method adam(rate: rate)
  judge w of s
}
`;
    const found = messages(compileNetlist(loadText(optimized, 's.loom'), { bench: 's' }).warnings);
    expect([...found].sort()).toEqual(["block 'w' is never used", "block 'z' is never used", "param 'idle' is never used"]);
  });

  it('are those that only benches of other systems read', () => {
    const elsewhere = `${text.replace(/bench other of s [^]*/, '')}system t {\n  clock clk = 1MHz\n  osr = counter()\n  output osr\n}
bench t {\n  run 10 ticks\n  measure top = max(osr)\n}\n`;
    const found = messages(compileNetlist(loadText(elsewhere, 't.loom'), { bench: 's' }).warnings);
    expect(found).toContain("param 'osr' is never used");
    expect(found).toContain("block 'y' is never used");
  });
});
