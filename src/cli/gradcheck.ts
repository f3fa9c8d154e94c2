// The verb `gradcheck`: derivatives of a bench's record by the parameters, by both modes and by differences.

import { Option, type Command } from 'commander';
import { prepareBench } from '../analysis/run-bench.js';
import { batchBackendNames, type BatchBackendName } from '../backends/compile-batch.js';
import { fail } from '../diagnostics/diagnostic.js';
import { formatDiagnostic } from '../diagnostics/format.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { noiseValues } from '../ir/noise.js';
import { checkGradient, differentiableParams, slopesOfMeanSquare, type ParameterGradient } from '../optimize/check-gradient.js';
import { describeNonFinite, findNonFinite } from '../optimize/find-non-finite.js';
import { gradientModes, type GradientMode } from '../optimize/gradients.js';
import { runLength } from '../simulate/run-length.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { loadNetlist } from './load-netlist.js';
import { wholeNumber } from './option-values.js';
import { addSelection, findBenchItem, type SelectionOptions } from './selection.js';
import { alignColumns, printJson, printNote, printResult } from './terminal.js';

interface GradcheckOptions extends SelectionOptions {
  readonly ticks?: number;
  readonly of?: string;
  readonly by: readonly string[];
  readonly seed: number;
  readonly backend?: BatchBackendName;
  readonly mode?: GradientMode;
  readonly json?: true;
}

export function addGradcheck(program: Command, finish: (code: ExitCode) => void): void {
  const command = program.command('gradcheck').summary('hold gradients against differences').argument('<file>', 'netlist (.loom or .yaml)');
  addSelection(
    command.description(
      "Differentiates the mean square of a bench's record by its parameters, by gradients and by differences, and compares.",
    ),
  )
    .option('--of <record>', 'the record (default: the first real one that is an output)')
    .addOption(
      new Option('--by <parameter>', 'a parameter; repeatable (default: all)')
        .argParser((name: string, names: readonly string[]) => [...names, name])
        .default([], 'all'),
    )
    .option('--ticks <count>', "ticks to run instead of the bench's own length", wholeNumber(1, 2 ** 30))
    .option('--seed <number>', 'seed of the noise', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .addOption(new Option('--backend <name>', 'what runs both (default: wasm)').choices(batchBackendNames.filter((name) => name !== 'gpu')))
    .addOption(
      new Option('--mode <name>', 'gradients of one mode only (default: both, held against each other, too)').choices(gradientModes),
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Verdicts: agrees, differs (exit status 1), jumps (a decision flips within the step of the difference), not finite.

Examples:
  deltaloom gradcheck filter.loom --of y --by x1.gain --ticks 200`,
    )
    .action(async (file: string, options: GradcheckOptions) => finish(await gradcheck(file, options)));
}

async function gradcheck(file: string, options: GradcheckOptions): Promise<ExitCode> {
  const { library } = loadNetlist(file);
  const { system, set, seed, backend, mode, by, json } = options;
  const bench = findBenchItem(library, options)?.name.name;
  const prepared = prepareBench(library, { bench, system, set, ticks: options.ticks });
  const { program, graph } = prepared.compiled;
  const { clock, ticks } = runLength(prepared.compiled, prepared.ticks);
  const real = program.records.filter(({ type }) => type === 'real').map(({ name }) => name);
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const isOutput = (name: string): boolean => outputs.has(name.replace(/\[\d+\]$/, ''));
  const record =
    options.of ?? real.find(isOutput) ?? real[0] ?? fail('DL505', undefined, 'no real signal is recorded', { help: 'add: record y' });
  if (!real.includes(record)) fail('DL201', undefined, `there is no real record '${record}'`, { help: didYouMean(record, real) });
  const structural = new Set(prepared.compiled.graph.params.filter((param) => param.structural).map(({ name }) => name));
  const known = differentiableParams(program).flatMap(({ name }) => (structural.has(name) ? [] : [name]));
  for (const name of by)
    if (!known.includes(name)) fail('DL306', undefined, `there is no tunable parameter '${name}'`, { help: didYouMean(name, known) });
  const results = await checkGradient(program, { clock, ticks, record, seed, backend, mode, parameters: by.length > 0 ? by : known });
  const isWild = results.some(({ verdict }) => verdict === 'not finite');
  if (isWild) {
    const values = noiseValues(seed);
    const params = Float64Array.from(program.params, ({ name, value }) => values.get(name) ?? value);
    const learned = results.map(({ name }) => name);
    const found = findNonFinite(program, {
      learned,
      objectives: [record],
      clock,
      ticks,
      lanes: 1,
      params,
      seed: slopesOfMeanSquare,
      graph,
    });
    printNote(found === undefined ? 'run and gradient are finite: a difference is not' : formatDiagnostic(describeNonFinite(found)));
  }
  if (json === true) printJson({ record, ticks, seed, parameters: results.map(documentOf) });
  else printResult(resultText(record, ticks, results));
  if (isWild) return exitCodes.numerical;
  return results.some(({ verdict }) => verdict === 'differs') ? exitCodes.checkFailed : exitCodes.ok;
}

/** JSON has finite numbers only. */
const documentOf = (result: ParameterGradient): object =>
  Object.fromEntries(
    Object.entries(result).map(([name, value]) => [name, typeof value === 'number' && !Number.isFinite(value) ? String(value) : value]),
  );

function resultText(record: string, ticks: number, results: readonly ParameterGradient[]): string {
  const modes = gradientModes.filter((mode) => results[0]?.[mode] !== undefined);
  const rows = results.map((result) => [
    `  ${result.name}`,
    result.value.toPrecision(6),
    ...modes.map((mode) => result[mode]!.toPrecision(9)),
    result.difference.toPrecision(9),
    result.distance.toExponential(1),
    result.verdict,
  ]);
  const head = ['  parameter', 'value', ...modes, 'difference', 'distance', 'verdict'];
  return [`mean square of ${record} over ${ticks} ticks, derivatives in SI units`, ...alignColumns([head, ...rows])].join('\n');
}
