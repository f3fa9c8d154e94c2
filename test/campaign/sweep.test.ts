// The verb sweep as users see it: results, the same bytes however it is run, and what it refuses.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasCompiler } from '../backends/compiler.js';
import { makeWorkFolder, runCli } from '../cli/run-cli.js';
import { filesOf, sweep, sweepArgs, swept } from './sweep-cli.js';

const cwd = makeWorkFolder({ 'loop.loom': swept });
const once = sweep(cwd, ['--out', 'once', '--threads', '1', '--json']);
const points = 180;

/** By column; numbers but for the status. */
type Row = Readonly<Record<string, number>>;
const states = ['done', 'unmeasured', 'diverged', 'out of range'];

function rowsOf(folder: string): Row[] {
  const [header, ...lines] = readFileSync(join(cwd, folder, 'results.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  const names = header!.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, names[i] === 'status' ? states.indexOf(cell) : Number(cell)])),
  );
}

async function expectSameBytes(name: string, args: readonly string[]): Promise<void> {
  await once;
  await sweep(cwd, [...args, '--out', name]);
  expect(filesOf(join(cwd, name))).toEqual(filesOf(join(cwd, 'once')));
}

describe('sweep', () => {
  it('writes a row a point, with NaN and a status where the run diverged', async () => {
    const { code, stdout } = await once;
    expect(code).toBe(1);
    const document = JSON.parse(stdout) as { points: number; states: Record<string, number>; status: string };
    expect(document).toMatchObject({ status: 'done', points, backend: 'wasm', precision: 'f64', seed: 7, threads: 1, ran: points });
    const rows = rowsOf('once');
    expect(rows.map((row) => row['point'])).toEqual(Array.from({ length: points }, (_, i) => i));
    const diverged = rows.filter((row) => row['k']! > 2.4);
    expect(diverged).toHaveLength(60);
    expect(new Set(diverged.map((row) => row['status']))).toEqual(new Set([2]));
    expect(diverged.every((row) => Number.isNaN(row['top (V)']))).toBe(true);
    expect(document.states).toEqual({ done: 120, unmeasured: 0, diverged: 60, 'out of range': 0 });
    expect(new Set(rows.map((row) => row['k'])).size).toBe(9);
    expect(new Set(rows.map((row) => row['u.amplitude (V)'])).size).toBe(20);
  });

  const ways: (readonly [string, readonly string[]])[] = [
    ['two threads', ['--threads', '2']],
    ['five threads and tiles of 7', ['--threads', '5', '--tile', '7']],
    ['one tile for all', ['--threads', '2', '--tile', '1000']],
    ['js', ['--backend', 'js', '--tile', '33']],
    ['the interpreter', ['--backend', 'interpret']],
  ];
  const native: typeof ways = [['native', ['--backend', 'native']]];
  describe.skipIf(!hasCompiler)('where there is a C compiler', () => {
    it.each(native)('gives the same bytes with %s', expectSameBytes);
  });
  it.each(ways)('gives the same bytes with %s', expectSameBytes);

  it.each([
    ['wasm', ['--backend', 'wasm'], 'f32 on wasm'],
    ['gpu.js', ['--backend', 'gpu', '--tile', '180'], /f32 on gpu \((webgpu|webgl2|webasm|cpu)\)/],
  ] as const)('gives nearly the same in single precision on %s, and says what ran', async (name, args, what) => {
    await once;
    const steady = sweepArgs.map((arg) => (arg.startsWith('k=') ? 'k=lin(0.1, 0.9, 9)' : arg));
    await runCli([...steady, '--out', `${name} doubles`, '--threads', '1'], { cwd });
    const { stdout } = await runCli([...steady, '--out', name, '--threads', '1', '--precision', 'f32', ...args], { cwd });
    expect(stdout).toMatch(what);
    const [doubles, floats] = [rowsOf(`${name} doubles`), rowsOf(name)];
    for (const measure of ['top (V)', 'swing (V)', 'level (V)'])
      floats.forEach((row, i) => expect(Math.abs(row[measure]! / doubles[i]![measure]! - 1)).toBeLessThan(1e-4));
    expect(floats.some((row, i) => row['level (V)'] !== doubles[i]!['level (V)'])).toBe(true);
    const other = await runCli([...steady, '--out', name], { cwd });
    expect(other.stderr).toContain('--precision');
  });

  it('refuses what a kernel of gpu.js cannot carry before anything is written', async () => {
    const noisy = makeWorkFolder({
      'noisy.loom': swept
        .replace('  output x, y', '  e = noise(rms: 1mV) @ clk\n  z = x + e\n  output z, y')
        .replace('max(x)', 'max(z)')
        .replace('record u, x', 'record u, x, z'),
    });
    const { code, stderr } = await runCli(
      ['sweep', 'noisy.loom', '--runs', '3', '--backend', 'gpu', '--precision', 'f32', '--out', 'out'],
      { cwd: noisy },
    );
    expect(code).toBe(5);
    expect(stderr).toContain("the gpu backend cannot run 'uniform'");
    expect(existsSync(join(noisy, 'out'))).toBe(false);
  });

  it('gives other numbers for another seed', async () => {
    await once;
    await runCli([...sweepArgs.slice(0, -1), '8', '--out', 'other'], { cwd });
    expect(rowsOf('other')[0]!['u.amplitude (V)']).not.toBe(rowsOf('once')[0]!['u.amplitude (V)']);
  });

  it('runs one point again, bit for bit, and says why it failed', async () => {
    await once;
    const rows = rowsOf('once');
    const { code, stdout } = await sweep(cwd, ['--lane', '57', '--json', '--backend', 'js', '--wave', 'lane.csv']);
    const passes = Object.keys(rows[57]!).filter((name) => /[<>]/.test(name));
    expect(passes).toHaveLength(2);
    expect(code).toBe(passes.every((name) => rows[57]![name] === 1) ? 0 : 1);
    const { measures, parameters } = JSON.parse(stdout) as Record<string, Record<string, { value: number; unit: string }>>;
    expect(parameters!['u.amplitude']).toEqual({ value: rows[57]!['u.amplitude (V)'], unit: 'V' });
    expect(measures!['top']!.value).toBe(rows[57]!['top (V)']);
    expect(measures!['level']!.value).toBe(rows[57]!['level (V)']);
    expect(readFileSync(join(cwd, 'lane.csv'), 'utf8')).toMatch(/^t,u,x,y\n/);
    const diverged = await sweep(cwd, ['--lane', '179']);
    expect(diverged.code).toBe(4);
    expect(diverged.stdout).toMatch(/^measures\n {2}top +-\n {2}swing +-\n {2}level +-\nchecks\n {2}fail {2}top < top_limit\*1V\n/m);
    expect(diverged.stderr).toMatch(/^error\[DL701\] signal 'x(\.x)?' became (NaN|-?Infinity) at tick.*\n {2}why: .*\n {2}help: .*--wave/m);
    const beyond = await sweep(cwd, ['--lane', '180']);
    expect(beyond.code).toBe(3);
    expect(beyond.stderr).toMatch(
      /there is no point 180\n {2}why: {2}the sweep has 180 points, numbered from 0\n {2}help: take --lane from 0 to 179\n/,
    );
  });

  it('writes the frequency that ran where the bench moves it to a coherent one', async () => {
    const args = ['sweep', 'loop.loom', '--vary', 'u.freq=[100Hz, 130Hz]', '--ticks', '512'];
    await runCli([...args, '--out', 'moved'], { cwd });
    const written = rowsOf('moved').map((row) => row['u.freq (Hz)']);
    expect(written).toEqual([51, 67].map((periods) => (periods * 1000) / 512));
    const worst = JSON.parse(readFileSync(join(cwd, 'moved', 'summary.json'), 'utf8')) as { worst: { parameters: object } | undefined };
    expect(written).toContain((worst.worst?.parameters as Record<string, number>)['u.freq']);
    const { stdout } = await runCli([...args, '--lane', '1', '--json'], { cwd });
    expect((JSON.parse(stdout) as { parameters: object }).parameters).toEqual({ 'u.freq': { value: written[1], unit: 'Hz' } });
  });

  it('takes one sample where that is asked for, and says so again', async () => {
    const args = ['--vary', 'k=normal(0.5, 0.01)', '--runs', '1', '--out', 'one', '--threads', '1', '--json'];
    const { code, stdout } = await runCli(['sweep', 'loop.loom', ...args], { cwd });
    expect([code, (JSON.parse(stdout) as { points: number }).points]).toEqual([0, 1]);
    const { command } = JSON.parse(readFileSync(join(cwd, 'one/manifest.json'), 'utf8')) as { command: string[] };
    expect(command.join(' ')).toContain('--runs 1');
  });

  it('tells of one point what a run tells: details of measures, values of checks', async () => {
    writeFileSync(join(cwd, 'tone.loom'), swept.replace('measure top', 'measure quality = sndr(u)\n  measure top'));
    const results = await Promise.all(
      [['run'], ['sweep', '--vary', 'k=[0.5]', '--lane', '0']].flatMap(([verb, ...more]) =>
        [[], ['--json']].map((json) => runCli([verb!, 'tone.loom', ...more, ...json], { cwd })),
      ),
    );
    const [ofRun, runDocument, ofPoint, pointDocument] = results.map(({ stdout }) => stdout);
    const brackets = (text: string): string[] => text.match(/\(.*\)$/gm) ?? [];
    expect(brackets(ofPoint!)).toEqual(brackets(ofRun!));
    expect(brackets(ofPoint!)).toEqual([
      expect.stringContaining('freq 10 Hz'),
      expect.stringMatching(/V\)$/),
      expect.stringMatching(/V\)$/),
    ]);
    const parsed = [runDocument, pointDocument].map((text) => JSON.parse(text!) as Record<'measures' | 'checks', unknown>);
    expect(parsed[1]).toMatchObject({ measures: parsed[0]!.measures, checks: parsed[0]!.checks });
  });

  it('says that it is finished, with the same summary', async () => {
    const { stdout, stderr, code } = await once.then(() => sweep(cwd, ['--out', 'once', '--json']));
    const before = JSON.parse((await once).stdout) as Record<string, unknown>;
    const { threads, ran, runMs, ...figures } = before;
    expect([threads, ran]).toEqual([1, points]);
    expect(runMs).toBeGreaterThan(0);
    expect(JSON.parse(stdout)).toEqual(figures);
    expect(stderr).toContain("'once' has the results of this sweep already");
    expect(code).toBe(1);
  });
});

