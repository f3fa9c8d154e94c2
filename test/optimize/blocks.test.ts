// Gradients of every block, of its own example between generic sources and with all its effects: both modes, differences of the run
// itself and the page's word on what has a gradient agree; and every backend gives the same bits.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BatchBackendName } from '../../src/backends/compile-batch.js';
import type { Block } from '../../src/blocks/define.js';
import { families } from '../../src/blocks/registry.js';
import { fileHost, memoryHost } from '../../src/index.node.js';
import { noiseValues } from '../../src/ir/noise.js';
import type { Program } from '../../src/ir/program.js';
import { checkGradient, differentiableParams } from '../../src/optimize/check-gradient.js';
import { gradientSupportOf } from '../../src/optimize/gradient-support.js';
import { laneGradients } from '../../src/optimize/lane-gradients.js';
import { hasCompiler } from '../backends/compiler.js';
import { compileText } from '../properties/run-netlist.js';

const recording = fileHost.readBytes(join(import.meta.dirname, '..', '..', 'netlists', 'data', 'speech.wav'));
const host = memoryHost({ 'data/speech.wav': recording, 'data/step.csv': 't,a\n0,0\n1e-3,1\n2e-3,1\n' });
const blocks = families.flatMap((family) => family.blocks);
const ticks = 60;
const seed = 3;

const nameOf = ({ example }: Block): string => /^(\w+) = /.exec(example)![1]!;

/** Values of parameters of effects at which they are at work, by unit. */
const effectValues: Readonly<Record<string, string>> = {
  '': '0.01',
  '*': '0.01V',
  V: '0.01V',
  s: '1ns',
  K: '300K',
  m: '0.02um',
  'F/m^2': '2fF/(1um*1um)',
};

/** The example with all effects stated. */
function withEffects({ example, params }: Block): string {
  const stated = Object.entries(params).flatMap(([name, param]) => {
    if (param.kind !== 'tunable' || param.effect === undefined || example.includes(`${name}:`)) return [];
    const unit = param.unit === '' ? '' : 'V';
    return [
      `, ${name}: ${Math.abs(param.default!) === Infinity ? `${Math.sign(param.default!) * 300}${unit}` : effectValues[param.unit]!}`,
    ];
  });
  return example.replace(/\)( @ .*)?$/, `${stated.join('')})$1`);
}

/** A bench of examples, each with an instance and a record of its own. */
function benchOf(some: readonly Block[]): { readonly program: Program; readonly parameters: readonly string[] } {
  const lines = some.flatMap((block, i) => {
    const name = nameOf(block);
    const isBit = Object.values(block.outputs)[0]!.type === 'bit';
    return [withEffects(block).replace(name, `${name}${i}`), `out${i} = ${isBit ? `${name}${i} ? u : 2*u` : `1*${name}${i}`}`];
  });
  const outputs = some.map((_, i) => `out${i}`).join(', ');
  const text = `system s {
  clock clk = 1MHz phases [p1, p2]
  input u : V
  input b : bit
  ${lines.join('\n  ')}
  output ${outputs}
}
bench s {
  u = sine(freq: 31kHz, amplitude: 0.3V, offset: 0.05V, phase: 0.7)
  b = u > 0.123V
  run ${ticks} ticks of clk
  record ${outputs}
}
`;
  const { program, graph } = compileText(text, { host });
  const structural = new Set(graph.params.filter((param) => param.structural).map((param) => param.name));
  const parameters = differentiableParams(program).flatMap((param) => (structural.has(param.name) ? [] : [param.name]));
  return { program, parameters };
}

test.each(blocks)('$type has the gradient of differences in both modes, and only where the page says so', async (block) => {
  const { program, parameters } = benchOf([block]);
  const results = await checkGradient(program, { clock: 0, ticks, record: program.records[0]!.name, parameters, seed });
  expect(results.filter(({ verdict }) => verdict !== 'agrees').map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([]);
  const { by, jumps } = gradientSupportOf(block);
  const prefix = `${nameOf(block)}0.`;
  for (const { name, reverse, forward, distance } of results) {
    expect(distance).toBeLessThan(1e-6);
    expect(Math.abs(reverse! - forward!)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(reverse!), Math.abs(forward!), 1e-6));
    const own = name.startsWith(prefix) ? name.slice(prefix.length).replace(/\[.*/, '') : undefined;
    if (own !== undefined && jumps.includes(own) && !by.includes(own)) expect(reverse).toBe(0);
  }
  const isBySignals = /\bu\b/.test(block.example.slice(1)) && by.some((name) => name in block.inputs);
  if (by.length > 0 && (isBySignals || results.some(({ name }) => name.startsWith(prefix)))) {
    expect(results.some(({ reverse }) => reverse !== 0)).toBe(true);
  }
});

test('all blocks together have gradients of the same bits on every backend', async () => {
  const { program, parameters } = benchOf(blocks);
  const noise = noiseValues(seed);
  const params = Float64Array.from(program.params, ({ name, value }) => noise.get(name) ?? value);
  const objectives = program.records.map(({ name }) => name);
  const gradientOn = async (backend: BatchBackendName, hyperperiods: number): Promise<number[]> => {
    const gradients = await laneGradients(program, { learned: parameters, objectives, clock: 0, ticks, backend, hyperperiods });
    const result = await gradients.run(1, params, (rows) => rows.map(([column]) => [column!.map((value) => 2 * value)]));
    return result.map(([value]) => value!);
  };
  const reference = await gradientOn('interpret', 100);
  expect(reference.filter((value) => value !== 0).length).toBeGreaterThan(50);
  const backends: readonly BatchBackendName[] = ['interpret', 'js', 'wasm', ...(hasCompiler ? (['native'] as const) : [])];
  for (const backend of backends) expect(await gradientOn(backend, 17)).toEqual(reference);
});
