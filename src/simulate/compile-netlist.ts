// From a library to a Program: elaborate, lower, and say what there is to run.

import { DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { elaborate, type Elaboration, type ElaborateOptions } from '../graph/elaborate.js';
import type { Program } from '../ir/program.js';
import type { BenchItem } from '../netlist/ast.js';
import type { Library } from '../netlist/library.js';
import { lower, lowerDifferentiable } from '../schedule/lower.js';

export interface CompileOptions extends Omit<ElaborateOptions, 'bench'> {
  /** Name of the bench; the first of the file otherwise, if `system` is not given. */
  readonly bench?: string | undefined;
}

export interface Compiled extends Elaboration {
  readonly program: Program;
  readonly warnings: readonly Diagnostic[];
}

/** Throws a NetlistError with all problems of the phase that failed. */
export const compileNetlist = (library: Library, options: CompileOptions = {}): Compiled => compileBy(lower, library, options);

/** The same with the surrogates that gradients need in the Program; no kernel runs it as it is. */
export const compileDifferentiable = (library: Library, options: CompileOptions = {}): Compiled =>
  compileBy(lowerDifferentiable, library, options);

function compileBy(lowerTo: typeof lower, library: Library, options: CompileOptions): Compiled {
  const bag = new DiagnosticBag();
  const elaboration = elaborate(library, { ...options, bench: findBench(library, options) }, bag);
  const program = lowerTo(elaboration, bag);
  return { ...elaboration, program, warnings: bag.warnings };
}

/** A system by itself, beside any bench it has: its inputs are open and its outputs recorded. Throws as compileNetlist does. */
export function compileSystem(library: Library, { system, set, ideal }: Pick<CompileOptions, 'system' | 'set' | 'ideal'> = {}): Compiled {
  const bag = new DiagnosticBag();
  const elaboration = elaborate(library, { system, set, ideal, openInputs: true }, bag);
  return { ...elaboration, program: lower(elaboration, bag), warnings: bag.warnings };
}

function findBench(library: Library, { bench, system }: CompileOptions): BenchItem | undefined {
  const { benches } = library;
  if (bench === undefined) return system === undefined ? benches[0] : benches.find((item) => (item.system ?? item.name).name === system);
  const names = benches.map((item) => item.name.name);
  return (
    benches[names.indexOf(bench)] ??
    fail('DL212', undefined, `there is no bench '${bench}' in '${library.path}'`, { help: didYouMean(bench, names) })
  );
}
