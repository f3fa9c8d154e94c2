// One point of a sweep by itself: the same numbers as in its row, with the waveforms and the reasons.

import { fail } from '../diagnostics/diagnostic.js';
import type { JudgedPoint } from '../campaign/judge-point.js';
import { PointRunner } from '../campaign/run-points.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import { describeDivergence } from '../simulate/divergence.js';
import { checkCells, measureCells } from '../plot/bench-tables.js';
import { simulate } from '../simulate/simulate.js';
import { formatQuantity } from '../units/engineering.js';
import { printDiagnostics, diagnosticDocument } from './diagnostic-output.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { requireFolderOf } from './output-folder.js';
import { checksDocument, measuresDocument, quantityDocument } from './run-document.js';
import { checkLines, measureLines } from './run-text.js';
import type { Sweep, SweepOptions } from './sweep.js';
import { alignColumns, paintFor, printJson, printNote, printResult } from './terminal.js';
import { encodeWaves, waveFormatOf } from './wave-file.js';

/** More than people read: a row of the results is found again by them. */
const digits = 7;

export async function runLane(ready: Sweep, point: number, { wave, json, quiet }: SweepOptions): Promise<ExitCode> {
  const { job, points } = ready;
  if (point >= points)
    fail('DL303', undefined, `there is no point ${point}`, {
      why: `the sweep has ${points} points, numbered from 0`,
      help: `take --lane from 0 to ${points - 1}`,
    });
  wave.forEach(requireFolderOf);
  const runner = await PointRunner.create(job, 1);
  const values = runner.valuesAt(point);
  let judged!: JudgedPoint;
  await runner.run(point, 1, (_, result, waveforms) => {
    judged = result;
    for (const path of wave) writeFileAtomic(path, encodeWaves(waveforms, waveFormatOf(path)!, path));
  });
  printDiagnostics(quiet === true ? judged.diagnostics.filter(({ severity }) => severity === 'error') : judged.diagnostics);
  if (judged.state === 'diverged') await tellDivergence(ready, point, values, wave);
  if (wave.length > 0 && quiet !== true) printNote(`wrote ${wave.join(', ')}`);
  if (json === true) printJson(laneDocument(ready, point, values, judged, runner.kernel.backend, wave));
  else printResult(laneText(ready, point, values, judged, runner.kernel.backend));
  if (judged.state === 'diverged') return exitCodes.numerical;
  return judged.state === 'done' && judged.checks.every(({ pass }) => pass) ? exitCodes.ok : exitCodes.checkFailed;
}

/** Where the point left the finite numbers: the run again, by itself. */
async function tellDivergence(
  { prepared, job, plan }: Sweep,
  point: number,
  values: readonly number[],
  wave: readonly string[],
): Promise<void> {
  const params = new Map(plan.axes.map(({ name }, i) => [name, values[i]!]));
  const { clock, ticks } = job;
  const { divergence } = await simulate(prepared.compiled.program, { clock, ticks, seed: plan.seed, lane: point, params });
  const what = divergence === undefined ? `point ${point} diverged` : describeDivergence(divergence);
  const why = 'beyond the finite numbers nothing can be measured: a loop grows without bound, or a division by zero';
  const help =
    wave.length > 0 ? `the records before it are in ${wave.join(', ')}` : 'look at the records before it: add --wave records.csv';
  printNote(`${paintFor(process.stderr, 'red', 'error[DL701]')} ${what}\n  why:  ${why}\n  help: ${help}`);
}

function laneText({ manifest, points }: Sweep, point: number, values: readonly number[], judged: JudgedPoint, backend: string): string {
  const { campaign, system, bench, seed, precision } = manifest;
  const title = (text: string): string => paintFor(process.stdout, 'bold', text);
  const section = (name: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [title(name), ...lines]);
  const taken = measureCells({ measures: judged.taken }, digits);
  return [
    title(`${system}, bench ${bench ?? ''}: point ${point} of ${points}, ${judged.state}, ${backend} ${precision}, seed ${seed}`),
    ...section(
      'parameters',
      alignColumns(campaign.axes.map(({ name, unit }, i) => [`  ${name}`, formatQuantity(values[i]!, unit, digits)])),
    ),
    ...section(
      'measures',
      measureLines(campaign.measures.map(({ name }) => taken.find((cells) => cells.name === name) ?? { name, value: '-', details: '' })),
    ),
    ...section('checks', checkLines(checkCells(judged))),
  ].join('\n');
}

function laneDocument(
  { manifest, points }: Sweep,
  point: number,
  values: readonly number[],
  { state, taken, checks, diagnostics }: JudgedPoint,
  backend: string,
  files: readonly string[],
): object {
  const { campaign, system, bench, seed, precision, ticks } = manifest;
  return {
    system,
    bench,
    backend,
    precision,
    seed,
    ticks,
    point,
    points,
    status: state,
    parameters: Object.fromEntries(campaign.axes.map(({ name, unit }, i) => [name, quantityDocument(values[i]!, unit)])),
    measures: {
      ...Object.fromEntries(campaign.measures.map(({ name, unit }) => [name, quantityDocument(NaN, unit)])),
      ...measuresDocument(taken),
    },
    checks: checksDocument(checks),
    files,
    warnings: diagnostics.map(diagnosticDocument),
  };
}