describe('sweep refuses', () => {
  const refused = async (args: readonly string[]): Promise<string> => {
    const { code, stderr } = await runCli(['sweep', 'loop.loom', ...args], { cwd });
    return `${code} ${stderr}`;
  };

  it('what cannot be varied, and says what can', async () => {
    const text = await refused(['--vary', 'fs=[1kHz, 2kHz]', '--vary', 'u=[1V]', '--vary', 'kk=[1]', '--out', 'no']);
    expect(text).toMatch(/^3 /);
    expect(text).toContain("parameter 'fs' cannot be varied: it shapes the system");
    expect(text).toContain("'u' cannot be varied: it is a signal");
    expect(text).toContain("there is no parameter 'kk' to vary\n");
    expect(text).toContain("did you mean 'k'?");
  });

  it('axes that are none', async () => {
    expect(await refused(['--vary', 'k=lin(1V, 2V, 3)', '--out', 'no'])).toMatch(/^3 (.|\n)*DL301/);
    expect(await refused(['--vary', 'k=normal(1, 0.1)', '--out', 'no'])).toBe('2 error: --runs is missing: how many samples to draw\n');
    expect(await refused(['--vary', 'k=[1]'])).toBe('2 error: --out is missing: the folder where the results go\n');
  });

  it('a folder for one point', async () => {
    expect(await refused(['--vary', 'k=[1]', '--lane', '0', '--out', 'no'])).toBe(
      '2 error: --lane runs one point and writes no folder: leave --out, --shard, --emit and --restart out\n',
    );
    expect(existsSync(join(cwd, 'no'))).toBe(false);
  });

  it('a folder of another campaign, and names what differs', async () => {
    await once;
    writeFileSync(join(cwd, 'other.loom'), `${swept}\n// changed\n`);
    const { code, stderr } = await runCli(['sweep', 'other.loom', ...sweepArgs.slice(2), '--runs', '41', '--out', 'once'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain(
      "error[DL605] 'once' holds results of another campaign; what differs: the text of 'other.loom', the text of 'loop.loom', --runs (20 there, 41 here)\n",
    );
    expect(stderr).toContain('--restart');
  });

  it("a run's folder, and a sweep's for a run: nothing in them changes", async () => {
    await once;
    await runCli(['run', 'loop.loom', '--out', 'of a run'], { cwd });
    const before = [filesOf(join(cwd, 'of a run')), filesOf(join(cwd, 'once'))];
    for (const more of [[], ['--restart']])
      expect(await refused(['--vary', 'k=[1]', '--out', 'of a run', ...more])).toMatch(
        /^3 error\[DL605\] 'of a run' holds the results of a run\n(.|\n)*--out/,
      );
    const { code, stderr } = await runCli(['run', 'loop.loom', '--out', 'once'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error\[DL605\] 'once' holds the results of a sweep\n(.|\n)*--out/);
    expect([filesOf(join(cwd, 'of a run')), filesOf(join(cwd, 'once'))]).toEqual(before);
  });

  it('files under the names of results that are of no sweep, unless --restart is given', async () => {
    mkdirSync(join(cwd, 'strange'));
    writeFileSync(join(cwd, 'strange/results.csv'), 'mine');
    const args = ['--vary', 'k=[0.5, 1]', '--out', 'strange'];
    expect(await refused(args)).toMatch(/^3 error\[DL605\] 'strange' holds results\.csv and no manifest\.json\n(.|\n)*--restart/);
    expect(filesOf(join(cwd, 'strange'))).toEqual({ 'results.csv': Buffer.from('mine').toString('base64') });
    expect(await refused([...args, '--restart', '--quiet'])).toBe('0 ');
    expect(readFileSync(join(cwd, 'strange/results.csv'), 'utf8')).toMatch(/^point,/);
  });
});
