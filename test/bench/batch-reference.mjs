// Many lanes of the second-order loop: the Program, and the same in C by hand, loaded into this process.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileNetlist, loadFile } from '../../dist/index.node.js';
import { loadLibrary } from '../../dist/backends/native/library.node.js';
import { emitModule } from '../../dist/backends/native/node-api.js';
import { createTile } from '../../dist/backends/batch.js';
import { specialize } from '../../dist/ir/specialize.js';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The loop with the samples as its input, and both gains to be had by lane; without its record where only states are wanted. */
export function batchProgram(samples, { hasRecord }) {
  const source = { rateHz: 1, channels: [samples], names: ['u'], clock: 'clk' };
  const { program } = compileNetlist(loadFile(path('netlists/mod2.loom')), { inputs: new Map([['u', { samples: source }]]) });
  const special = specialize(program, new Map(), new Set(['x1.gain', 'x2.gain']));
  if (hasRecord) return special;
  const events = special.events.map((event) => ({ ...event, actions: event.actions.filter((action) => action.do !== 'record') }));
  return { ...special, records: [], events };
}

/** A tile of the loop whose lanes have gains from 0.4 to 0.6. */
export function batchTile(program, lanes, ticks) {
  const columns = program.records.map(() => Array.from({ length: lanes }, () => new Float64Array(ticks)));
  const params = new Float64Array(2 * lanes).map((_, i) => 0.5 + 0.1 * Math.sin(i));
  return createTile(program, lanes, columns, params);
}

/** Runs a tile of the loop, before its first event, for so many ticks in C. */
export function startBatchReference() {
  const names = ['batch_mod2', 'batch_mod2_states'];
  const { run } = loadLibrary([emitModule(names), readFileSync(path('c/batch-mod2.c'), 'utf8')], 3);
  return ({ lanes, params, states, records, position }, samples, ticks) =>
    run(records.length > 0 ? 0 : 1, [position, params, states, samples, ...records.flat()], ticks, lanes);
}
