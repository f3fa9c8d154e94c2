// Many lanes of the second-order loop: the native and the wasm backend against C by hand, in turn in one process on the
// same memory, one thread each. Every bit of the doubles is compared.

import { nativeBatchKernel } from '../../dist/backends/native/native.node.js';
import { wasmBatchKernel } from '../../dist/backends/wasm/lanes/wasm-batch-kernel.js';
import { batchProgram, batchTile, startBatchReference } from './batch-reference.mjs';
import { randomSamples } from './random-samples.mjs';
import { summarize } from './summarize.mjs';

const lanes = 4096;
const ticks = 10_000;
const warmUps = 2;
const counted = 11;

/** What the project promises: at most this ratio to C, of wasm or this time. */
const promises = { native: { ratio: 1.1 }, 'wasm f64': { ratio: 3.5, nsPerLaneTick: 0.7 } };

/** Times and ratios to C, pair by pair, with the bits of each lane kept in memory or the last states alone. Throws when a bit differs. */
export async function compareBatch({ hasRecord, hasCompiler }) {
  // The same in every run: lanes have no branches that a processor could learn.
  const samples = new Float64Array(ticks);
  randomSamples(samples, { around: 0, spread: 0.5 }, 0);
  const program = batchProgram(samples, { hasRecord });
  const sides = [
    ...(hasCompiler ? [{ name: 'native', kernel: nativeBatchKernel(program) }] : []),
    { name: 'wasm f64', kernel: wasmBatchKernel(program, 'f64') },
    { name: 'wasm f32', kernel: wasmBatchKernel(program, 'f32') },
  ];
  const reference = hasCompiler ? startBatchReference() : undefined;
  const [ours, theirs] = [batchTile(program, lanes, ticks), batchTile(program, lanes, ticks)];
  const times = new Map(['C', ...sides.map(({ name }) => name)].map((name) => [name, []]));
  const time = async (run, counts, name) => {
    const started = process.hrtime.bigint();
    await run();
    if (counts) times.get(name).push(Number(process.hrtime.bigint() - started) / lanes / ticks);
  };
  const restart = (tile) => {
    tile.states.fill(0);
    tile.position.fill(0);
  };
  for (let run = -warmUps; run < counted; run++) {
    restart(theirs);
    if (reference !== undefined) await time(() => reference(theirs, samples, ticks), run >= 0, 'C');
    for (const { name, kernel } of sides) {
      restart(ours);
      await time(() => kernel.run(ours, ticks), run >= 0, name);
      if (reference !== undefined && kernel.precision === 'f64') expectSameBits(name, ours, theirs);
    }
  }
  const results = sides.map(({ name }) => {
    const nsPerLaneTick = summarize(times.get(name));
    if (reference === undefined) return { name, nsPerLaneTick };
    const ratioToC = summarize(times.get(name).map((ns, i) => ns / times.get('C')[i]));
    const most = promises[name];
    const isWithin = most && (ratioToC.median <= most.ratio || nsPerLaneTick.median <= (most.nsPerLaneTick ?? 0));
    return { name, nsPerLaneTick, ratioToC, most, isWithin };
  });
  return {
    name: hasRecord ? 'records of every lane' : 'last states',
    lanes,
    ticks,
    runs: counted,
    cNsPerLaneTick: reference === undefined ? undefined : summarize(times.get('C')),
    results,
  };
}

function expectSameBits(name, ours, theirs) {
  const isSame = (a, b) => Buffer.from(a.buffer).equals(Buffer.from(b.buffer));
  if (!isSame(ours.states, theirs.states)) throw new Error(`${name}: states differ from C`);
  const others = theirs.records.flat();
  ours.records.flat().forEach((column, i) => {
    if (!isSame(column, others[i])) throw new Error(`${name}: the record of lane ${i} differs from C`);
  });
}
