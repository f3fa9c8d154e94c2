// The verb `optimize`: learns parameters by an optimize item of a netlist, from many starts, and writes the netlist with what
// was learned. The same command goes on where an earlier one stopped.

import { Option, type Command } from 'commander';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { lockFolder } from '../campaign/folder-lock.node.js';
import { planVariants } from '../campaign/optimization/check-optimizations.js';
import { claimOptimizationFolder, clearOptimizationFolder, refuseOwnSource } from '../campaign/optimization/optimization-folder.node.js';
import { makeOptimizationManifest, optimizationFiles, type OptimizationManifest } from '../campaign/optimization/optimization-manifest.js';
import type { OptimizationSummary } from '../campaign/optimization/optimization-summary.js';
import { makeRestartFolders } from '../campaign/optimization/restart-store.node.js';
import { runOptimization } from '../campaign/optimization/run-optimization.node.js';
import { readOptimizationSummary, writeOptimization } from '../campaign/optimization/write-optimization.node.js';
import { outlineOptimization, type OptimizationOutline } from '../optimize/plan/outline-optimization.js';
import type { OptimizationPlan } from '../optimize/plan/plan-optimization.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { formatQuantity } from '../units/engineering.js';
import { printDiagnostics } from './diagnostic-output.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { watchInterrupt } from './interrupt.js';
import { loadNetlist, type LoadedNetlist } from './load-netlist.js';
import { wholeNumber } from './option-values.js';
import { makeFolder, requireMakeableFolder } from './output-folder.js';
import { optimizationProgress, reportProgress } from './progress.js';
import { alignColumns, printJson, printNote, printResult } from './terminal.js';
import { version } from './version.js';

const backends = ['wasm', 'js', 'native', 'interpret'] as const;

interface OptimizeOptions {
  readonly item?: string;
  readonly restarts?: number;
  readonly finalists?: number;
  readonly seed: number;
  readonly threads?: number;
  readonly backend: (typeof backends)[number];
  readonly out?: string;
  readonly restart?: true;
  readonly json?: true;
  readonly quiet?: true;
}

export function addOptimize(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('optimize')
    .summary('learn parameters of a netlist by gradient')
    .argument('<file>', 'netlist (.loom or .yaml) with an optimize item')
    .description(
      'Learns parameters as an optimize item says, and writes the netlist with what was learned. The same command goes on where it stopped.',
    )
    .option('--item <name>', 'the optimize item (default: the only one)')
    .option('--restarts <count>', "starts instead of the item's own number", wholeNumber(1, 2 ** 24))
    .option('--finalists <count>', "restarts that are finished instead of the item's own number", wholeNumber(1, 2 ** 24))
    .option('--seed <number>', 'seed of starts, data and noise', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--threads <count>', "worker threads (default: the machine's cores)", wholeNumber(1, 1024))
    .addOption(new Option('--backend <name>', 'what runs it').choices(backends).default('wasm'))
    .option('--out <dir>', 'folder of the results (default: optimized/ITEM)')
    .option('--restart', 'throw away what another optimization left in the folder')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'nothing but errors on stderr')
    .addHelpText(
      'after',
      `
Examples:
  deltaloom optimize filter.loom
  deltaloom optimize rcnet.loom --item rcnet3 --restarts 200 --seed 1 --out out/rcnet3`,
    )
    .action(async (file: string, options: OptimizeOptions) => finish(await optimize(file, options)));
}

/** What is to be run: checked before any training. */
interface Ready {
  readonly outline: OptimizationOutline;
  readonly plans: readonly OptimizationPlan[];
  /** Each once. */
  readonly warnings: readonly Diagnostic[];
  readonly finalists: number;
  readonly restarts: number;
}

