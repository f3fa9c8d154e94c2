// The verb gradcheck on the built command line.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkFolder, netlists, runCli } from './run-cli.js';

const smooth = `system pair(a = 0.9, b = 0.3) {
  clock clk = 1MHz
  x1 = integrator(sin(x2) + b, gain: a, leak: 0.8) @ clk
  x2 = integrator(exp(-x1*x1) - x2, gain: 0.5)
  output x2
}

bench pair {
  run 40 ticks of clk
  record x2
  measure rms(x2)
}
`;
const cwd = makeWorkFolder({
  'pair.loom': smooth,
  'driven.loom': `system s(a = 0.5) {
  clock clk = 1MHz
  input u : V
  y = integrator(u, gain: a) @ clk
  output y
}
bench s {
  u = sine(freq: 10kHz, amplitude: 1V)
  run 20 ticks of clk
  record u, y
}
`,
  'late.loom': `system s(a = 0.5) {
  clock clk = 1MHz
  clock done = clk/8 offset 7us
  input u : V
  y = integrator(u, gain: a, leak: 0.9) @ clk
  z = register(y) @ done
  output y, z
}
bench s {
  u = sine(freq: 10kHz, amplitude: 1V)
  run 2 ticks of done
  record y @ clk
  record z
}
`,
  'grows.loom': smooth.replace('sin(x2)', 'exp(exp(x1*x1))'),
});
const gradcheck = (...args: string[]): ReturnType<typeof runCli> => runCli(['gradcheck', ...args], { cwd });

interface Document {
  readonly record: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly reverse?: number;
    readonly forward?: number;
    readonly difference: number;
    readonly verdict: string;
  }[];
}

describe('gradcheck', () => {
  it('takes an output, not the input that is recorded before it', async () => {
    const { stdout } = await gradcheck('driven.loom', '--json');
    expect((JSON.parse(stdout) as Document).record).toBe('y');
  });

  it('takes all rows of a record where the clock of the run has an offset', async () => {
    const { code, stdout } = await gradcheck('late.loom', '--json');
    expect(code).toBe(0);
    for (const { reverse, difference } of (JSON.parse(stdout) as Document).parameters)
      expect(Math.abs(reverse! / difference - 1)).toBeLessThan(1e-6);
  });

  it.each(['wasm', 'js', 'interpret'])('finds both modes and differences equal on %s', async (backend) => {
    const { code, stdout } = await gradcheck('pair.loom', '--json', '--backend', backend);
    expect(code).toBe(0);
    const { record, parameters } = JSON.parse(stdout) as Document;
    expect(record).toBe('x2');
    expect(parameters.map(({ name }) => name)).toEqual(['a', 'b', 'x1.leak', 'x2.gain', 'x2.leak']);
    for (const { reverse, forward, difference, verdict } of parameters) {
      expect(verdict).toBe('agrees');
      expect(Math.abs(reverse! / difference - 1)).toBeLessThan(1e-6);
      expect(Math.abs(reverse! / forward! - 1)).toBeLessThan(1e-12);
    }
  });

  it.each(['forward', 'reverse'] as const)('looks at the %s mode alone where it is asked to', async (mode) => {
    const { code, stdout } = await gradcheck('pair.loom', '--json', '--mode', mode);
    expect(code).toBe(0);
    for (const parameter of (JSON.parse(stdout) as Document).parameters) {
      expect(parameter.verdict).toBe('agrees');
      expect(Object.keys(parameter)).toEqual(['name', 'unit', 'value', mode, 'difference', 'distance', 'verdict']);
      expect(Math.abs(parameter[mode]! / parameter.difference - 1)).toBeLessThan(1e-6);
    }
  });

  it('says where a decision leaves nothing to compare with', async () => {
    const { code, stdout } = await gradcheck(join(netlists, 'mod2.loom'), '--of', 'x2', '--ticks', '500', '--by', 'x1.gain');
    expect(code).toBe(0);
    expect(stdout).toMatch(/x1\.gain .* jumps/);
  });

  it('says which signal left the finite numbers', async () => {
    const { code, stdout, stderr } = await gradcheck('grows.loom', '--by', 'a');
    expect(code).toBe(4);
    expect(stdout).toContain('not finite');
    expect(stderr).toMatch(/signal '.*' became Infinity at tick \d+/);
  });

  it('refuses names that are not there', async () => {
    expect((await gradcheck('pair.loom', '--by', 'x1.laek')).stderr).toContain("did you mean 'x1.leak'?");
    expect((await gradcheck('pair.loom', '--of', 'x3')).stderr).toContain("there is no real record 'x3'");
  });
});
