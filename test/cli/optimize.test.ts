import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasCompiler } from '../backends/compiler.js';
import { coded, filter, optimize, resultsOf } from '../campaign/optimize-cli.js';
import { makeWorkFolder, runCli } from './run-cli.js';

/** The feedback of a second-order one-bit loop is learned; near 1 the mean of its output is its input. */
const mod2 = `system mod2(k = 0.7) {
  clock clk = 1MHz
  clock conversions = clk/64
  input u : V
  frame 64 ticks of clk
  x1 = integrator(u - k*v) @ clk
  x2 = integrator(x1 - 2*k*v) @ clk
  v  = quantizer(x2, levels: 2, full_scale: 1V, gradient_width: 2)
  y  = integrator(v, gain: 1/64) @ clk
  output y
}

optimize loop of mod2 {
  u = uniform(low: -0.4V, high: 0.4V) @ conversions
  run 64 ticks of clk
  learn k(min: 0.3, max: 2)
  objective error = rms(y - u)
  minimize error/1V
  batch 64
  method adam(rate: 0.01, steps: 150)
}
`;

const failing = `system grows(k = 3) {
  clock clk = 1kHz
  input u : V
  x = integrator(u, leak: 1)
  y = log(0*x + 0*k) * k
  output y
}

optimize bad of grows {
  u = uniform(low: -1V, high: 1V) @ clk
  run 4 ticks of clk
  learn k
  objective e = mean(y)
  minimize e
  batch 4
  restarts 3
  method adam(steps: 5)
}
`;

const cwd = makeWorkFolder({
  'filter.loom': filter,
  'coded.loom': coded,
  'mod2.loom': mod2,
  'stuck.loom': mod2.replace('gradient_width: 2', 'gradient: "none"'),
  'failing.loom': failing,
});

interface Document {
  readonly item: string;
  readonly restarts: number;
  readonly failures: number;
  readonly best: {
    readonly restart: number;
    readonly phase: string;
    readonly score: number;
    readonly loss: number;
    readonly varied: Record<string, number>;
    readonly measures: { readonly name: string; readonly value: number }[];
  };
  readonly combinations: { readonly restarts: number; readonly best: number; readonly median: number; readonly percentile90: number }[];
}

const once = optimize(cwd, ['filter.loom', '--out', 'once', '--json', '--threads', '1']);
const bestOnce = async (): Promise<Document> => JSON.parse((await once).stdout) as Document;

