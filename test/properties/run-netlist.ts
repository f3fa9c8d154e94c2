// Runs the bench of a netlist and compares recorded waveforms bit for bit, by their names.

import { expect } from 'vitest';
import type { BackendName } from '../../src/backends/kernel.js';
import type { Effect } from '../../src/blocks/effects.js';
import { loadText, formatDiagnostics, memoryHost, NetlistError } from '../../src/index.js';
import type { Host } from '../../src/netlist/host.js';
import { compileNetlist, type Compiled } from '../../src/simulate/compile-netlist.js';
import { simulateNow } from '../../src/simulate/simulate.js';

/** Values of each record as they are in memory, so that -0 and 0 differ. */
export type Waves = ReadonlyMap<string, Float64Array>;

export interface RunSettings {
  readonly backend?: BackendName;
  readonly bench?: string;
  /** The bench's own length otherwise. */
  readonly ticks?: number;
  readonly set?: ReadonlyMap<string, string>;
  readonly ideal?: readonly Effect[];
  readonly seed?: number;
  readonly lane?: number;
  readonly host?: Host;
  readonly name?: string;
}

/** A netlist that should be sound; its diagnostics and text are the error otherwise. */
export function compileText(text: string, { bench, set, ideal, host = memoryHost({}), name = 'dut.loom' }: RunSettings = {}): Compiled {
  try {
    return compileNetlist(loadText(text, name, host), { bench, set, ideal });
  } catch (error) {
    if (error instanceof NetlistError) throw new Error(`${formatDiagnostics(error.diagnostics)}\n${text}`);
    throw error;
  }
}

export function runText(text: string, settings: RunSettings = {}): Waves {
  return runCompiled(compileText(text, settings), settings);
}

export function runCompiled({ program, graph, bench }: Compiled, { backend, ticks, seed, lane }: RunSettings = {}): Waves {
  const { name } = graph.clocks[bench!.run.clock]!;
  const clock = program.clocks.findIndex((candidate) => candidate.name === name);
  const result = simulateNow(program, { clock, ticks: ticks ?? bench!.run.ticks, backend, seed, lane });
  if (result.status !== 'done') throw new Error(`${result.status}: ${JSON.stringify(result.divergence)}`);
  return new Map(result.waveforms.map((wave) => [wave.name, wave.values]));
}

/** Every record of `expected` is in `actual` with the same bits; `text` is shown when one is not. */
export function expectSameBits(actual: Waves, expected: Waves, text = ''): void {
  expect(expected.size).toBeGreaterThan(0);
  for (const [name, values] of expected) {
    const others = actual.get(name);
    if (others === undefined) throw new Error(`no record '${name}' among ${[...actual.keys()].join(', ')}\n${text}`);
    const at = firstDifference(values, others);
    if (at >= 0) throw new Error(`'${name}' differs at row ${at} of ${values.length}: ${values[at]} became ${others[at]}\n${text}`);
  }
}

function firstDifference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  return a.findIndex((value, i) => !Object.is(value, b[i]));
}
