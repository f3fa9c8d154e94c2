// The benchmark command, for a built tree: `node test/bench/run.mjs [--json] [--only PART]`. Ratios come from one run, both sides
// in turn on the same data, and every output is compared bit for bit. It measures and does not judge by its exit
// code: 1 means that bits differ or something broke, never that a machine was busy.

import { cpus } from 'node:os';
import { compareBatch } from './batches.mjs';
import { timeInterpreter } from './interpreter.mjs';
import { compareLoop, loops } from './loops.mjs';
import { stepPromises, timeTrainingSteps } from './rcnet-step.mjs';
import { findCompiler } from './reference.mjs';
import { mostPoints, pairPoints, timeMany, timeThreads } from './sweeps.mjs';
import { timeBatchThreads } from './threads.mjs';
import { mostFirstSampleMs, timeCompile, timeFirstSamples } from './startup.mjs';

const blockCounts = [1000, 10000, 100000];

const parts = ['loops', 'batches', 'threads', 'steps', 'sweeps', 'firstSample', 'interpreter', 'compile'];
const threadCases = [
  ['wasm', 100],
  ['wasm', 10_000],
  ['native', 100],
];
const isJson = process.argv.includes('--json');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
if (only !== undefined && !parts.includes(only)) throw new Error(`there is no part '${only}'; parts: ${parts.join(', ')}`);
const isWanted = (part) => only === undefined || only === part;
const say = isJson ? () => undefined : (line) => console.log(line);
const digits = (value) => (value >= 1000 ? value.toPrecision(4) : value.toFixed(2));
const spread = ({ median, min, max }) => `${digits(median)} (${digits(min)} - ${digits(max)})`;