describe('what is learned', () => {
  it('is the optimum, in the netlist, the summary and the table', async () => {
    const { code, stderr } = await once;
    const { item, restarts, failures, best } = await bestOnce();
    expect([code, item, restarts, failures, best.phase]).toEqual([0, 'fit', 6, 0, 'finish']);
    const [, gain, leak] = /gain: ([\d.]+), leak: ([\d.]+)\)/.exec(readFileSync(join(cwd, 'once/learned.loom'), 'utf8'))!;
    expect(Number(gain)).toBeCloseTo(0.3, 2);
    expect(Number(leak)).toBeCloseTo(0.8, 2);
    expect(best.score).toBeGreaterThan(-0.002);
    expect(stderr).toContain(
      'wrote once/restarts.csv, once/history.svg, once/score-by-error.svg, once/score-by-top.svg, once/learned.loom',
    );
    const rows = readFileSync(join(cwd, 'once/restarts.csv'), 'utf8').trim().split('\n');
    expect(rows[0]).toBe('restart,phase,score,loss,error,measure_error,top,failure');
    expect(rows).toHaveLength(1 + 6 + 2);
    expect(rows.map((row) => Number(row.split(',')[2])).slice(1)).toContain(best.score);
  });

  it.each(['interpret', 'js', 'wasm', ...(hasCompiler ? ['native'] : [])])(
    'gives the score of the report when it is run on %s',
    async (backend) => {
      const { best } = await bestOnce();
      const args = ['run', 'once/learned.loom', '--bench', 'unseen', '--backend', backend, '--seed', '0', '--json'];
      const { measures } = JSON.parse((await runCli(args, { cwd })).stdout) as { measures: Record<string, { value: number }> };
      expect(measures['error']!.value).toBe(-best.score);
      expect(measures['top']!.value).toBe(best.measures.find(({ name }) => name === 'top')!.value);
    },
  );

  it('starts from there when the learned netlist is optimized again', async () => {
    await once;
    const { stdout } = await optimize(cwd, ['once/learned.loom', '--restarts', '1', '--out', 'further', '--json']);
    expect((JSON.parse(stdout) as Document).best.loss).toBeLessThan(0);
  });

  it('is a point of its grid, for each combination of what is varied', async () => {
    const { code, stdout, stderr } = await optimize(cwd, ['coded.loom', '--out', 'grid', '--json']);
    const { best, combinations } = JSON.parse(stdout) as Document;
    expect([code, stderr.includes('warning')]).toEqual([0, false]);
    expect(best).toMatchObject({ varied: { n: 1 }, loss: 0, phase: 'finish' });
    expect(combinations.map(({ restarts }) => restarts)).toEqual([2, 2]);
    expect(combinations[0]!.best).toBe(0);
    expect(combinations[0]!.median).toBeLessThan(0);
    expect(combinations[1]!.best).toBeLessThan(0);
    const learned = readFileSync(join(cwd, 'grid/learned.loom'), 'utf8');
    expect(learned).toContain('system coded(n = 1) {');
    expect(learned).toContain('integrator(u, gain: 0.5625, leak: 0.8125)');
    expect(learned).not.toContain('vary');
  });

  it("passes a quantizer in a loop by the quantizer's surrogate, and only by that", async () => {
    const feedback = async (file: string): Promise<number> => {
      const { code } = await optimize(cwd, [file, '--out', `of ${file}`, '--quiet']);
      expect(code).toBe(0);
      return Number(/k = ([\d.]+)\)/.exec(readFileSync(join(cwd, `of ${file}`, 'learned.loom'), 'utf8'))![1]);
    };
    const learned = await feedback('mod2.loom');
    expect(learned).toBeGreaterThan(0.9);
    expect(learned).toBeLessThan(1.05);
    const stuck = await optimize(cwd, ['stuck.loom', '--out', 'stuck']);
    expect(stuck.code).toBe(3);
    expect(stuck.stderr).toContain('error[DL903] no gradient of objective');
    expect(stuck.stderr).toContain('passes no gradient (gradient: none)');
  });

  it('of a YAML netlist is YAML', async () => {
    await runCli(['convert', 'filter.loom', '--to', 'yaml'], { cwd }).then(({ stdout }) => writeFileSync(join(cwd, 'filter.yaml'), stdout));
    const { code } = await optimize(cwd, ['filter.yaml', '--out', 'yaml', '--quiet']);
    await once;
    expect(code).toBe(0);
    expect(resultsOf(join(cwd, 'yaml'))['restarts.csv']).toBe(resultsOf(join(cwd, 'once'))['restarts.csv']);
    const back = await runCli(['convert', 'yaml/learned.yaml', '--to', 'loom'], { cwd });
    expect(back.stdout).toBe(resultsOf(join(cwd, 'once'))['learned.loom']);
  });

  it.each(['js', 'interpret'])('is nearly the same on %s, and its backend is part of the manifest', async (backend) => {
    const { stdout } = await optimize(cwd, ['filter.loom', '--backend', backend, '--out', backend, '--json']);
    expect((JSON.parse(stdout) as Document).best.score).toBeCloseTo((await bestOnce()).best.score, 6);
  });
});

