// Many lanes of the native backend against C by hand, in turn in one process on the same memory.

import { nativeBatchKernel } from '../../dist/backends/native/native.node.js';
import { batchProgram, batchTile, startBatchReference } from './batch-reference.mjs';
import { randomSamples } from './random-samples.mjs';
import { summarize } from './summarize.mjs';

const lanes = 4096;
const ticks = 10_000;
const warmUps = 2;
const counted = 11;
/** The ratio to C that the project promises. */
export const mostBatchRatio = 1.1;

/** Ratios, pair by pair, with the bits of each lane kept in memory or the last states alone. Throws when a bit differs. */
export async function compareBatch({ hasRecord }) {
  const samples = new Float64Array(ticks);
  const program = batchProgram(samples, { hasRecord });
  const kernel = nativeBatchKernel(program);
  const reference = startBatchReference();
  const [ours, theirs] = [batchTile(program, lanes, ticks), batchTile(program, lanes, ticks)];
  const times = { native: [], c: [] };
  for (let run = -warmUps; run < counted; run++) {
    randomSamples(samples, { around: 0, spread: 0.5 }, run);
    for (const tile of [ours, theirs]) {
      tile.states.fill(0);
      tile.position.fill(0);
    }
    const started = process.hrtime.bigint();
    reference(theirs, samples, ticks);
    const between = process.hrtime.bigint();
    await kernel.run(ours, ticks);
    const ended = process.hrtime.bigint();
    expectSameBits(ours, theirs);
    if (run < 0) continue;
    times.c.push(Number(between - started));
    times.native.push(Number(ended - between));
  }
  const perLaneTick = (list) => summarize(list.map((ns) => ns / lanes / ticks));
  const ratio = summarize(times.native.map((ns, i) => ns / times.c[i]));
  return {
    name: hasRecord ? 'records of every lane' : 'last states',
    lanes,
    ticks,
    runs: counted,
    nsPerLaneTick: perLaneTick(times.native),
    cNsPerLaneTick: perLaneTick(times.c),
    ratioToC: ratio,
    most: mostBatchRatio,
    isWithin: ratio.median <= mostBatchRatio,
  };
}

function expectSameBits(ours, theirs) {
  const isSame = (a, b) => Buffer.from(a.buffer).equals(Buffer.from(b.buffer));
  if (!isSame(ours.states, theirs.states)) throw new Error('batch: states differ from C');
  ours.records.flat().forEach((column, i) => {
    if (!isSame(column, theirs.records.flat()[i])) throw new Error(`batch: the record of lane ${i} differs from C`);
  });
}
