// Specialization: parameters that will not change become constants, and arithmetic on them folds away.

import { real } from './build.js';
import { argOf, withArena } from './expr.js';
import type { Program } from './program.js';
import { rewriteProgram } from './rewrite-program.js';
import { Rewriter } from './rewrite.js';

/** The Program with every parameter outside `free` replaced by its value in `values` or its own. */
export function specialize(program: Program, values: ReadonlyMap<string, number>, free: ReadonlySet<string>): Program {
  return withArena(() => {
    const constants = new Map(
      program.params.filter(({ name }) => !free.has(name)).map(({ name, value }) => [name, real(values.get(name) ?? value)]),
    );
    const rewriter = new Rewriter((leaf) => (leaf.op === 'param' ? constants.get(argOf(leaf, 'param')) : undefined));
    return { ...rewriteProgram(program, rewriter), params: program.params.filter(({ name }) => free.has(name)) };
  });
}
