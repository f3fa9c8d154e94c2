// Checks a whole netlist file without running anything: systems, benches and optimize items.

import { checkBenches } from '../analysis/check-benches.js';
import { DiagnosticBag, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Library } from '../netlist/library.js';
import type { Compiled } from '../simulate/compile-netlist.js';
import { checkOptimizations } from './optimization/check-optimizations.js';

/** Diagnostics, each once. `inspect` may find more in what was compiled of benches and systems. */
export function checkLibrary(library: Library, inspect?: (compiled: Compiled) => void): readonly Diagnostic[] {
  const bag = new DiagnosticBag();
  for (const diagnostic of [...checkBenches(library, inspect), ...checkOptimizations(library)]) bag.report(diagnostic);
  return bag.list;
}
