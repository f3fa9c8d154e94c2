// The Program that runs: surrogates are gone, each replaced by its value.

import { withArena } from './expr.js';
import type { Program } from './program.js';
import { rewriteProgram } from './rewrite-program.js';
import { Rewriter } from './rewrite.js';
import { programNodes } from './roots.js';

/** The Program itself where it has none. */
export function stripSurrogates(program: Program): Program {
  if (![...programNodes(program)].some((node) => node.op === 'surrogate')) return program;
  return withArena(() => rewriteProgram(program, new Rewriter(valueOfSurrogate)));
}

/** Puts the value in place of a surrogate. */
export const valueOfSurrogate: ConstructorParameters<typeof Rewriter>[0] = (node, [value]) => (node.op === 'surrogate' ? value : undefined);
