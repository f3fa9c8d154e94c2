import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkFolder, netlists, runCli, tiny } from './run-cli.js';

const cwd = makeWorkFolder({
  'good.loom': tiny,
  'bad.loom': tiny.replace('gain: k', 'gian: k').replace('max(x)', 'mux(x)'),
  'warned.loom': tiny.replace('  output x', '  idle = gain(u, gain: 2)\n\n  output x'),
  'part.loom': 'system part(gain) {\n  input u : V\n  y = register(u)\n  z = gain(y, gain: gain)\n  output z\n}\n',
  'write.loom': tiny.replace('  check', '  write x to "../x.wav"\n  write u to "u.mp3"\n  write u to "u.wav" (rate: 0Hz)\n  check'),
});

describe('deltaloom check', () => {
  it('finds nothing in the netlists of the repository', async () => {
    const files = ['adm.loom', 'mod2.loom', 'two-clocks.loom', 'adm.yaml'];
    const { code, stdout, stderr } = await runCli(['check', ...files], { cwd: netlists });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: files.map((file) => `${file}: ok\n`).join(''), stderr: '' });
  });

  it('reports every problem with its place, and the verdict of each file', async () => {
    const { code, stdout, stderr } = await runCli(['check', 'good.loom', 'bad.loom'], { cwd });
    expect(code).toBe(3);
    expect(stdout).toBe('good.loom: ok\nbad.loom: 1 error\n');
    expect(stderr).toBe(`bad.loom:5:25 error[DL204] integrator has no 'gian'
  5 |   x = integrator(u - x, gian: k)
    |                         ^^^^
  why:  inputs, parameters and events of integrator: in, gain, leak, limit, saturation_gradient, opamp_gain, noise, initial
  help: did you mean 'gain'?
`);
  });

  it('shows warnings and lets them pass', async () => {
    const { code, stdout, stderr } = await runCli(['check', 'warned.loom'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe('warned.loom: 1 warning\n');
    expect(stderr).toMatch(/^warned\.loom:7:3 warning\[DL208\] .*'idle'/);
  });

  it('prints one JSON document', async () => {
    const { code, stdout } = await runCli(['check', 'good.loom', 'bad.loom', '--json'], { cwd });
    expect(code).toBe(3);
    const { files } = JSON.parse(stdout) as { files: { file: string; diagnostics: Record<string, unknown>[] }[] };
    expect(files[0]).toEqual({ file: 'good.loom', diagnostics: [], optimizations: [] });
    expect(files[1]!.diagnostics[0]).toEqual({
      code: 'DL204',
      severity: 'error',
      file: 'bad.loom',
      line: 5,
      column: 25,
      message: "integrator has no 'gian'",
      why: 'inputs, parameters and events of integrator: in, gain, leak, limit, saturation_gradient, opamp_gain, noise, initial',
      help: "did you mean 'gain'?",
      related: [],
    });
  });

  it('does not miss what the user of a part gives it', async () => {
    const { code, stdout } = await runCli(['check', 'part.loom'], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'part.loom: ok\n' });
  });

  it('holds files of `write` statements to plain names, known formats and sane options', async () => {
    const { code, stderr } = await runCli(['check', 'write.loom'], { cwd });
    expect(code).toBe(3);
    expect(stderr.match(/error\[DL\d+\].*/g)).toEqual([
      "error[DL604] cannot write '../x.wav': it is a path",
      "error[DL604] cannot write 'u.mp3': its format is unknown",
      "error[DL303] 'rate' has to be positive",
    ]);
  });

  it('says why a file cannot be read', async () => {
    mkdirSync(join(cwd, 'folder'));
    const { code, stderr } = await runCli(['check', 'goood.loom', 'folder'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toBe(`error[DL601] cannot read 'goood.loom': the working folder has no 'goood.loom'
  why:  the file or a folder on its path does not exist
  help: did you mean 'good.loom'?
error[DL601] cannot read 'folder': it is a folder
  why:  file cannot be read
`);
  });
});
