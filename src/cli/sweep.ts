// The verb `sweep`: runs a bench at many points, in threads, and keeps each finished tile of points, so that the same
// command goes on where an earlier one stopped.

import { Option, type Command } from 'commander';
import { prepareBench, type PreparedBench } from '../analysis/run-bench.js';
import { BackendError } from '../backends/backend-error.js';
import type { Precision } from '../backends/batch.js';
import { batchBackendNames, type BatchBackendName } from '../backends/compile-batch.js';
import { planOf } from '../backends/gpu/kernel.js';
import { probeGpu } from '../backends/gpu/probe.js';
import { effects, type Effect } from '../blocks/effects.js';
import { makeJob, type CampaignJob } from '../campaign/campaign-job.js';
import { makeCampaignManifest, type CampaignManifest } from '../campaign/campaign-manifest.js';
import { makePlan } from '../campaign/make-plan.js';
import type { PlanDescription, Sampling } from '../campaign/plan.js';
import type { Shard } from '../campaign/shards.js';
import { readAxes } from '../campaign/vary-params.js';
import { fail } from '../diagnostics/diagnostic.js';
import { decodeProgram } from '../ir/encode-program.js';
import { runLength } from '../simulate/run-length.js';
import { printDiagnostics } from './diagnostic-output.js';
import type { ExitCode } from './exit-codes.js';
import { loadNetlist, type LoadedNetlist } from './load-netlist.js';
import { collectWave, complainOfRecording, idealOption, readShard, wholeNumber } from './option-values.js';
import { UsageError } from './report-failure.js';
import { addSelection, findBenchItem, pairOption, type SelectionOptions } from './selection.js';
import { emitSlurm } from './slurm-script.js';
import { sweepCommand } from './sweep-command.js';
import { runLane } from './sweep-lane.js';
import { runSweep } from './sweep-run.js';
import { version } from './version.js';

export interface SweepOptions extends SelectionOptions {
  readonly vary: ReadonlyMap<string, string>;
  /** 1 where it is not given, which sampled axes do not take for an answer. */
  readonly runs?: number;
  readonly sampling: Sampling;
  readonly seed: number;
  readonly ticks?: number;
  readonly in: ReadonlyMap<string, string>;
  readonly ideal?: true | readonly Effect[];
  readonly threads?: number;
  readonly tile?: number;
  readonly backend?: BatchBackendName;
  readonly precision: Precision;
  readonly out?: string;
  readonly restart?: true;
  readonly shard?: Shard;
  readonly shards?: number;
  readonly emit?: 'slurm';
  readonly atOnce?: number;
  readonly lane?: number;
  readonly wave: readonly string[];
  readonly json?: true;
  readonly quiet?: true;
}

/** A sweep that is ready to run. */
export interface Sweep {
  readonly prepared: PreparedBench;
  readonly plan: PlanDescription;
  readonly points: number;
  readonly job: CampaignJob;
  readonly manifest: CampaignManifest;
}

