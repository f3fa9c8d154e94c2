// Cuts the arithmetic on shared parameters out of a Program: what its events read of it becomes a parameter each. So a
// batch computes it once a run, and kernels do not depend on how parameters come about.

import { param } from '../ir/build.js';
import { argOf, withArena, type Expr } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import { rewriteProgram } from '../ir/rewrite-program.js';
import { Rewriter } from '../ir/rewrite.js';
import { programNodes, rootsOf } from '../ir/roots.js';

export interface CutProgram {
  /** Its parameters are the prepared ones, then those of the Program that are not shared. */
  readonly program: Program;
  /** What each prepared parameter is of the Program's shared ones. */
  readonly prepared: readonly { readonly name: string; readonly value: Expr }[];
}

/** `program` may hold surrogates. */
export function cutParameters(program: Program, isShared: (param: string) => boolean): CutProgram {
  return withArena(() => {
    const source = rewriteProgram(program, new Rewriter(() => undefined));
    const { fixed, varied } = sharedNodes(source, isShared);
    const cut = new Map<Expr, string>();
    const want = (node: Expr): void => {
      if (varied.has(node)) cut.set(node, `prepared ${cut.size}`);
    };
    const nodes = [...programNodes(source)].sort((a, b) => a.id - b.id);
    for (const node of nodes) if (!fixed.has(node)) node.src.forEach((operand) => cut.has(operand) || want(operand));
    for (const event of source.events) for (const { expr } of rootsOf(event)) if (!cut.has(expr)) want(expr);
    const rewriter = new Rewriter((node) => {
      const name = cut.get(node);
      return name === undefined ? undefined : param(name);
    });
    const rewritten = rewriteProgram(source, rewriter);
    const prepared = [...cut].map(([node, name]) => ({ name, value: node }));
    const own = program.params.filter(({ name }) => !isShared(name));
    return {
      program: { ...rewritten, params: [...prepared.map(({ name }) => ({ name, value: 0, unit: '' })), ...own] },
      prepared,
    };
  });
}

/** Nodes of shared parameters and constants alone, and those of them that can be cut off and are no constants: reals. */
function sharedNodes(program: Program, isShared: (param: string) => boolean): { fixed: ReadonlySet<Expr>; varied: ReadonlySet<Expr> } {
  const fixed = new Set<Expr>();
  const varied = new Set<Expr>();
  for (const node of [...programNodes(program)].sort((a, b) => a.id - b.id)) {
    const isLeaf = node.src.length === 0;
    if (isLeaf ? node.op !== 'const' && !(node.op === 'param' && isShared(argOf(node, 'param'))) : !canBeCut(node, fixed)) continue;
    fixed.add(node);
    if (node.op === 'param' || node.src.some((operand) => varied.has(operand))) varied.add(node);
  }
  return { fixed, varied };
}

/** Reals of fixed operands; bits and ints stay where they are, on operands that are cut off. */
const canBeCut = (node: Expr, fixed: ReadonlySet<Expr>): boolean =>
  node.op !== 'load' && node.op !== 'sum' && node.type === 'real' && node.src.every((operand) => fixed.has(operand));
