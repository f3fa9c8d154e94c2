// Lanes in WebAssembly against C by hand, one thread each: the second-order loop with an input and two gains of its own
// in each lane. Both sides run in turn, and every bit of the doubles is compared. C keeps its records tick by tick, as
// suits it, or lane by lane, as a tile does.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTile } from '../../dist/backends/batch.js';
import { wasmBatchKernel } from '../../dist/backends/wasm/lanes/wasm-batch-kernel.js';
import { loadFile } from '../../dist/index.node.js';
import { specialize } from '../../dist/ir/specialize.js';
import { compileSystem } from '../../dist/simulate/compile-netlist.js';
import { netlistPath } from './loops.mjs';
import { summarize } from './summarize.mjs';

const lanes = 4096;
const ticks = 10000;
/** With records: long runs, which memory bounds. Without: short ones, most of which are not interrupted. */
const withRecords = { lanes, warmUps: 1, counted: 7 };
const without = { lanes: 256, warmUps: 20, counted: 101 };
/** In the order in which C reads them. */
const varied = ['u', 'x1.gain', 'x2.gain'];

/** What the project promises of doubles: the one or the other. */
const most = { ratio: 3.5, nsPerLaneTick: 0.7 };

/** Nanoseconds per lane and tick, and ratios to C, pair by pair; nothing of C without a compiler. Throws when a bit differs. */
export async function compareBatch(hasCompiler) {
  const { program: open } = compileSystem(loadFile(netlistPath('mod2.loom')));
  const program = specialize(open, new Map(), new Set(varied));
  const columns = Array.from({ length: lanes }, () => new Float64Array(ticks).fill(NaN));
  const c = hasCompiler ? startReference() : undefined;
  const kept = await compareSides(program, withRecords, [columns], c, ['rows', 'columns']);
  const states = await compareSides(withoutRecords(program), without, [], c, ['none']);
  c?.stop();
  return {
    lanes,
    ticks,
    perLaneTick: { ...states.perLaneTick, ...kept.perLaneTick },
    ratios: { ...states.ratios, ...kept.ratios },
    most,
  };
}

/** Runs both precisions and C in turn; `hows` are the ways in which C keeps what the Program records. */
async function compareSides(program, { lanes: count, warmUps, counted }, records, c, hows) {
  const params = laneParams(count);
  const ordered = Float64Array.from(program.params.flatMap(({ name }) => [...params[name]]));
  const what = records.length === 0 ? 'final states' : 'records';
  const sides = ['f64', 'f32'].map((precision) => ({ name: `${precision}, ${what}`, kernel: wasmBatchKernel(program, precision) }));
  const ways = c === undefined ? [] : hows.map((how) => ({ name: `C, ${what}${how === 'none' ? '' : ` in ${how}`}`, how }));
  const times = new Map([...sides, ...ways].map(({ name }) => [name, []]));
  for (let round = -warmUps; round < counted; round++) {
    const expected = [];
    const note = (name, ns) => round >= 0 && times.get(name).push(ns / count / ticks);
    for (const { name, how } of ways) {
      const result = await c.run(how, count);
      expected.push(result);
      note(name, result.ns);
    }
    for (const { name, kernel } of sides) {
      const tile = createTile(program, count, records, ordered);
      const started = process.hrtime.bigint();
      await kernel.run(tile, ticks);
      note(name, Number(process.hrtime.bigint() - started));
      if (kernel.precision === 'f64' && (round < 0 || records.length === 0)) expectSameBits(name, tile, expected);
    }
  }
  const perLaneTick = Object.fromEntries([...times].map(([name, list]) => [name, summarize(list)]));
  const compare = ({ name: side, kernel }, way) => {
    const ratio = summarize(times.get(side).map((ns, i) => ns / times.get(way)[i]));
    const isWithin = ratio.median <= most.ratio || perLaneTick[side].median <= most.nsPerLaneTick;
    return [`${side} / ${way}`, kernel.precision === 'f64' ? { ...ratio, isWithin } : ratio];
  };
  return { perLaneTick, ratios: Object.fromEntries(sides.flatMap((side) => ways.map(({ name }) => compare(side, name)))) };
}

const withoutRecords = (program) => ({
  ...program,
  records: [],
  events: program.events.map((event) => ({ ...event, actions: event.actions.filter((action) => action.do !== 'record') })),
});

/** Of the first lanes. */
function laneParams(count) {
  const spread = (from, to) => Float64Array.from({ length: count }, (_, lane) => from + ((to - from) * lane) / lanes);
  return { u: spread(-0.5, 0.5), 'x1.gain': spread(0.4, 0.6), 'x2.gain': spread(0.6, 0.4) };
}

/** The second states, and the bit-streams where they are kept, are those of C. */
function expectSameBits(name, tile, expected) {
  const x2 = tile.states.subarray(tile.lanes, 2 * tile.lanes);
  const bits = tile.records.flat();
  const hash = bits.reduce((sum, column) => column.reduce((h, v) => (Math.imul(h, 31) + (v > 0 ? 1 : 0)) | 0, sum), 0) >>> 0;
  for (const { how, result, hash: other } of expected) {
    if (!Buffer.from(x2.buffer, x2.byteOffset, x2.byteLength).equals(result))
      throw new Error(`${name}: states differ from those of C, ${how}`);
    if (hash !== other) throw new Error(`${name}: bits differ from those of C, ${how}`);
  }
}

/** The C reference, compiled on the spot, in a process of its own that is asked for one run at a time. */
function startReference() {
  const params = laneParams(lanes);
  const folder = mkdtempSync(join(tmpdir(), 'deltaloom-bench-'));
  const [program, from, to] = ['lanes', 'in', 'out'].map((file) => join(folder, file));
  const source = fileURLToPath(new URL('c/mod2-lanes.c', import.meta.url));
  execFileSync('cc', ['-O3', '-march=native', '-ffp-contract=off', '-o', program, source]);
  writeFileSync(from, Buffer.concat(varied.map((name) => Buffer.from(params[name].buffer))));
  const child = spawn(program, [String(lanes), String(ticks), from, to], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(how, count) {
      child.stdin.write(`${how} ${count}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('the C reference of lanes ended early');
      const [ns, hash] = value.split(' ').map(Number);
      return { how, ns, hash, result: readFileSync(to) };
    },
    stop() {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}
