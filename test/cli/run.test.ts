import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv, samplesFromCsv } from '../../src/io/csv.js';
import { readNpz } from '../../src/io/npz.js';
import { readWav, writeWav } from '../../src/io/wav.js';
import { growing, makeWorkFolder, netlists, runCli, tiny } from './run-cli.js';

const two = tiny.replace('bench tiny', 'bench second of tiny').replace(/system[\s\S]*?\n}\n/, '');
const cwd = makeWorkFolder({
  'tiny.loom': tiny,
  'two.loom': `${tiny}${two}`,
  'failing.loom': tiny.replace('top < 2V', 'top > 2V'),
  'untaken.loom': tiny.replace('max(x)', 'max(x, skip: 5000)'),
  'growing.loom': growing,
  'alone.loom': tiny.replace(/bench[\s\S]*/, ''),
  'broken.loom': tiny.replace('u - x', 'u - y'),
  'with a space.loom': tiny,
  'writes.loom': tiny
    .replace('gain: k)', 'gain: k, limit: inf)')
    .replace(
      '  check',
      '  write x to "x.wav" (rate: 500Hz, offset: 0.5V, full_scale: 2V, format: "float32")\n  write u to "u.csv"\n  write u to "loud.wav" (full_scale: 0.5V)\n  check',
    ),
  'outside.loom': tiny.replace('  check', '  write x to "sub/x.wav"\n  check'),
  'clocks.loom': tiny
    .replace('clock clk = fs', 'clock clk = fs\n  clock slow = clk / 4')
    .replace('gain: k)', 'gain: k) @ clk')
    .replace('record u, x', 'record u, x\n  record y = 2*u @ slow')
    .replace('run 1000 ticks of clk', 'run 100 ticks of clk'),
});
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(cwd, name)));
const ok = { code: 0, stderr: '' };