describe('results', () => {
  it.each(['2', '3'])('have the same bytes in %s threads', async (threads) => {
    await optimize(cwd, ['filter.loom', '--threads', threads, '--out', `threads-${threads}`, '--quiet']);
    await once;
    expect(resultsOf(join(cwd, `threads-${threads}`))).toEqual(resultsOf(join(cwd, 'once')));
  });

  it('are told again where they are there already', async () => {
    const { stdout } = await once;
    const again = await optimize(cwd, ['filter.loom', '--out', 'once', '--json']);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("'once' has the results of this optimization already");
    expect(again.stdout).toBe(stdout);
  });

  it('have a report with the figures and the command that makes them again', async () => {
    await once;
    const { 'report.html': report = '', ...others } = resultsOf(join(cwd, 'once'));
    for (const name of ['history.svg', 'score-by-top.svg']) expect(report).toContain(others[name]!.trim());
    expect(report).toContain('deltaloom optimize filter.loom --item fit --restarts 6 --finalists 2 --seed 0 --backend wasm');
    expect(report).toContain('<caption>The best 6 of 6</caption>');
    expect(report).not.toMatch(/undefined|NaN|\[object/);
  });

  it('in words name objectives and measures', async () => {
    await once;
    const { stdout } = await optimize(cwd, ['filter.loom', '--out', 'once']);
    expect(stdout).toMatch(
      /^fit: 6 restarts\nbest: restart \d, finished\n {2}loss +-\d\.\d+ +minimized\n {2}error +\S+ [mµ]V +objective\n {2}error +\S+ [mµ]V +measure\n {2}top +\S+ mV +measure\n$/,
    );
  });
});

describe('the learned netlist', () => {
  const imported = `import "lib/parts.loom"

system cal(a = 0.5) {
  clock clk = 1kHz
  input u : V
  x = half(u)
  y = a*x
  output y
}

bench seen of cal {
  u = column(file: "data/steps.csv", index: 1) @ clk
  run 8 ticks of clk
  record y
  measure top = peak(y)
}

optimize fit of cal {
  u = column(file: "data/steps.csv", index: 1) @ clk
  run 8 ticks of clk
  learn a(init: uniform(0.1, 0.2), spread: 0.01)
  objective error = rms(y - u, over: "run")
  minimize error/1V
  batch 1
  method adam(rate: 0.05, steps: 20)
  judge -top/1V of seen
}
`;
  const place = (): void => {
    for (const folder of ['lib', 'data']) mkdirSync(join(cwd, folder), { recursive: true });
    writeFileSync(join(cwd, 'lib/parts.loom'), 'system half(g = 0.5) {\n  input u : V\n  y = g*u\n  output y\n}\n');
    writeFileSync(join(cwd, 'data/steps.csv'), 'time,u\n' + Array.from({ length: 8 }, (_, i) => `${i / 1000},${(i % 3) / 4}`).join('\n'));
    writeFileSync(join(cwd, 'cal.loom'), imported);
  };

  it('runs where it is, whatever it imports and reads, and optimizing it goes on from what was learned', async () => {
    place();
    const { code, stdout } = await optimize(cwd, ['cal.loom', '--out', 'deep/cal', '--json']);
    expect(code).toBe(0);
    const { best } = JSON.parse(stdout) as Document;
    const run = await runCli(['run', 'deep/cal/learned.loom', '--json'], { cwd });
    const { measures } = JSON.parse(run.stdout) as { measures: Record<string, { value: number }> };
    expect(measures['top']!.value).toBe(best.measures.find(({ name }) => name === 'top')!.value);
    const text = readFileSync(join(cwd, 'deep/cal/learned.loom'), 'utf8');
    expect(text).toContain('import "../../lib/parts.loom"');
    expect(text).toContain('file: "../../data/steps.csv"');
    expect(text).toMatch(/learn a$/m);
    const again = await optimize(cwd, ['deep/cal/learned.loom', '--out', 'deep/again', '--json']);
    expect((JSON.parse(again.stdout) as Document).best.loss).toBeLessThan(best.loss);
  });

  it('never replaces the one that it comes from', async () => {
    place();
    mkdirSync(join(cwd, 'own'));
    writeFileSync(join(cwd, 'own/learned.loom'), filter);
    for (const extra of [[], ['--restart']]) {
      const { code, stderr } = await optimize(cwd, ['own/learned.loom', '--out', 'own', ...extra]);
      expect([code, stderr.split('\n')[0]]).toEqual([
        3,
        "error[DL605] 'own/learned.loom' is what is optimized: the learned netlist would replace it",
      ]);
    }
    expect(readFileSync(join(cwd, 'own/learned.loom'), 'utf8')).toBe(filter);
    // Nor what something else left there.
    mkdirSync(join(cwd, 'other'));
    writeFileSync(join(cwd, 'other/learned.loom'), filter);
    const { code, stderr } = await optimize(cwd, ['filter.loom', '--out', 'other']);
    expect([code, stderr.split('\n')[0]]).toEqual([3, "error[DL605] 'other' holds learned.loom and no manifest.json"]);
  });

  it('is written again where it was lost', async () => {
    await once;
    cpSync(join(cwd, 'once'), join(cwd, 'lost'), { recursive: true });
    rmSync(join(cwd, 'lost/learned.loom'));
    rmSync(join(cwd, 'lost/history.svg'));
    const { code } = await optimize(cwd, ['filter.loom', '--out', 'lost']);
    expect(code).toBe(0);
    expect(resultsOf(join(cwd, 'lost'))).toEqual(resultsOf(join(cwd, 'once')));
  });

  it('is on its grid where a method puts it there, though what was not rounded has a better score', async () => {
    const text = filter
      .replace('learn x.gain(init: uniform(0.1, 1))', 'learn x.gain(init: uniform(0.1, 1), levels: 8, step: 0.125)')
      .replace('adam(rate: 0.02, steps: 60)', 'adam(rate: 0.02, steps: 60, quantize: no)')
      .replace(/finish adam.*/, 'finish integer_search(passes: 1)');
    writeFileSync(join(cwd, 'rounded.loom'), text);
    const { stdout } = await optimize(cwd, ['rounded.loom', '--out', 'rounded', '--json']);
    const { best } = JSON.parse(stdout) as Document;
    expect(best.phase).toBe('finish');
    const [, gain] = /gain: ([\d.]+), leak/.exec(readFileSync(join(cwd, 'rounded/learned.loom'), 'utf8'))!;
    expect(Number(gain) % 0.125).toBe(0);
    const scores = readFileSync(join(cwd, 'rounded/restarts.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => Number(row.split(',')[2]));
    expect(Math.max(...scores)).toBeGreaterThan(best.score);
  });
});

describe('what goes wrong', () => {
  it('in every restart ends with exit status 4 and says where', async () => {
    const { code, stdout, stderr } = await optimize(cwd, ['failing.loom', '--out', 'failing']);
    expect(code).toBe(4);
    expect(stdout).toMatch(
      /^bad: 3 restarts, 3 failed\nno restart came to an end\nfirst failure: restart 0: adam\(steps: 5\): the loss is -Infinity at step 0; signal 'y' became -Infinity at tick 0, in lane 0 \(it comes of log\(0\)\)\n$/,
    );
    expect(stderr).not.toContain('internal');
    const results = resultsOf(join(cwd, 'failing'));
    expect(Object.keys(results).sort()).toEqual(['history.svg', 'manifest.json', 'report.html', 'restarts.csv', 'summary.json']);
    expect(results['report.html']).toContain('Every restart failed');
    expect((await optimize(cwd, ['failing.loom', '--out', 'failing', '--quiet'])).code).toBe(4);
  });

  it('in a netlist is told before anything is written', async () => {
    writeFileSync(join(cwd, 'wrong.loom'), filter.replace('learn x.gain', 'learn x.gian'));
    const { code, stderr } = await optimize(cwd, ['wrong.loom', '--out', 'wrong']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^wrong\.loom:\d+:\d+ error\[/);
    expect(() => resultsOf(join(cwd, 'wrong'))).toThrow('ENOENT');
  });

  it('warnings are told once, for all combinations and threads', async () => {
    writeFileSync(join(cwd, 'warned.loom'), coded.replace('coded(n = 2)', 'coded(n = 2, spare = 1)').replace('restarts 4', 'restarts 1'));
    const { code, stderr } = await optimize(cwd, ['warned.loom', '--out', 'warned', '--threads', '2']);
    expect(code).toBe(0);
    expect(stderr.match(/warning\[DL\d+\].*/g)).toEqual([
      'warning[DL303] 1 restart for 2 combinations of what is varied',
      "warning[DL208] param 'spare' is never used",
    ]);
  });

  it.each([
    [['filter.loom', '--item', 'fot'], 3, "there is no optimize item 'fot' in 'filter.loom'"],
    [['filter.loom', '--restarts', '0'], 2, '--restarts'],
    [['filter.loom', '--backend', 'gpu'], 2, '--backend'],
    [['nothing.loom'], 3, 'nothing.loom'],
  ] as const)('on the command line: %s', async (args, status, text) => {
    const { code, stderr } = await optimize(cwd, [...args, '--out', 'refused']);
    expect(code).toBe(status);
    expect(stderr).toContain(text);
  });
});

it('check checks and names optimize items; show and run leave them alone', async () => {
  expect((await runCli(['check', 'filter.loom'], { cwd })).stdout).toBe('filter.loom: ok; optimize items: fit\n');
  const { stdout } = await runCli(['check', 'filter.loom', '--json'], { cwd });
  expect(JSON.parse(stdout)).toEqual({ files: [{ file: 'filter.loom', diagnostics: [], optimizations: ['fit'] }] });
  const bench = filter.slice(0, filter.indexOf('optimize'));
  writeFileSync(join(cwd, 'bench.loom'), bench);
  for (const verb of ['show', 'run']) {
    const [plain, both] = await Promise.all(['bench.loom', 'filter.loom'].map((file) => runCli([verb, file], { cwd })));
    expect(both!.code).toBe(plain!.code);
    expect(both!.stdout.replaceAll('filter.loom', 'bench.loom')).toBe(plain!.stdout);
  }
});
