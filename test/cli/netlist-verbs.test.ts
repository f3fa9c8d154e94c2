import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockTypes } from '../../src/blocks/registry.js';
import { makeWorkFolder, netlists, runCli, tiny } from './run-cli.js';

const ragged = tiny.replace('  x = integrator(u - x, gain: k)', 'x=integrator(u-x,gain:k)   // the loop');
const cwd = makeWorkFolder({ 'tiny.loom': tiny, 'ragged.loom': ragged, 'bad.loom': tiny.replace('}', '') });
const textOf = (name: string): string => readFileSync(join(cwd, name), 'utf8');

describe('deltaloom show', () => {
  it('tells the plan', async () => {
    expect(await runCli(['show', 'tiny.loom'], { cwd })).toEqual({
      code: 0,
      stderr: '',
      stdout: `system tiny, bench tiny

clocks
  clk  1 kHz  period 1 ms

grid of time: 1/1000 s = 1 ms
events: a table of 1 that repeats every 1 grid ticks = 1 ms
  at 0  clk

event clk
  evaluates u, x.in
  acts      x
  records   u, x

states: 1
  x.x  real  from 0
`,
    });
  });

  it('tells the plan of phases and of clocks without a short common period', async () => {
    const adm = (await runCli(['show', 'adm.loom'], { cwd: netlists })).stdout;
    expect(adm).toContain('clk  167 kHz  period 5.988 µs  phases p1 at 0, p2 at 1/2\n');
    expect(adm).toContain('  at 0  clk.p1\n  at 1  clk.p2\n');
    expect(adm).toMatch(/event clk\.p1\n.*\n {2}acts +held, enc\.vapp \(sample\), dec\.vapp \(sample\)\n/);
    const two = (await runCli(['show', 'two-clocks.loom'], { cwd: netlists })).stdout;
    expect(two).toContain('grid of time: 1/73647000 s = 13.58 ns\n');
  });

  it('draws the diagram', async () => {
    const { code, stderr } = await runCli(['show', 'tiny.loom', 'diagram', '-o', 'tiny.svg'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(textOf('tiny.svg')).toMatch(/^<svg [^]*Block diagram of 4 blocks and 4 connections[^]*<\/svg>\n$/);
    expect((await runCli(['show', 'tiny.loom', 'diagram'], { cwd })).stdout).toBe(textOf('tiny.svg'));
  });

  it('prints graph, program and code', async () => {
    expect((await runCli(['show', 'tiny.loom', 'graph'], { cwd })).stdout).toBe(`x         =  integrator(in: x.in, gain: k)    @ clk
u         =  sine(freq: 10Hz, amplitude: 1V)
x.in      =  u - x of u, x
output x  =  x
`);
    expect((await runCli(['show', 'tiny.loom', 'ir', '--set', 'k=0.25'], { cwd })).stdout).toContain('param k = 0.25\n');
    expect((await runCli(['show', 'tiny.loom', 'js'], { cwd })).stdout).toContain('return function run(');
  });

  it('shows a system without its bench', async () => {
    writeFileSync(join(cwd, 'alone.loom'), tiny.replace(/bench[\s\S]*/, ''));
    const { code, stdout } = await runCli(['show', 'alone.loom', 'graph', '--system', 'tiny'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('u         =  open input\n');
    expect((await runCli(['show', 'alone.loom', 'diagram'], { cwd })).stdout).toContain('>u = u</title>');
  });
});

describe('deltaloom blocks', () => {
  it('lists every block', async () => {
    const { code, stdout } = await runCli(['blocks']);
    expect(code).toBe(0);
    expect(stdout.match(/^ {2}\S+/gm)?.map((name) => name.trim())).toEqual(blockTypes);
  });

  it('explains one', async () => {
    const { stdout } = await runCli(['blocks', 'integrator']);
    expect(stdout).toMatch(/^integrator {2}Delaying discrete-time integrator/);
    for (const section of ['equation', 'inputs', 'outputs', 'parameters', 'clock', 'example']) expect(stdout).toContain(`\n${section}\n`);
    expect(stdout).toMatch(/^ {2}limit +\S+ +default inf/m);
  });

  it('prints one JSON document', async () => {
    const { blocks } = JSON.parse((await runCli(['blocks', '--json'])).stdout) as { blocks: { type: string }[] };
    expect(blocks.map(({ type }) => type)).toEqual(blockTypes);
    const one = JSON.parse((await runCli(['blocks', 'sc_integrator', '--json'])).stdout) as { blocks: unknown[] };
    expect(one.blocks).toMatchObject([
      {
        type: 'sc_integrator',
        clocked: true,
        events: ['sample', 'transfer'],
        params: [
          { name: 'c_fb', unit: 'F', default: null, effect: null },
          { name: 'low', default: '-inf', effect: 'saturation' },
          { name: 'high' },
          { name: 'saturation_gradient' },
          { name: 'temperature', effect: 'noise' },
          { name: 'opamp_gain' },
          { name: 'initial', effect: null },
        ],
      },
    ]);
  });
});

describe('deltaloom convert', () => {
  it('goes to YAML and back', async () => {
    expect(await runCli(['convert', 'tiny.loom', '--to', 'yaml', '-o', 'tiny.yaml'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(textOf('tiny.yaml')).toContain('x: {type: integrator, in: u - x, gain: k}');
    expect(await runCli(['convert', 'tiny.yaml', '--to', 'loom'], { cwd })).toEqual({ code: 0, stdout: tiny, stderr: '' });
    expect((await runCli(['run', 'tiny.yaml'], { cwd })).stdout).toBe((await runCli(['run', 'tiny.loom'], { cwd })).stdout);
  });
});

describe('deltaloom fmt', () => {
  it('prints, checks and writes', async () => {
    const formatted = tiny.replace('gain: k)', 'gain: k)  // the loop');
    expect(await runCli(['fmt', 'ragged.loom'], { cwd })).toEqual({ code: 0, stdout: formatted, stderr: '' });
    expect(await runCli(['fmt', 'tiny.loom', 'ragged.loom', '--check'], { cwd })).toEqual({ code: 1, stdout: 'ragged.loom\n', stderr: '' });
    expect(textOf('ragged.loom')).toBe(ragged);
    expect(await runCli(['fmt', 'tiny.loom', 'ragged.loom', '--write'], { cwd })).toEqual({
      code: 0,
      stdout: '',
      stderr: 'formatted ragged.loom\n',
    });
    expect(textOf('ragged.loom')).toBe(formatted);
    expect(await runCli(['fmt', 'tiny.loom', 'ragged.loom', '--check'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('writes nothing when one file is wrong', async () => {
    writeFileSync(join(cwd, 'other.loom'), ragged);
    const { code, stderr } = await runCli(['fmt', 'other.loom', 'bad.loom', '--write'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^bad\.loom:\d+:\d+ error\[DL1\d\d\]/);
    expect(textOf('other.loom')).toBe(ragged);
  });
});

describe('deltaloom doctor', () => {
  it('says what there is', async () => {
    const { code, stdout } = await runCli(['doctor']);
    expect(code).toBe(0);
    expect(stdout).toContain(`node             ${process.versions.node}\n`);
    expect(stdout).toMatch(
      /^backends {9}js \(available, default\), wasm \(available\), native \((not )?available\), interpret \(available\), gpu \(available, for sweeps\)$/m,
    );
    expect(stdout).toMatch(/^gpu\.js {11}runs on (webgpu|headlessgl|webasm|cpu) \(.+\)$/m);
    const none = await runCli(['doctor', '--json'], { env: { CC: 'no-such-compiler' } });
    expect(JSON.parse(none.stdout)).toMatchObject({ compiler: null, gpu: { isInstalled: true }, backends: { native: false } });
    const env = { NODE_OPTIONS: '--disallow-code-generation-from-strings' };
    expect(JSON.parse((await runCli(['doctor', '--json'], { env })).stdout)).toMatchObject({
      node: process.versions.node,
      codeGeneration: false,
      backends: { js: false, wasm: true, interpret: true, gpu: expect.any(Boolean) as boolean },
      defaultBackend: 'wasm',
    });
  });

  it('says what tfjs runs on, and why on nothing better', async () => {
    const { stdout, stderr } = await runCli(['doctor']);
    expect(stdout).toMatch(/^tfjs {13}4\.22\.\d+ on (wasm|cpu) \(tfjs-node: not installed.*\)$/m);
    expect(stderr).toBe('');
  });
});