async function optimize(file: string, options: OptimizeOptions): Promise<ExitCode> {
  const netlist = loadNetlist(file);
  const ready = prepare(netlist, options);
  const { outline, warnings, restarts, finalists } = ready;
  const { seed, backend, quiet, out = join('optimized', outline.item.name.name) } = options;
  if (quiet !== true) printDiagnostics(warnings);
  const item = outline.item.name.name;
  const manifest = await makeOptimizationManifest(
    { item, restarts, finalists, seed, backend },
    { version, sources: netlist.sources, data: netlist.dataRead() },
  );
  refuseOwnSource(out, netlist.sources);
  requireMakeableFolder(out);
  makeFolder(out);
  const lock = lockFolder(out);
  const interrupt = watchInterrupt();
  try {
    if (options.restart === true) clearOptimizationFolder(out, netlist.library.path);
    claimOptimizationFolder(out, manifest);
    const summary = existsSync(join(out, optimizationFiles.summary)) ? readOptimizationSummary(out) : undefined;
    // Results that are missing are made again from the restarts.
    if (summary?.files.every((name) => existsSync(join(out, name))) === true) {
      if (quiet !== true) printNote(`'${out}' has the results of this optimization already`);
      return tell(summary, ready, options);
    }
    makeRestartFolders(out);
    return await train(netlist, ready, manifest, { ...options, out }, interrupt.signal);
  } finally {
    interrupt.release();
    lock.release();
  }
}

function prepare({ library }: LoadedNetlist, options: OptimizeOptions): Ready {
  const outline = outlineOptimization(library, options.item);
  const restarts = options.restarts ?? outline.restarts;
  // Combinations that no restart gets are not checked.
  const { plans, warnings } = planVariants(library, outline, restarts, options.seed);
  const wanted = Math.min(restarts, options.finalists ?? outline.finalists);
  return { outline, plans, warnings, restarts, finalists: plans[0]!.finish.length === 0 ? 0 : wanted };
}

async function train(
  netlist: LoadedNetlist,
  ready: Ready,
  manifest: OptimizationManifest,
  { seed, backend, quiet, out, threads = availableParallelism(), ...options }: OptimizeOptions & { readonly out: string },
  abort: AbortSignal,
): Promise<ExitCode> {
  const { outline, plans, restarts, finalists } = ready;
  const { library } = netlist;
  const reads = new Map([...netlist.sources, ...netlist.dataRead()].map(({ path, bytes }) => [path, bytes]));
  const progress = quiet === true ? undefined : reportProgress(process.stderr, optimizationProgress);
  const results = await runOptimization(
    { path: library.path, reads, folder: out, item: outline.item.name.name, seed, backend },
    { restarts, variants: outline.variants.length, finalists, threads },
    {
      ...(progress === undefined ? {} : { onProgress: progress.update }),
      onDeath: (reason, restart) => printNote(`a worker thread died (${reason}); restart ${restart} goes on from its checkpoint`),
    },
    abort,
  ).finally(progress?.end);
  if (results === undefined) {
    if (quiet !== true) printNote('stopped: the same command goes on from there');
    return exitCodes.interrupted;
  }
  const summary = writeOptimization(out, { library, manifest, outline, plans }, results);
  if (quiet !== true) printNote(`wrote ${[...summary.files, optimizationFiles.summary].map((name) => join(out, name)).join(', ')}`);
  return tell(summary, ready, { seed, backend, out, ...options });
}

/** A run in which every restart failed has no numbers to show. */
function tell(summary: OptimizationSummary, { plans }: Ready, { json }: OptimizeOptions): ExitCode {
  if (json === true) printJson(summary);
  else printResult(summaryText(summary, plans[0]!));
  return summary.best === undefined ? exitCodes.numerical : exitCodes.ok;
}

function summaryText({ item, restarts, failures, failure, best }: OptimizationSummary, { terms }: OptimizationPlan): string {
  const count = `${item}: ${restarts} restart${restarts === 1 ? '' : 's'}${failures === 0 ? '' : `, ${failures} failed`}`;
  const failed =
    failure === undefined
      ? []
      : [`first failure: restart ${failure.restart}${failure.phase === 'finish' ? ', while it was finished' : ''}: ${failure.reason}`];
  if (best === undefined) return [count, 'no restart came to an end', ...failed].join('\n');
  const varied = Object.entries(best.varied).map(([name, value]) => `${name} = ${value}`);
  const quantity = (value: number | null | undefined, unit: string): string => formatQuantity(value ?? NaN, unit);
  const rows = [
    ['  loss', best.loss.toPrecision(6), 'minimized'],
    ...terms.map(({ name, unit }) => [`  ${name}`, quantity(best.terms[name], unit), 'objective']),
    ...best.measures.map(({ name, value, unit }) => [`  ${name}`, quantity(value, unit), 'measure']),
  ];
  const which = `best: restart ${best.restart}${best.phase === 'finish' ? ', finished' : ''}${varied.length === 0 ? '' : ` (${varied.join(', ')})`}`;
  return [count, ...failed, which, ...alignColumns(rows)].join('\n');
}
