// What is computed once, before the loop over events.

import type { Expr } from '../ir/expr.js';
import { fixedNodes } from '../ir/fixed-nodes.js';
import type { Program } from '../ir/program.js';
import { rootsOf } from '../ir/roots.js';

/** The fixed nodes whose values nodes that vary, or actions, use: to be computed once before the loop over events. Constants are not among them. */
export function hoistedNodes(program: Program, nodes: ReadonlySet<Expr>): Expr[] {
  return fixedOperands(program, nodes).filter((node) => node.op !== 'const');
}

/** The real constants, zeros left out, that nodes that vary, or actions, use. */
export function loopConstants(program: Program, nodes: ReadonlySet<Expr>): Expr[] {
  return fixedOperands(program, nodes).filter((node) => node.op === 'const' && node.type === 'real' && node.arg !== 0);
}

function fixedOperands(program: Program, nodes: ReadonlySet<Expr>): Expr[] {
  const fixed = fixedNodes(nodes);
  const wanted = new Set<Expr>();
  const want = (expr: Expr): void => {
    if (fixed.has(expr)) wanted.add(expr);
  };
  for (const node of [...nodes].sort((a, b) => a.id - b.id)) if (!fixed.has(node)) node.src.forEach(want);
  for (const event of program.events) for (const { expr } of rootsOf(event)) want(expr);
  return [...wanted];
}
