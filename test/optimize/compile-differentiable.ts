// The first bench of a text, with its surrogates.

import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { elaborate, type Elaboration } from '../../src/graph/elaborate.js';
import { loadText } from '../../src/index.js';
import type { Program } from '../../src/ir/program.js';
import { lowerDifferentiable } from '../../src/schedule/lower.js';

export function compileDifferentiable(text: string): Elaboration & { readonly program: Program } {
  const library = loadText(text, 'learn.loom');
  const bag = new DiagnosticBag();
  const elaboration = elaborate(library, { bench: library.benches[0] }, bag);
  return { ...elaboration, program: lowerDifferentiable(elaboration, bag) };
}
