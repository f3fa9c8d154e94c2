// What a second thread brings to lanes: a batch of the second-order loop in one worker thread and in two, in turn, with the
// bits of every lane kept in shared memory or one row in a hundred.

import { compileNetlist, loadText, openBatch } from '../../dist/index.node.js';
import { summarize } from './summarize.mjs';

const lanes = 4096;
const ticks = 10_000;
const warmUps = 3;
const counted = 15;
/** What a second thread is wanted to bring. */
export const leastThreadGain = 1.8;

const netlist = (rows) => `system loop(g1 = 0.5, g2 = 0.5) {
  clock clk = 1MHz
  clock kept = clk / ${ticks / rows}
  input u
  x1 = integrator(u - v, gain: g1) @ clk
  x2 = integrator(x1 - v, gain: g2) @ clk
  v  = quantizer(x2, levels: 2, full_scale: 1)
  output v
}
bench loop {
  u = sine(freq: 1kHz, amplitude: 0.5)
  run ${ticks} ticks of clk
  record v @ kept
}`;

/** Times of one run and the ratio of one thread's to two threads'. */
export async function timeBatchThreads({ rows, backend }) {
  const compiled = compileNetlist(loadText(netlist(rows)), {});
  const spread = (from, to) => Float64Array.from({ length: lanes }, (_, lane) => from + ((to - from) * lane) / lanes);
  const params = new Map([
    ['g1', spread(0.4, 0.6)],
    ['g2', spread(0.6, 0.4)],
  ]);
  const batches = await Promise.all([1, 2].map((threads) => openBatch(compiled, [...params.keys()], { lanes, threads, backend })));
  const times = [[], []];
  for (let run = -warmUps; run < counted; run++) {
    for (const [i, batch] of batches.entries()) {
      const started = performance.now();
      await batch.run(params);
      if (run >= 0) times[i].push(performance.now() - started);
    }
  }
  await Promise.all(batches.map((batch) => batch.close()));
  const gain = summarize(times[0].map((one, i) => one / times[1][i]));
  const nsPerLaneTick = times.map((list) => summarize(list.map((ms) => (1e6 * ms) / lanes / ticks)));
  return {
    backend,
    rows,
    lanes,
    ticks,
    runs: counted,
    gain,
    nsPerLaneTick,
    least: leastThreadGain,
    isWithin: gain.median >= leastThreadGain,
  };
}
