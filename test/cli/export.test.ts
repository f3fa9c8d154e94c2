// The verb `export`: which files it writes, of what, and what it refuses.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkFolder, runCli, tiny } from './run-cli.js';

const bare = 'system bare {\n  input u : V\n  y = 2*u\n  output y\n}\n';
const cwd = makeWorkFolder({ 'tiny.loom': tiny, 'bare.loom': bare });
const textOf = (name: string): string => readFileSync(join(cwd, name), 'utf8');

describe('deltaloom export c', () => {
  it('writes a system with its inputs, though it has a bench', async () => {
    expect(await runCli(['export', 'c', 'tiny.loom', '-o', 'a'], { cwd })).toEqual({
      code: 0,
      stdout: '',
      stderr: `wrote ${join('a', 'tiny.h')}, ${join('a', 'tiny.c')}\n`,
    });
    expect(textOf('a/tiny.h')).toContain('struct tiny_inputs {\n  double u; /* u, V */\n};\n');
    expect(textOf('a/tiny.h')).not.toContain('tiny_params');
    expect(readdirSync(join(cwd, 'a')).sort()).toEqual(['tiny.c', 'tiny.h']);
  });

  it('writes a bench, parameters as fields, and says so as one document', async () => {
    const args = ['export', 'c', 'tiny.loom', '--bench', 'tiny', '-o', 'b/dut.c', '--tune', 'k', '--set', 'k=0.25', '--json'];
    const { code, stdout } = await runCli(args, { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      system: 'tiny',
      bench: 'tiny',
      language: 'c',
      prefix: 'dut',
      files: [join('b', 'dut.h'), join('b', 'dut.c')],
    });
    expect(textOf('b/dut.h')).toContain('struct dut_params {\n  double k; /* k */\n};\n');
    expect(textOf('b/dut.h')).not.toContain('dut_inputs');
    expect(textOf('b/dut.c')).toContain('self->params.k = 0.25;');
  });

  it('takes a prefix', async () => {
    expect((await runCli(['export', 'c', 'tiny.loom', '-o', 'c', '--prefix', 'adc1'], { cwd })).code).toBe(0);
    expect(textOf('c/adc1.c')).toContain(
      'void adc1_step(struct adc1 *self, const struct adc1_inputs *inputs, struct adc1_outputs *outputs) {',
    );
  });

  it.each([
    [['tiny.loom', '--prefix', 'a b'], 2, 'It has to be a C identifier that is not reserved'],
    [['tiny.loom', '--prefix', 'int'], 2, 'It has to be a C identifier that is not reserved'],
    [['tiny.loom', '--bench', 'tiny', '--system', 'tiny'], 2, 'cannot be used with'],
    [['tiny.loom', '--bench', 'tyny'], 3, "did you mean 'tiny'?"],
    [['tiny.loom', '--tune', 'kk'], 3, "there is no parameter 'kk' to tune"],
    [['tiny.loom', '-o', '1.c'], 3, "cannot write '1.c'"],
    [['tiny.loom', '-o', 'tiny.loom/x'], 3, 'DL604'],
    [['bare.loom'], 3, "system 'bare' has no clock to run"],
    [['missing.loom'], 3, 'DL601'],
  ])('%j exits %i', async (args, code, text) => {
    const result = await runCli(['export', 'c', ...args], { cwd });
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
    expect(result.stderr).toContain(text);
    expect(existsSync(join(cwd, 'bare.c'))).toBe(false);
  });
});

describe('deltaloom export cells', () => {
  const text = 'system net {\n  clock clk = 1MHz\n  input u : V\n  enc = rcnet_encoder(u, weights: [[1, 0, 0, 0, -1]])\n  output enc\n}\n';
  const folder = makeWorkFolder({ 'net.loom': text, 'bare.loom': bare });

  it('writes either language, and its own output has nothing left to unfold', async () => {
    const { code, stdout, stderr } = await runCli(['export', 'cells', 'net.loom'], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('enc_v1  = clip(u - enc_qd1, low: -0.4V, high: 0.4V)\n');
    expect(await runCli(['export', 'cells', 'net.loom', '--instance', 'enc', '-o', 'cells.yaml'], { cwd: folder })).toMatchObject({
      code: 0,
      stdout: '',
    });
    expect(await runCli(['check', 'cells.yaml'], { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
    expect((await runCli(['export', 'cells', 'cells.yaml'], { cwd: folder })).stderr).toContain('DL908');
  });

  it.each([
    [['net.loom', '--instance', 'inc'], 3, "did you mean 'enc'?"],
    [['bare.loom'], 3, 'has no encoder to unfold'],
    [['missing.loom'], 3, 'DL601'],
    [[], 2, '(deltaloom export cells --help has examples)'],
  ])('%j exits %i', async (args, code, message) => {
    const result = await runCli(['export', 'cells', ...args], { cwd: folder });
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
    expect(result.stderr).toContain(message);
  });
});
