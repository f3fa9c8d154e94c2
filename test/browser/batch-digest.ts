// A batch whose lanes differ in every parameter, run on the default backend, as a few numbers that Node and a browser
// must agree on.

import { createTile } from '../../src/backends/batch.js';
import { compileBatch } from '../../src/backends/compile-batch.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import type { Library } from '../../src/netlist/library.js';

export interface BatchDigest {
  readonly backend: string;
  /** Of each lane's records, their bytes summed up. */
  readonly lanes: readonly number[];
}

const lanes = 19;
const ticks = 500;

export async function digestBatch(library: Library): Promise<BatchDigest> {
  const { program } = compileNetlist(library);
  const kernel = await compileBatch(program);
  const records = program.records.map(() => Array.from({ length: lanes }, () => new Float64Array(ticks)));
  // Powers of two and their sums: no function of the engine has a part in the parameters.
  const params = program.params.flatMap(({ value }) => Array.from({ length: lanes }, (_, lane) => value * (1 + lane / 1024)));
  const tile = createTile(program, lanes, records, Float64Array.from(params));
  await kernel.run(tile, ticks * program.clocks[0]!.period);
  const digestOf = (lane: number): number =>
    records.reduce(
      (sum, columns) => new Uint8Array(columns[lane]!.buffer).reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, sum),
      0,
    );
  return { backend: kernel.backend, lanes: Array.from({ length: lanes }, (_, lane) => digestOf(lane)) };
}
