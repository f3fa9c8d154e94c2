import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { main, makeWorkFolder, runCli, tiny } from './run-cli.js';

const cwd = makeWorkFolder({ 'tiny.loom': tiny, 'bad.loom': tiny.replace('u - x', 'u - y') });
const verbs = ['check', 'run', 'show', 'blocks', 'convert', 'fmt', 'export', 'doctor'];

describe('help', () => {
  it('lists the verbs and the exit codes', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const verb of verbs) expect(stdout).toMatch(new RegExp(`^  ${verb} `, 'm'));
    expect(stdout.match(/^ {2}\d+ /gm)?.map(Number)).toEqual([0, 1, 2, 3, 4, 5, 70, 130]);
  });

  it.each(verbs)('of %s has examples', async (verb) => {
    const { code, stdout, stderr } = await runCli([verb, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: deltaloom ${verb} `));
    expect(stdout).toContain(`\nExamples:\n  deltaloom ${verb}`);
  });

  it('of sweep says when --runs is needed and how many shards a script has', async () => {
    const words = (await runCli(['sweep', '--help'])).stdout.replace(/\s+/g, ' ');
    expect(words).toContain('samples, which drawn axes need');
    expect(words).toContain('shards of the script (default: 16, or the points where they are fewer)');
  });

  it('is what a command line without a verb gets, as a mistake', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: deltaloom');
  });
});

it('prints its version', async () => {
  expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
});

describe('a wrong command line', () => {
  it.each([
    [['rnu', 'tiny.loom'], "error: unknown command 'rnu'\n(Did you mean run?)\n(deltaloom --help lists the verbs)\n"],
    [
      ['run', 'tiny.loom', '--bensh', 'a'],
      "error: unknown option '--bensh'\n(Did you mean --bench?)\n(deltaloom run --help has examples)\n",
    ],
    [['run'], "error: missing required argument 'file'\n(deltaloom run --help has examples)\n"],
    [['run', 'tiny.loom', 'more'], expect.stringMatching(/^error: too many arguments for 'run'/)],
    [
      ['run', 'tiny.loom', '--set', 'k'],
      "error: option '--set <name=value>' argument 'k' is invalid. It has to be name=value.\n(deltaloom run --help has examples)\n",
    ],
    [['run', 'tiny.loom', '--set', 'k=1', '--set', 'k=2'], expect.stringContaining("'k' is given twice.")],
    [['run', 'tiny.loom', '--ticks', '1.5'], expect.stringContaining('It has to be a whole number from 1 to 1099511627776.')],
    [['run', 'tiny.loom', '--seed', '-1'], expect.stringContaining('It has to be a whole number from 0 to 9007199254740991.')],
    [['run', 'tiny.loom', '--backend', 'gpu'], expect.stringContaining('Allowed choices are js, wasm, native, interpret.')],
    [['run', 'tiny.loom', '--wave', 'w.txt'], expect.stringContaining('It has to end in .csv, .npz or .wav.')],
    [['run', 'tiny.loom', '--in', 'u=tiny.loom'], expect.stringContaining('The file has to end in .wav or .csv.')],
    [
      ['run', 'tiny.loom', '--bench', 'tiny', '--system', 'tiny'],
      expect.stringContaining("option '--system <name>' cannot be used with option '--bench <name>'"),
    ],
    [['show', 'tiny.loom', 'pln'], expect.stringContaining('Allowed choices are plan, diagram, graph, ir, js.')],
    [['convert', 'tiny.loom'], expect.stringContaining("required option '--to <language>' not specified")],
    [['fmt', 'tiny.loom', 'bad.loom'], 'error: several files need --check or --write\n'],
    [['blocks', 'integartor'], "error: there is no block 'integartor' (did you mean 'integrator'?)\n"],
  ])('%j exits 2', async (args, stderr) => {
    expect(await runCli(args, { cwd })).toEqual({ code: 2, stdout: '', stderr });
  });
});

describe('streams', () => {
  it('have colours on terminals, or when they are forced', async () => {
    const escape = '\u001b[';
    const plain = await runCli(['run', 'bad.loom'], { cwd });
    expect(plain.stderr).not.toContain(escape);
    const forced = await runCli(['run', 'bad.loom'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(forced.stderr).toContain(`${escape}31merror[DL201]${escape}39m`);
    expect((await runCli(['run', 'tiny.loom'], { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain(`${escape}32mpass${escape}39m`);
    expect((await runCli(['run', 'bad.loom'], { cwd, env: { FORCE_COLOR: '0' } })).stderr).not.toContain(escape);
  });

  it('may be closed by their reader', async () => {
    expect(await runCli(['blocks', '--json'], { closeStdout: true })).toMatchObject({ code: 0, stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full'))('may lie on a disk that is full', () => {
    const full = openSync('/dev/full', 'w');
    const run = (stdout: 'pipe' | number, stderr: 'pipe' | number) =>
      spawnSync(process.execPath, [main, 'run', 'tiny.loom', '--wave', 'w.csv'], {
        cwd,
        stdio: ['ignore', stdout, stderr],
        encoding: 'utf8',
      });
    const results = run(full, 'pipe');
    expect(results.status).toBe(3);
    expect(results.stderr).toContain('error[DL604] cannot write to stdout: the disk is full\n  why:  the results are not complete\n');
    expect(run('pipe', full)).toMatchObject({ status: 0, stdout: expect.stringContaining('pass') });
    expect(run(full, full).status).toBe(3);
    closeSync(full);
  });

  it.skipIf(!existsSync('/proc/self'))('may be asked into a folder that takes none', () => {
    const { status, stderr } = spawnSync(process.execPath, [main, 'run', 'tiny.loom', '--out', '/proc/none/out'], {
      cwd,
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(stderr).toMatch(/^error\[DL604\] cannot (make folder|write) '\/proc\/none\/out': /);
    expect(status).toBe(3);
  });
});

describe('failures', () => {
  it('of a backend exit 5', async () => {
    const env = { NODE_OPTIONS: '--disallow-code-generation-from-strings' };
    const { code, stdout, stderr } = await runCli(['run', 'tiny.loom', '--backend', 'js', '--json'], { cwd, env });
    expect(code).toBe(5);
    expect(stderr).toBe(
      'error[DL801] the js backend is not available: this place forbids code made at run time\n  help: use the backend wasm or interpret\n',
    );
    expect(JSON.parse(stdout)).toMatchObject({ status: 'refused', exitCode: 5, diagnostics: [{ code: 'DL801' }] });
    expect((await runCli(['run', 'tiny.loom'], { cwd, env })).stdout).toContain(', wasm, seed 0');
  });

  it('of this program exit 70 with one line, and a stack for those who ask', async () => {
    const fault = "data:text/javascript,performance.now=()=>{throw(new(Error)('no%20clock'))}";
    const env = { NODE_OPTIONS: `--import ${fault}` };
    const line =
      'internal error: no clock (this is a fault of deltaloom: please report it with the netlist; DELTALOOM_DEBUG=1 shows where)\n';
    expect(await runCli(['run', 'tiny.loom'], { cwd, env })).toEqual({ code: 70, stdout: '', stderr: line });
    const json = await runCli(['run', 'tiny.loom', '--json'], { cwd, env });
    expect(JSON.parse(json.stdout)).toEqual({ status: 'failed', exitCode: 70, message: 'internal error: no clock' });
    const { stderr } = await runCli(['run', 'tiny.loom'], { cwd, env: { ...env, DELTALOOM_DEBUG: '1' } });
    expect(stderr).toMatch(/^internal error: no clock .*\nError: no clock\n +at /);
  });
});