describe('deltaloom run', () => {
  it('prints measures and checks', async () => {
    expect(await runCli(['run', 'tiny.loom'], { cwd })).toEqual({
      ...ok,
      stdout: `tiny, bench tiny: 1000 ticks of clk, 1 s, js, seed 0
measures
  top  992.2 mV
checks
  pass  top < 2V  (992.2 mV)
`.replaceAll('992.2', (await topMillivolts()).toPrecision(4)),
    });
  });

  it('exits 1 when a check fails', async () => {
    const { code, stdout, stderr } = await runCli(['run', 'failing.loom'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^ {2}fail {2}top > 2V/m);
  });

  it('exits 1 when a measure cannot be taken', async () => {
    const { code, stderr, stdout } = await runCli(['run', 'untaken.loom'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("error[DL503] measure 'top': 'x' has 1000 rows, too few for skip: 5000");
    expect(stdout).toContain('  fail  top < 2V  (not taken)');
  });

  it('runs the first bench and names the others', async () => {
    const { stdout, stderr } = await runCli(['run', 'two.loom'], { cwd });
    expect(stderr).toBe("running bench 'tiny'; others: second (--bench NAME)\n");
    expect(stdout).toMatch(/^tiny, bench tiny:/);
    expect(await runCli(['run', 'two.loom', '--bench', 'second'], { cwd })).toMatchObject({
      ...ok,
      stdout: expect.stringMatching(/^tiny, bench second:/),
    });
    expect((await runCli(['run', 'two.loom', '--quiet'], { cwd })).stderr).toBe('');
    expect((await runCli(['run', 'two.loom', '--bench', 'secnd'], { cwd })).stderr).toContain("help: did you mean 'second'?");
  });

  it('sets parameters, ticks, seed and backend', async () => {
    const { code, stdout } = await runCli(
      ['run', 'tiny.loom', '--set', 'k=0', '--set', 'fs=2kHz', '--ticks', '1_00', '--seed', '7', '--backend', 'interpret'],
      { cwd },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tiny, bench tiny: 100 ticks of clk, 50 ms, interpret, seed 7\nmeasures\n {2}top {2}0 V\n/);
  });

  it('runs a system without a bench on a recording', async () => {
    writeFileSync(join(cwd, 'half.wav'), writeWav([new Float64Array(1000).fill(0.5)], 1000, 'float32'));
    writeFileSync(join(cwd, 'half.csv'), `t,u\n${Array.from({ length: 1000 }, (_, i) => `${i / 1000},0.5\n`).join('')}`);
    for (const file of ['half.wav', 'half.csv']) {
      const { code, stderr } = await runCli(['run', 'alone.loom', '--in', `u=${file}`, '--ticks', '500', '--wave', 'alone.csv'], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: 'wrote alone.csv\n' });
      const [x] = samplesFromCsv(readCsv(bytesOf('alone.csv'), 'alone.csv')).channels;
      // x[n+1] = x[n] + (u - x[n])/2 from 0 with u = 1/2: x[n] = (1 - 2^-n)/2.
      expect(Array.from(x!.subarray(0, 30))).toEqual(Array.from({ length: 30 }, (_, n) => (1 - 2 ** -n) / 2));
    }
  });

  it('refuses an input that the system does not have', async () => {
    const { code, stderr } = await runCli(['run', 'alone.loom', '--in', 'uu=half.wav', '--ticks', '5'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toBe("error[DL201] system 'tiny' has no input 'uu'\n  why:  unknown name\n  help: did you mean 'u'?\n");
  });

  it('says what a system without a bench lacks', async () => {
    expect((await runCli(['run', 'alone.loom'], { cwd })).stderr).toContain("error[DL205] input 'u' is not connected");
    const { code, stderr } = await runCli(['run', 'alone.loom', '--set', 'u=1V'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("error[DL501] system 'tiny' has no bench that says how long to run");
  });

  it('takes paths with spaces', async () => {
    const { code } = await runCli(['run', 'with a space.loom', '--out', 'out of space/deep'], { cwd });
    expect(code).toBe(0);
    expect(readdirSync(join(cwd, 'out of space/deep')).sort()).toEqual([
      'manifest.json',
      'report.html',
      'result.json',
      'waves.csv',
      'waves.npz',
    ]);
  });
});

describe('--json', () => {
  it('is one document and nothing else', async () => {
    const { code, stdout, stderr } = await runCli(['run', 'two.loom', '--json', '--wave', 'j.npz'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toBe("running bench 'tiny'; others: second (--bench NAME)\nwrote j.npz\n");
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document).toEqual({
      system: 'tiny',
      bench: 'tiny',
      backend: 'js',
      precision: 'f64',
      seed: 0,
      lane: 0,
      lanes: 1,
      ticks: 1000,
      ideal: [],
      status: 'done',
      compileMs: expect.any(Number),
      runMs: expect.any(Number),
      measures: { top: { value: (await topMillivolts()) / 1000, unit: 'V' } },
      checks: [{ text: 'top < 2V', pass: true, value: (await topMillivolts()) / 1000 }],
      files: ['j.npz'],
      warnings: [],
    });
  });

  it('holds the diagnostics of a netlist that is refused', async () => {
    const { code, stdout, stderr } = await runCli(['run', 'broken.loom', '--json'], { cwd });
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'refused',
      exitCode: 3,
      diagnostics: [{ code: 'DL201', file: 'broken.loom', line: 5, column: 22 }],
    });
    expect(stderr).toMatch(/^broken\.loom:5:22 error\[DL201\]/);
  });
});

describe('--wave', () => {
  it('writes csv, npz and wav that read back', async () => {
    const args = ['run', 'tiny.loom', '--wave', 'w.csv', '--wave', 'w.npz', '--wave', 'w.WAV'];
    expect(await runCli(args, { cwd })).toMatchObject({ code: 0, stderr: 'wrote w.csv, w.npz, w.WAV\n' });
    const table = samplesFromCsv(readCsv(bytesOf('w.csv'), 'w.csv'));
    const arrays = readNpz(bytesOf('w.npz'), 'w.npz');
    const sound = readWav(bytesOf('w.WAV'), 'w.WAV');
    expect(table).toMatchObject({ rateHz: 1000, names: ['u', 'x'] });
    expect(Object.keys(arrays)).toEqual(['t', 'u', 'x']);
    expect(sound.rateHz).toBe(1000);
    const [u, x] = table.channels;
    expect([arrays['u']!.values, arrays['x']!.values]).toEqual([u, x]);
    expect(sound.channels).toEqual([u, x].map((channel) => channel!.map(Math.fround)));
    expect(Array.from(arrays['t']!.values)).toEqual(Array.from({ length: 1000 }, (_, i) => i / 1000));
    expect(u![25]).toBeCloseTo(Math.sin(2 * Math.PI * uHz(u!) * 0.025), 12);
  });

  it('holds records of slower clocks in csv, keeps their times in npz, refuses them in wav', async () => {
    const { code, stderr, stdout } = await runCli(['run', 'clocks.loom', '--wave', 'c.csv', '--wave', 'c.npz', '--wave', 'c.wav'], { cwd });
    expect(code).toBe(3);
    expect(stdout).toContain('  pass  top < 2V');
    expect(stderr).toBe(`error[DL604] cannot write 'c.wav': 'u' and 'y' are recorded by different clocks
  why:  the channels of a WAVE file have one rate
  help: write a .npz file
wrote c.csv, c.npz
`);
    expect(existsSync(join(cwd, 'c.wav'))).toBe(false);
    const { names, columns } = readCsv(bytesOf('c.csv'), 'c.csv');
    expect(names).toEqual(['t', 'u', 'x', 'y']);
    const [, u, , y] = columns;
    expect(Array.from(y!)).toEqual(Array.from(u!, (_, row) => 2 * u![row - (row % 4)]!));
    const arrays = readNpz(bytesOf('c.npz'), 'c.npz');
    expect(Object.keys(arrays)).toEqual(['t', 'u', 'x', 'y', 'y.t']);
    expect(arrays['y']!.values).toHaveLength(25);
    expect(arrays['y.t']!.values[24]).toBeCloseTo(0.096, 12);
  });

  it('asks for a folder that exists before it runs', async () => {
    const { code, stdout, stderr } = await runCli(['run', 'tiny.loom', '--wave', 'nowhere/w.csv'], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(`error[DL604] cannot write 'nowhere/w.csv': there is no folder 'nowhere'
  why:  a file is written only into a folder that exists
  help: create it: mkdir -p 'nowhere'
`);
  });
});

describe('--out', () => {
  it('writes the same bytes for the same inputs, times aside', async () => {
    const args = ['run', join(netlists, 'adm.loom'), '--bench', 'tone', '--ticks', '3000', '--out'];
    await runCli([...args, 'a'], { cwd });
    await runCli([...args, 'b'], { cwd });
    for (const name of ['manifest.json', 'report.html', 'waves.npz', 'waves.csv'])
      expect(bytesOf(`a/${name}`), name).toEqual(bytesOf(`b/${name}`));
  });

  it('writes what the bench writes, scaled and resampled, and a manifest that says where from', async () => {
    const { code, stdout, stderr } = await runCli(['run', 'writes.loom', '--out', 'w', '--set', 'k=0.25', '--json'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain(`warning[DL303] 'loud.wav': `);
    const document = JSON.parse(stdout) as { files: string[] };
    expect(document.files.map((file) => file.slice(2))).toEqual([
      'report.html',
      'waves.npz',
      'waves.csv',
      'x.wav',
      'u.csv',
      'loud.wav',
      'manifest.json',
      'result.json',
    ]);
    expect(document.files.every((file) => existsSync(join(cwd, file)))).toBe(true);
    expect(JSON.parse(readFileSync(join(cwd, 'w/result.json'), 'utf8'))).toEqual(document);

    const x = readWav(bytesOf('w/x.wav'), 'x.wav');
    const { values } = readNpz(bytesOf('w/waves.npz'), 'waves.npz')['x']!;
    expect({ rateHz: x.rateHz, length: x.channels[0]!.length }).toEqual({ rateHz: 500, length: 500 });
    expect(x.channels[0]![250]).toBeCloseTo((values[500]! - 0.5) / 2, 4);
    expect(samplesFromCsv(readCsv(bytesOf('w/u.csv'), 'u.csv'))).toMatchObject({ rateHz: 1000, names: ['u'] });
    expect(Math.max(...readWav(bytesOf('w/loud.wav'), 'loud.wav').channels[0]!)).toBe(32767 / 32768);

    expect(JSON.parse(readFileSync(join(cwd, 'w/manifest.json'), 'utf8'))).toMatchObject({
      deltaloom: expect.stringMatching(/^\d+\.\d+\.\d+/),
      system: 'tiny',
      bench: 'tiny',
      sources: [
        { path: 'writes.loom', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), text: readFileSync(join(cwd, 'writes.loom'), 'utf8') },
      ],
      data: [],
      set: { k: '0.25' },
      parameters: { k: { value: 0.25, unit: '' }, 'x.limit': { value: 'inf' } },
      ticks: 1000,
    });
  });

  it('is not needed to check what a bench would write', async () => {
    expect(await runCli(['run', 'writes.loom'], { cwd })).toMatchObject({
      code: 0,
      stderr: 'not written without --out: x.wav, u.csv, loud.wav\n',
    });
    const { code, stdout, stderr } = await runCli(['run', 'outside.loom', '--out', 'outside'], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain("error[DL604] cannot write 'sub/x.wav': it is a path");
    expect(existsSync(join(cwd, 'outside'))).toBe(false);
  });

  it('takes away what an earlier run left there and this one does not replace', async () => {
    await runCli(['run', 'tiny.loom', '--out', 'again'], { cwd });
    expect(existsSync(join(cwd, 'again/waves.csv'))).toBe(true);
    await runCli(['run', 'tiny.loom', '--out', 'again', '--ticks', '80000'], { cwd });
    expect(readdirSync(join(cwd, 'again')).sort()).toEqual(['manifest.json', 'report.html', 'result.json', 'waves.npz']);
  });

  it('refuses a folder that cannot be made, before it runs', async () => {
    const { code, stdout, stderr } = await runCli(['run', 'tiny.loom', '--out', 'tiny.loom/out'], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(
      `error[DL604] cannot write 'tiny.loom/out': '${join(cwd, 'tiny.loom')}' is not a folder\n  why:  file cannot be written\n`,
    );
  });

  it('leaves nothing half-written where a file cannot be replaced', async () => {
    mkdirSync(join(cwd, 'blocked/report.html'), { recursive: true });
    const { code, stderr } = await runCli(['run', 'tiny.loom', '--out', 'blocked'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("error[DL604] cannot write 'blocked/report.html': it is a folder");
    expect(readdirSync(join(cwd, 'blocked')).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(existsSync(join(cwd, 'blocked/result.json'))).toBe(false);
  });
});

describe('a run that diverges', () => {
  it('exits 4, names signal, tick and time, and keeps the records before it', async () => {
    const { code, stdout, stderr } = await runCli(['run', 'growing.loom', '--out', 'grown', '--json'], { cwd });
    expect(code).toBe(4);
    // x[n] = (4^n - 1)/3 is finite up to n = 512, where 3*x + 1 = 4^512 = 2^1024 is not.
    expect(stderr).toContain("error[DL701] signal 'x.in' became Infinity at tick 512 (t = 0.512 s)\n");
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'diverged',
      ticks: 512,
      divergence: { code: 'DL701', signal: 'x.in', value: 'Infinity', tick: 512, timeSeconds: 0.512 },
    });
    const { values } = readNpz(bytesOf('grown/waves.npz'), 'waves.npz')['x']!;
    expect(values).toHaveLength(512);
    expect(Array.from(values.subarray(0, 4))).toEqual([0, 1, 5, 21]);
    expect(readFileSync(join(cwd, 'grown/report.html'), 'utf8')).toContain(
      'The run diverged: signal &#39;x.in&#39; became Infinity at tick 512',
    );
  });
});

/** Hertz of the coherent sine, which fills the second that `tiny` lasts with whole periods: their number. */
function uHz(u: Float64Array): number {
  return 1 + u.reduce((count, value, i) => count + (i > 0 && u[i - 1]! < 0 && value >= 0 ? 1 : 0), 0);
}

/** max(x) of `tiny`, computed here: x[n+1] = x[n] + (u[n] - x[n])/2. */
async function topMillivolts(): Promise<number> {
  await runCli(['run', 'tiny.loom', '--wave', 'top.csv', '--quiet'], { cwd });
  const [u] = samplesFromCsv(readCsv(bytesOf('top.csv'), 'top.csv')).channels;
  let x = 0;
  let top = -Infinity;
  for (const value of u!) {
    top = Math.max(top, x);
    x += 0.5 * (value - x);
  }
  return 1000 * top;
}