export function addSweep(program: Command, finish: (code: ExitCode) => void): void {
  const command = program
    .command('sweep')
    .summary('run a bench at many points: grids, samples, Monte Carlo')
    .argument('<file>', 'netlist (.loom or .yaml)');
  addSelection(
    command.description('Runs a bench at many points and keeps the measures of each. The same command goes on where it stopped.'),
  )
    .addOption(
      pairOption(
        '--vary <name=axis>',
        'vary a parameter: lin(a, b, n), log(a, b, n), [a, b], uniform(a, b), loguniform(a, b), normal(mean, sigma); repeatable',
      ),
    )
    .option(
      '--runs <count>',
      'samples, which drawn axes need, or runs that differ by their noise, at each combination (default: 1)',
      wholeNumber(1, 2 ** 31 - 1),
    )
    .addOption(new Option('--sampling <method>', 'how samples are drawn').choices(['random', 'lhs', 'sobol']).default('random'))
    .option('--seed <number>', 'seed of samples and noise', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--ticks <count>', "ticks to run instead of the bench's own length", wholeNumber(1, 2 ** 40))
    .addOption(pairOption('--in <port=file>', 'drive an input from a .wav or .csv recording; repeatable', complainOfRecording))
    .addOption(idealOption())
    .option('--out <dir>', 'folder of the results: results.csv, results.parquet, report.html, summary.json, manifest.json')
    .option('--restart', 'throw away what another sweep left in the folder')
    .option('--threads <count>', "worker threads (default: the machine's cores)", wholeNumber(1, 1024))
    .option('--tile <points>', 'points that a thread takes at a time (default: up to 64, as many for each)', wholeNumber(1, 65536))
    .addOption(new Option('--backend <name>', 'what runs it (default: wasm)').choices(batchBackendNames))
    .addOption(new Option('--precision <name>', 'f32 is faster and less exact').choices(['f64', 'f32']).default('f64'))
    .addOption(new Option('--shard <i/n>', 'run part i of n alone, for `deltaloom gather`').argParser(readShard))
    .addOption(new Option('--emit <what>', 'write a script that runs the sweep as shards on a cluster').choices(['slurm']))
    .option('--shards <count>', 'shards of the script (default: 16, or the points where they are fewer)', wholeNumber(1, 100_000))
    .option('--at-once <count>', 'shards of the script that run at a time', wholeNumber(1, 100_000))
    .option('--lane <point>', 'run this point alone and print its measures', wholeNumber(0, 2 ** 31 - 1))
    .addOption(
      new Option('--wave <file>', 'with --lane: write the records as .csv, .npz or .wav').argParser(collectWave).default([], 'none'),
    )
    .option('--json', 'print one JSON document')
    .option('--quiet', 'nothing but errors on stderr')
    .addHelpText('after', examples)
    .action(async (file: string, options: SweepOptions) => finish(await sweep(file, options)));
}

const examples = `
Examples:
  deltaloom sweep mod2.loom --vary 'u.amplitude=lin(0.1V, 0.9V, 9)' --out out/amplitude
  deltaloom sweep mod2.loom --vary 'x1.gain=normal(0.5, 0.01)' --runs 1000 --sampling lhs --seed 1 --out out/mismatch
  deltaloom sweep mod2.loom --vary 'x1.gain=normal(0.5, 0.01)' --runs 1000 --sampling lhs --seed 1 --lane 17 --wave worst.csv`;

async function sweep(file: string, options: SweepOptions): Promise<ExitCode> {
  const { lane, out, restart, emit, shard, wave, shards, atOnce } = options;
  if (lane === undefined && out === undefined) throw new UsageError('--out is missing: the folder where the results go');
  if (lane !== undefined && (out ?? shard ?? emit ?? restart) !== undefined)
    throw new UsageError('--lane runs one point and writes no folder: leave --out, --shard, --emit and --restart out');
  if (lane === undefined && wave.length > 0) throw new UsageError('--wave writes the records of one point: say which with --lane');
  if (emit !== undefined && shard !== undefined) throw new UsageError('--emit writes a script for all shards: leave --shard out');
  if (emit === undefined && (shards !== undefined || atOnce !== undefined))
    throw new UsageError('--shards and --at-once belong to --emit slurm');
  const netlist = loadNetlist(file);
  const ready = await prepareSweep(netlist, file, options);
  if (options.quiet !== true) printDiagnostics(ready.prepared.compiled.warnings);
  if (lane !== undefined) return runLane(ready, lane, options);
  if (emit !== undefined) return emitSlurm(ready, options);
  return runSweep(ready, options);
}

async function prepareSweep(netlist: LoadedNetlist, file: string, options: SweepOptions): Promise<Sweep> {
  const { library } = netlist;
  const { vary, runs, sampling, seed, ticks: asked, backend = 'wasm', precision, set, system } = options;
  const item = findBenchItem(library, options);
  if (item === undefined)
    fail('DL212', undefined, `there is no bench to sweep in '${file}'`, {
      why: 'a bench says how long to run and what to measure',
      help: 'add: bench NAME { run 1000 ticks measure peak(v) }',
    });
  const inputs = new Map([...options.in].map(([name, path]) => [name, { file: path }]));
  const ideal = options.ideal === true ? effects : options.ideal;
  const prepared = prepareBench(library, { bench: item.name.name, system, set, inputs, ticks: asked, ideal, vary: new Set(vary.keys()) });
  if (prepared.measures.length === 0)
    fail('DL505', item.name.span, `bench '${item.name.name}' measures nothing`, {
      why: 'a sweep keeps measures and checks: records of all points would fill the disk',
      help: 'add: measure peak(v)',
    });
  const axes = readAxes(prepared.compiled.graph, vary);
  const isSampled = axes.some(({ kind }) => kind === 'uniform' || kind === 'loguniform' || kind === 'normal');
  if (isSampled && runs === undefined) throw new UsageError('--runs is missing: how many samples to draw');
  const plan: PlanDescription = { axes, runs: runs ?? 1, sampling, seed };
  const { points } = makePlan(plan);
  const { clock, ticks } = runLength(prepared.compiled, prepared.ticks);
  const origin = { version, sources: netlist.sources, data: netlist.dataRead(), set, inputs: options.in };
  const command = sweepCommand(file, options, isSampled);
  const gpuMode = backend === 'gpu' ? await requireGpuMode() : undefined;
  const job = makeJob(prepared, plan, { clock, ticks, backend, precision, gpuMode });
  // What a kernel cannot carry is refused before anything is written.
  if (backend === 'gpu') planOf(decodeProgram(job.program));
  return {
    prepared,
    plan,
    points,
    job,
    manifest: await makeCampaignManifest(prepared, plan, { ticks, precision, backend, gpuMode, command }, origin),
  };
}

/** What gpu.js runs kernels on here: results of one mode are not gone on with in another. Throws BackendError. */
async function requireGpuMode(): Promise<string> {
  const { mode, why } = await probeGpu();
  if (mode === null) throw new BackendError(`the gpu backend is not available: ${why}`, 'use the backend wasm');
  return mode;
}
