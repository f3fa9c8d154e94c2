// The verb `run`: runs a bench, takes its measures, evaluates its checks and writes what was asked for.

import { Option, type Command } from 'commander';
import { prepareBench, runPrepared, type BenchResult } from '../analysis/run-bench.js';
import { backendNames } from '../backends/compile.js';
import type { BackendName } from '../backends/kernel.js';
import { effects, type Effect } from '../blocks/effects.js';
import { refuseOtherOwner } from '../campaign/folder-owner.node.js';
import { codes } from '../diagnostics/codes.js';
import { DiagnosticBag, type Diagnostic } from '../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import type { BenchItem } from '../netlist/ast.js';
import type { Library } from '../netlist/library.js';
import { describeDivergence } from '../simulate/divergence.js';
import type { RecordedWaveform } from '../simulate/recording.js';
import { printDiagnostics } from './diagnostic-output.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { watchInterrupt } from './interrupt.js';
import { loadNetlist, type LoadedNetlist } from './load-netlist.js';
import { requireFolderOf, requireMakeableFolder } from './output-folder.js';
import { collectWave, complainOfRecording, idealOption, wholeNumber } from './option-values.js';
import { reportProgress, ticksProgress } from './progress.js';
import { writeRunDirectory } from './run-directory.js';
import { runDocument, type RunDocument } from './run-document.js';
import { runText } from './run-text.js';
import { addSelection, findBenchItem, pairOption, type SelectionOptions } from './selection.js';
import { paintFor, printJson, printNote, printResult } from './terminal.js';
import { version } from './version.js';
import { encodeWaves, waveFormatOf } from './wave-file.js';
import { encodeFiles, planFiles } from './write-statements.js';

interface RunOptions extends SelectionOptions {
  readonly ticks?: number;
  readonly in: ReadonlyMap<string, string>;
  readonly wave: readonly string[];
  readonly out?: string;
  readonly json?: true;
  readonly seed: number;
  readonly lane: number;
  readonly ideal?: true | readonly Effect[];
  readonly backend?: BackendName;
  readonly quiet?: true;
}

