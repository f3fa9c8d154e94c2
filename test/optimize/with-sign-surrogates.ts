// A Program whose decisions between two real levels have the clipped gradient: that of clip(x/width) between these levels.

import { add, clip, div, mul, sub, surrogate } from '../../src/ir/build.js';
import { withArena } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import { rewriteProgram } from '../../src/ir/rewrite-program.js';
import { rebuildNode, Rewriter } from '../../src/ir/rewrite.js';

/** Selects by a comparison of reals become surrogates; other selects stay. */
export function withSignSurrogates(program: Program, width: number): Program {
  const rewriter = new Rewriter((node, operands) => {
    const test = node.op === 'select' && node.type === 'real' ? operands[0]! : undefined;
    if (test === undefined || (test.op !== 'lt' && test.op !== 'le') || test.src[0]!.type !== 'real') return undefined;
    const [, high, low] = operands as [never, never, never];
    const distance = sub(test.src[1]!, test.src[0]!);
    const [middle, height] = [mul(0.5, add(high, low)), mul(0.5, sub(high, low))];
    return surrogate(rebuildNode(node, operands), add(middle, mul(height, clip(div(distance, width), -1, 1))));
  });
  return withArena(() => rewriteProgram(program, rewriter));
}
