// Emitted JavaScript, WebAssembly and the native backend against C by hand: three loops, fresh data each run, one run
// side by side, in turn. References run in processes of their own and time the loop alone there.

import { fileURLToPath } from 'node:url';
import { createMachine } from '../../dist/backends/kernel.js';
import { jsKernel } from '../../dist/backends/js/compile.js';
import { nativeKernel } from '../../dist/backends/native/native.node.js';
import { wasmKernel } from '../../dist/backends/wasm/compile.js';
import { compileNetlist, loadFile } from '../../dist/index.node.js';
import { specialize } from '../../dist/ir/specialize.js';
import { randomSamples } from './random-samples.mjs';
import { startReference } from './reference.mjs';
import { summarize } from './summarize.mjs';

export const netlistPath = (name) => fileURLToPath(new URL(`netlists/${name}`, import.meta.url));

/** `most`, `wasmMost`, `mostNative`: the ratios to C that the project promises; none for native where the reference is of another shape. Samples are uniform within `around` ± `spread`. */
export const loops = [
  { name: 'mod2', title: '2nd-order loop', input: 'u', around: 0, spread: 0.5, most: 1.5, wasmMost: 1.35, mostNative: 1.05 },
  {
    name: 'interpolative5',
    title: '5th-order state space',
    input: 'u',
    around: 0,
    spread: 0.02,
    most: 2.2,
    wasmMost: 1.35,
    mostNative: 1.05,
  },
  { name: 'adm', title: 'adaptive delta modulator', input: 'vin', around: 1.5, spread: 1, most: 2, wasmMost: 2 },
];

/** One piece of a run, as the simulator cuts it: short enough that most are not interrupted. */
const ticks = 65536;
const warmUps = 40;
const counted = 201;

/** The loop's Program with `samples`, one for each tick, as its input. */
export function loopProgram({ name, input }, samples) {
  const source = { rateHz: 1, channels: [samples], names: [input], clock: 'clk' };
  const { program } = compileNetlist(loadFile(netlistPath(`${name}.loom`)), { inputs: new Map([[input, { samples: source }]]) });
  return specialize(program, new Map(), new Set());
}

/** Nanoseconds per tick and ratios, pair by pair. Throws when a bit differs. */
export async function compareLoop(loop, hasCompiler) {
  const samples = new Float64Array(ticks);
  const program = loopProgram(loop, samples);
  const js = jsKernel(program);
  const wasm = wasmKernel(program);
  const records = program.records.map(() => new Float64Array(ticks));
  const end = ticks * program.clocks[0].period;
  const start = (contract) => startReference(loop.name, { ticks, columns: records.length, contract });
  const [exact, contracted] = hasCompiler ? [await start(false), await start(true)] : [];

  const native = hasCompiler ? nativeKernel(program) : undefined;

  /** Nanoseconds of a run from the start; its outputs are compared with those of C. */
  const time = (kernel) => {
    const machine = createMachine(program, records);
    for (const column of records) column.fill(NaN);
    const started = process.hrtime.bigint();
    kernel.run(machine, end);
    const elapsed = Number(process.hrtime.bigint() - started);
    if (exact !== undefined) expectSameBits(loop.name, kernel.backend, records, exact.result());
    return elapsed;
  };

  const times = { js: [], wasm: [], c: [], contracted: [], native: [] };
  for (let run = -warmUps; run < counted; run++) {
    randomSamples(samples, loop, run);
    const c = await exact?.run(samples);
    wasm.loadData();
    const jsTime = time(js);
    const compiled = native === undefined ? undefined : time(native);
    const wasmTime = time(wasm);
    const fused = await contracted?.run(samples);
    if (run < 0) continue;
    times.js.push(jsTime);
    times.wasm.push(wasmTime);
    times.c.push(c);
    times.contracted.push(fused);
    times.native.push(compiled);
  }
  exact?.stop();
  contracted?.stop();

  const perTick = (list) => summarize(list.map((ns) => ns / ticks));
  const result = {
    name: loop.name,
    title: loop.title,
    ticks,
    runs: counted,
    jsNsPerTick: perTick(times.js),
    wasmNsPerTick: perTick(times.wasm),
  };
  if (!hasCompiler) return result;
  const ratio = (times, list) => summarize(times.map((ns, i) => ns / list[i]));
  const toC = ratio(times.js, times.c);
  const wasmToC = ratio(times.wasm, times.c);
  const nativeToC = ratio(times.native, times.c);
  return {
    ...result,
    cNsPerTick: perTick(times.c),
    ratioToC: toC,
    ratioToContractedC: ratio(times.js, times.contracted),
    wasmRatioToC: wasmToC,
    wasmRatioToContractedC: ratio(times.wasm, times.contracted),
    nativeNsPerTick: perTick(times.native),
    nativeRatioToC: nativeToC,
    ...(loop.mostNative === undefined ? {} : { mostNative: loop.mostNative, isNativeWithin: nativeToC.median <= loop.mostNative }),
    most: loop.most,
    isWithin: toC.median <= loop.most,
    wasmMost: loop.wasmMost,
    isWasmWithin: wasmToC.median <= loop.wasmMost,
    bitsEqual: true,
  };
}

function expectSameBits(name, backend, records, expected) {
  records.forEach((values, column) => {
    const bytes = Buffer.from(values.buffer);
    const part = expected.subarray(column * bytes.length, (column + 1) * bytes.length);
    if (bytes.equals(part)) return;
    const at = values.findIndex((_, i) => !bytes.subarray(8 * i, 8 * i + 8).equals(part.subarray(8 * i, 8 * i + 8)));
    throw new Error(`${name}: bits differ from C, column ${column}, tick ${at}: ${backend} ${values[at]}, C ${part.readDoubleLE(8 * at)}`);
  });
}
