// Deltaloom as a library, for Node and the browser.
//
//   const netlist = loadText(text, 'mod2.loom');
//   const result = await runBench(netlist, { bench: 'mod2' });

import { checkBench } from './analysis/run-bench.js';
import { DiagnosticBag, NetlistError, type Diagnostic } from './diagnostics/diagnostic.js';
import { memoryHost, type Host } from './netlist/host.js';
import { loadSource, type Library } from './netlist/library.js';

/** Reads a netlist from text; imports and data files come from `host`. Throws NetlistError. */
export function loadText(text: string, name = 'netlist.loom', host: Host = memoryHost({})): Library {
  const bag = new DiagnosticBag();
  const library = loadSource({ name, text }, host, bag);
  bag.throwIfErrors();
  return library;
}

/** Every problem of a netlist, warnings included; each bench and each system is checked. */
export function checkNetlist(text: string, name = 'netlist.loom', host: Host = memoryHost({})): readonly Diagnostic[] {
  try {
    return checkLibrary(loadText(text, name, host));
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics;
    throw error;
  }
}

/** The same for a netlist that was read. Systems without a bench are checked with their inputs open. */
export function checkLibrary(library: Library): readonly Diagnostic[] {
  const benched = new Set(library.benches.map((bench) => (bench.system ?? bench.name).name));
  const alone = library.file.items.flatMap((item) => (item.kind === 'system' && !benched.has(item.name.name) ? [item.name.name] : []));
  const found: Diagnostic[] = [];
  const collect = (check: () => readonly Diagnostic[]): void => {
    try {
      found.push(...check());
    } catch (error) {
      if (!(error instanceof NetlistError)) throw error;
      found.push(...error.diagnostics);
    }
  };
  for (const bench of library.benches) collect(() => checkBench(library, { bench: bench.name.name }).warnings);
  for (const system of alone) collect(() => checkBench(library, { system, openInputs: true }).warnings);
  return found.filter((diagnostic, i) => found.findIndex((other) => isSame(diagnostic, other)) === i);
}

const isSame = (a: Diagnostic, b: Diagnostic): boolean => a.code === b.code && a.message === b.message && a.span?.start === b.span?.start && a.span?.source === b.span?.source;

export { checkBench, runBench } from './analysis/run-bench.js';
export type { BenchResult, CheckResult, RunOptions, TakenMeasure } from './analysis/run-bench.js';
export { BackendError } from './backends/compile.js';
export { NetlistError } from './diagnostics/diagnostic.js';
export type { Diagnostic } from './diagnostics/diagnostic.js';
export { formatDiagnostic, formatDiagnostics } from './diagnostics/format.js';

export type { Library } from './netlist/library.js';
export { memoryHost } from './netlist/host.js';
export type { Host } from './netlist/host.js';
export { convertNetlist } from './netlist/convert.js';
export { compileNetlist } from './simulate/compile-netlist.js';
export type { Compiled, CompileOptions } from './simulate/compile-netlist.js';
export { NumericalError, type Divergence } from './simulate/divergence.js';
export type { RecordedWaveform } from './simulate/simulate.js';