export function addRun(program: Command, finish: (code: ExitCode) => void): void {
  const command = program.command('run').summary('run a bench, measure and check it').argument('<file>', 'netlist (.loom or .yaml)');
  addSelection(command.description('Runs a bench: prints its measures and checks, and writes waveforms and reports where asked.'))
    .option('--ticks <count>', "ticks to run instead of the bench's own length", wholeNumber(1, 2 ** 40))
    .addOption(pairOption('--in <port=file>', 'drive an input from a .wav or .csv recording; repeatable', complainOfRecording))
    .addOption(
      new Option('--wave <file>', 'write the records as .csv, .npz or .wav; repeatable').argParser(collectWave).default([], 'none'),
    )
    .option('--out <dir>', 'write report.html, waves.npz, the files of `write` statements, manifest.json and result.json')
    .option('--seed <number>', 'seed of the noise', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--lane <number>', 'whose noise of the seed: another lane draws anew', wholeNumber(0, 2 ** 31 - 1), 0)
    .addOption(idealOption())
    .addOption(new Option('--backend <name>', 'what runs it (default: the fastest there is)').choices(backendNames))
    .option('--json', 'print one JSON document')
    .option('--quiet', 'nothing but errors on stderr')
    .addHelpText('after', examples)
    .action(async (file: string, options: RunOptions) => finish(await run(file, options)));
}

const examples = `
Examples:
  deltaloom run mod2.loom
  deltaloom run mod2.loom --set osr=64 --wave mod2.csv
  deltaloom run adm.loom --bench speech --out out/adm
  deltaloom run sc-mod2.loom --seed 7 --ideal mismatch,jitter
  deltaloom run adm.loom --system adm --ticks 100000 --in vin=speech.wav --json`;

async function run(file: string, options: RunOptions): Promise<ExitCode> {
  const netlist = loadNetlist(file);
  // Until all is written: files are written in one go, so a signal never leaves a part of one.
  const interrupt = watchInterrupt();
  try {
    return await runLoaded(netlist, options, interrupt.signal);
  } finally {
    interrupt.release();
  }
}

async function runLoaded(netlist: LoadedNetlist, options: RunOptions, abort: AbortSignal): Promise<ExitCode> {
  const { out, wave, quiet, seed, lane, ticks, backend } = options;
  const { library } = netlist;
  const item = findBenchItem(library, options);
  if (out !== undefined) {
    requireMakeableFolder(out);
    refuseOtherOwner(out, 'run');
  }
  wave.forEach(requireFolderOf);
  const note = (text: string): void => (quiet === true ? undefined : printNote(text));
  tellOtherBenches(library, item, options, note);

  const inputs = new Map([...options.in].map(([name, path]) => [name, { file: path }]));
  const ideal = options.ideal === true ? effects : options.ideal;
  const compile = { bench: item?.name.name, system: options.system, set: options.set, inputs, ticks, ideal };
  const prepared = prepareBench(library, compile);
  // Files are planned before the run, so that a mistake in a `write` costs nothing.
  const planned = planFiles(prepared.compiled);
  if (out === undefined && planned.length > 0) note(`not written without --out: ${planned.map((plan) => plan.file).join(', ')}`);

  const progress = quiet === true ? undefined : reportProgress(process.stderr, ticksProgress);
  const ran = await runPrepared(prepared, { seed, lane, backend, onProgress: progress?.update, abort }).finally(progress?.end);
  const encoded = encodeFiles(out === undefined ? [] : planned, ran.waveforms);
  const waves = writeWaves(wave, ran.waveforms);
  const result: BenchResult = { ...ran, warnings: [...ran.warnings, ...encoded.warnings, ...waves.errors] };
  const origin = { version, sources: netlist.sources, data: netlist.dataRead(), set: options.set, inputs: options.in };
  const document =
    out === undefined ? runDocument(result, waves.written) : await writeRunDirectory(out, result, encoded.files, origin, waves.written);
  tellResult(result, document, options, note);
  return exitCodeOf(result);
}

/** A file that cannot be written is told with the results: they are not lost to it. */
function writeWaves(
  paths: readonly string[],
  waveforms: readonly RecordedWaveform[],
): { written: string[]; errors: readonly Diagnostic[] } {
  const bag = new DiagnosticBag();
  const written = paths.filter((path) => {
    try {
      writeFileAtomic(path, encodeWaves(waveforms, waveFormatOf(path)!, path));
      return true;
    } catch (error) {
      bag.absorb(error);
      return false;
    }
  });
  return { written, errors: bag.list };
}

function tellResult(result: BenchResult, document: RunDocument, { json, quiet }: RunOptions, note: (text: string) => void): void {
  const { status, ticks, divergence, warnings } = result;
  printDiagnostics(quiet === true ? warnings.filter(({ severity }) => severity === 'error') : warnings);
  if (divergence !== undefined) {
    printNote(
      `${paintFor(process.stderr, 'red', 'error[DL701]')} ${describeDivergence(divergence)}\n  why:  ${codes.DL701}\n  help: the records before it are kept`,
    );
  }
  if (status === 'interrupted') note(`interrupted after ${ticks} ticks: measures, checks and files are of what was run`);
  if (document.files.length > 0) note(`wrote ${document.files.join(', ')}`);
  if (json === true) printJson(document);
  else printResult(runText(result));
}

/** An error of a run that went through is a measure that could not be taken (DL503) or a file that could not be written. */
function exitCodeOf({ status, checks, warnings }: BenchResult): ExitCode {
  if (status === 'diverged') return exitCodes.numerical;
  if (status === 'interrupted') return exitCodes.interrupted;
  const errors = warnings.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => code !== 'DL503')) return exitCodes.netlist;
  return errors.length === 0 && checks.every(({ pass }) => pass) ? exitCodes.ok : exitCodes.checkFailed;
}

function tellOtherBenches(library: Library, item: BenchItem | undefined, { bench }: RunOptions, note: (text: string) => void): void {
  const others = library.benches.filter((other) => other !== item).map((other) => other.name.name);
  if (bench === undefined && item !== undefined && others.length > 0)
    note(`running bench '${item.name.name}'; others: ${others.join(', ')} (--bench NAME)`);
}