const compiler = findCompiler();
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version, compiler };
say(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${compiler ?? 'no cc: the figures of js and wasm alone'}`);
say('medians (min - max)\n');

const results = {
  machine,
  loops: [],
  batches: [],
  threads: [],
  steps: undefined,
  sweep: undefined,
  firstSample: [],
  interpreter: [],
  compile: [],
};

for (const loop of isWanted('loops') ? loops : []) {
  const result = await compareLoop(loop, compiler !== undefined);
  results.loops.push(result);
  say(`${result.title}: ${result.runs} runs of ${result.ticks} ticks`);
  if (compiler === undefined) {
    say(`  js           ${spread(result.jsNsPerTick)} ns per tick`);
    say(`  wasm         ${spread(result.wasmNsPerTick)} ns per tick`);
    continue;
  }
  say(`  js / C       ${spread(result.ratioToC)}, at most ${result.most} wanted: ${result.isWithin ? 'reached' : 'MISSED'}`);
  say(`  wasm / C     ${spread(result.wasmRatioToC)}, at most ${result.wasmMost} wanted: ${result.isWasmWithin ? 'reached' : 'MISSED'}`);
  const wanted =
    result.mostNative === undefined ? '' : `, at most ${result.mostNative} wanted: ${result.isNativeWithin ? 'reached' : 'MISSED'}`;
  say(`  native / C   ${spread(result.nativeRatioToC)}${wanted}`);
  say(`  js / fused   ${spread(result.ratioToContractedC)}: C with -ffp-contract=fast, other bits`);
  say(`  wasm / fused ${spread(result.wasmRatioToContractedC)}`);
  say(
    `  js ${digits(result.jsNsPerTick.median)}, wasm ${digits(result.wasmNsPerTick.median)}, native ${digits(result.nativeNsPerTick.median)}, C ${digits(result.cNsPerTick.median)} ns per tick; bits equal`,
  );
}

for (const hasRecord of isWanted('batches') ? [true, false] : []) {
  const result = await compareBatch({ hasRecord, hasCompiler: compiler !== undefined });
  results.batches.push(result);
  say(`\n2nd-order loop, ${result.lanes} lanes of ${result.ticks} ticks, one thread, ${result.name}: ${result.runs} runs`);
  for (const { name, ratioToC, nsPerLaneTick, most, isWithin } of result.results) {
    const time = `${spread(nsPerLaneTick)} ns per lane and tick`;
    const or = most?.nsPerLaneTick === undefined ? '' : ` or ${most.nsPerLaneTick} ns`;
    const wanted = most === undefined ? '' : `, at most ${most.ratio}${or} wanted: ${isWithin ? 'reached' : 'MISSED'}`;
    say(ratioToC === undefined ? `  ${name} ${time}` : `  ${name} / C ${spread(ratioToC)}${wanted}; ${time}`);
  }
  if (result.cNsPerLaneTick !== undefined) say(`  C ${spread(result.cNsPerLaneTick)} ns per lane and tick; bits of doubles equal`);
}

if (isWanted('firstSample')) say('\nnetlist text to first sample, 20 blocks, ms');
for (const result of isWanted('firstSample') ? await timeFirstSamples() : []) {
  results.firstSample.push({ ...result, most: mostFirstSampleMs });
  const isWithin = (ms) => (ms.median <= mostFirstSampleMs ? 'reached' : 'MISSED');
  say(`  ${result.name}: warm ${spread(result.warmMs)}, at most ${mostFirstSampleMs} wanted: ${isWithin(result.warmMs)}`);
  say(`    cold, library loaded: ${spread(result.coldMs)}: ${isWithin(result.coldMs)}; loading it: ${spread(result.coldLoadMs)}`);
}

if (isWanted('interpreter')) say('\ninterpreter, events per second');
for (const loop of isWanted('interpreter') ? loops : []) {
  const result = timeInterpreter(loop);
  results.interpreter.push(result);
  say(`  ${result.name}: ${spread(result.eventsPerSecond)}`);
}

if (isWanted('compile')) say('\ntext to js kernel, ms: reading, scheduling, emitting');
for (const blocks of isWanted('compile') ? blockCounts : []) {
  const result = timeCompile(blocks);
  results.compile.push(result);
  say(`  ${blocks} blocks: ${[result.readMs, result.scheduleMs, result.emitMs].map((ms) => ms.toFixed(0)).join(', ')}`);
}

if (isWanted('threads')) say('\nlanes in worker threads, 2nd-order loop');
for (const [backend, rows] of isWanted('threads') ? threadCases.filter(([name]) => name !== 'native' || compiler !== undefined) : []) {
  const result = await timeBatchThreads({ backend, rows });
  results.threads.push(result);
  const [one, two] = result.nsPerLaneTick.map(({ median }) => digits(median));
  const wanted = `at least ${result.least} wanted: ${result.isWithin ? 'reached' : 'MISSED'}`;
  say(
    `  ${backend}, ${rows} rows of ${result.ticks} kept: two / one ${spread(result.gain)}, ${wanted}; ${one}, ${two} ns per lane and tick`,
  );
}

if (isWanted('steps')) {
  const result = await timeTrainingSteps({ hasCompiler: compiler !== undefined });
  results.steps = result;
  const { mostToC, leastToTensors, leastThreadGain } = stepPromises;
  const judge = (isWithin) => (isWithin ? 'reached' : 'MISSED');
  say(`\none step of training, RCNet of 3 cells, ${result.ticks} cycles, ${result.lanes} lanes, noise: ${result.runs} runs`);
  for (const { name, ms, ratioToC, difference } of result.steps) {
    const toC = ratioToC === undefined || name === 'C f32, plain' ? '' : `, / plain C f32 ${spread(ratioToC)}`;
    const isPromised = name === 'wasm f32' && ratioToC !== undefined;
    const wanted = isPromised ? `, at most ${mostToC} wanted: ${judge(ratioToC.median <= mostToC)}` : '';
    say(`  ${name}: ${spread(ms)} ms${toC}${wanted}; gradient within ${difference.toExponential(0)}`);
  }
  const { threadGain, tensors } = result;
  say(`  one thread / two ${spread(threadGain)}, at least ${leastThreadGain} wanted: ${judge(threadGain.median >= leastThreadGain)}`);
  for (const { name, ms, ratioToOurs, difference } of tensors ?? [])
    say(`  tfjs op by op, ${name}: ${spread(ms)} ms, / wasm f32 ${spread(ratioToOurs)}; gradient within ${difference.toExponential(0)}`);
  if (tensors === undefined) say('  tfjs op by op: skipped, @tensorflow/tfjs-core is not installed');
  else {
    const least = Math.min(...tensors.map(({ ratioToOurs }) => ratioToOurs.median));
    say(`  the fastest tfjs / wasm f32 ${digits(least)}, at least ${leastToTensors} wanted: ${judge(least >= leastToTensors)}`);
  }
}

if (isWanted('sweeps')) {
  say(`\nsweep, fifth order, 8192 ticks and two measures a point`);
  const many = timeMany();
  const threads = timeThreads();
  results.sweep = { threads, many };
  say(`  two threads / one, ${pairPoints} points: ${spread(threads.speedup)}`);
  say(`  ${mostPoints} points: ${digits(many.seconds)} s, ${digits(many.pointsPerSecond)} points per second`);
  say(`  memory at 1000 points ${digits(many.fewRssMiB)} MiB, at ${mostPoints} points ${digits(many.manyRssMiB)} MiB`);
}

if (isJson) console.log(JSON.stringify(results, undefined, 2));
