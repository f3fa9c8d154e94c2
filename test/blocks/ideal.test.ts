// Effects switched off: nothing of them is left in the Program, whatever the netlist says; what it says is checked all the same.

import { describe, expect, it } from 'vitest';
import { effects, type Effect } from '../../src/blocks/effects.js';
import type { Block, TunableParam } from '../../src/blocks/define.js';
import { families, findBlock } from '../../src/blocks/registry.js';
import type { NetlistError } from '../../src/index.js';
import { compileNetlist, loadText } from '../../src/index.js';
import { printProgram } from '../../src/ir/print.js';
import type { Program } from '../../src/ir/program.js';
import { specialize } from '../../src/ir/specialize.js';
import { noiseParams } from '../../src/ir/noise.js';
import { memoryHost } from '../../src/netlist/host.js';
import { keepLive } from '../../src/schedule/live.js';
import { writeWav } from '../../src/io/wav.js';
import { benchOf } from '../random/draw-lanes.js';

const host = memoryHost({ 'data/step.csv': 't,x\n0,0\n1,1\n', 'data/speech.wav': writeWav([new Float64Array(4)], 8000, 'float32') });

const systemOf = (line: string): string =>
  `system s {\n  clock clk = 1kHz phases [p1, p2]\n  input u\n  input b : bit\n  ${line}\n  z = register(y) @ clk.p2\n  output z\n}\n`;

const compile = (line: string, ideal: readonly Effect[]): Program =>
  compileNetlist(loadText(systemOf(line), 's.loom', host), { ideal, openInputs: true }).program;
/** What runs: parameters as constants, and only what a record needs. */
const running = (program: Program): string => printProgram(keepLive(specialize(program, new Map(), new Set(['u', 'b']))));

/** A value for each parameter of an effect that is not its ideal. */
const strong: Readonly<Record<string, string>> = {
  noise: '0.1',
  rms: '0.1',
  offset: '0.1',
  offset_sigma: '0.1',
  limit: '0.5',
  low: '-0.5',
  high: '0.5',
  opamp_gain: '10',
  temperature: '300',
  pelgrom: '1e-8',
  density: '1e-3',
};

interface Deviation {
  readonly block: Block;
  readonly name: string;
  readonly param: TunableParam & { readonly effect: Effect };
}
const deviations = families
  .flatMap(({ blocks }) => blocks)
  .flatMap((block) =>
    Object.entries(block.params).flatMap(([name, param]): Deviation[] =>
      param.kind === 'tunable' && param.effect !== undefined ? [{ block, name, param: { ...param, effect: param.effect } }] : [],
    ),
  );

/** The example of a block, its only line named y, with more arguments. */
const exampleWith = ({ example }: Block, args: string): string => example.replace(/^\w+ =/, 'y =').replace(/\)( @ [\w.]+)?$/, `${args})$1`);

describe('a parameter of an effect', () => {
  it('is declared for every effect', () => {
    expect(new Set(deviations.map(({ param }) => param.effect))).toEqual(new Set(effects));
  });

  const added = deviations.filter(({ param }) => param.default !== undefined);
  it.each(added.map((each) => [each.block.type, each.name, each] as const))(
    'of %s, %s: off, it leaves what there is without it',
    (_, name, { block, param }) => {
      // A mismatch takes two: the matching coefficient and the capacitance by area.
      const others = name === 'pelgrom' ? `, density: ${strong['density']}` : name === 'density' ? `, pelgrom: ${strong['pelgrom']}` : '';
      const plain = exampleWith(block, '');
      const given = exampleWith(block, `, ${name}: ${strong[name]}${others}`);
      const bare = running(compile(plain, []));
      expect(running(compile(given, [param.effect]))).toBe(bare);
      expect(running(compile(given, effects))).toBe(bare);
      expect(
        running(
          compile(
            given,
            effects.filter((effect) => effect !== param.effect),
          ),
        ),
      ).not.toBe(bare);
      // Where it is neither off nor given, it is no parameter at all.
      expect(compile(plain, []).params.map((each) => each.name)).not.toContain(`y.${name}`);
      expect(compile(given, []).params.map((each) => each.name)).toContain(`y.${name}`);
    },
  );

  it.each([
    ['noise', 'V'],
    ['jitter', 's'],
  ])('of %s: off, it leaves 0', (type, unit) => {
    const line = exampleWith(findBlock(type)!, '');
    expect(running(compile(line, effects))).toBe(running(compile(`y = dc(value: 0${unit})`, [])));
    expect(compile(line, []).params.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.values(noiseParams)));
    expect(compile(line, effects).params.filter(({ name }) => name.startsWith('noise'))).toEqual([]);
  });

  it('with its ideal value given leaves nothing when it runs', () => {
    const plain = 'y = sc_integrator(u, c_in: 10fF, c_fb: 100fF, sample: clk.p1, transfer: clk.p2)';
    const ideal = plain.replace('fF, s', 'fF, temperature: 0K, opamp_gain: inf, low: -inf, high: inf, s');
    expect(running(compile(ideal, []))).toBe(running(compile(plain, [])));
  });

  it('can be set from outside, and is off even so', () => {
    const line = 'y = comparator(u) @ clk.p1';
    const set = new Map([['y.noise', '1mV']]);
    const program = (ideal: readonly Effect[]): Program =>
      compileNetlist(loadText(systemOf(line)), { set, ideal, openInputs: true }).program;
    expect(program([]).params).toContainEqual({ name: 'y.noise', value: 1e-3, unit: 'V' });
    expect(running(program(['noise']))).toBe(running(compile(line, [])));
  });

  it.each([
    ['y = comparator(u, noise: -1) @ clk.p1', 'DL303'],
    ['y = sc_integrator(u, c_in: 1fF, c_fb: 1fF, temperature: 1V, sample: clk.p1, transfer: clk.p2)', 'DL301'],
    ['y = jitter() @ clk.p1', 'DL206'],
  ])('is checked though it is off: %s', (line, code) => {
    const problems = (): unknown => {
      try {
        return compile(line, effects);
      } catch (error) {
        return (error as NetlistError).diagnostics.map((diagnostic) => diagnostic.code);
      }
    };
    expect(problems()).toEqual([code]);
  });
});

describe('what is switched off', () => {
  it('is part of what was compiled, each once and in order', () => {
    const library = loadText(benchOf('  y = noise(rms: 1) @ clk.p1', 'y', 1));
    expect(compileNetlist(library).ideal).toEqual([]);
    expect(compileNetlist(library, { ideal: ['jitter', 'noise', 'noise'] }).ideal).toEqual(['noise', 'jitter']);
  });
});
