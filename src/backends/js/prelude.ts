// The functions that emitted JavaScript calls: elementary functions from their shared definitions, and the
// few operations that are longer than an expression.

import type { Intrinsic } from '../../ir/evaluate.js';
import type { Expr } from '../../ir/expr.js';
import { calledFunctions, intrinsicBody } from '../called-functions.js';
import { jsDialect, jsPrelude, jsWords } from './ops.js';

/** The functions that the nodes call, each emitted once. */
export function emitPrelude(nodes: ReadonlySet<Expr>): string[] {
  const { used, intrinsics } = calledFunctions(nodes);
  const words = used.has('pow2') || used.has('exponent') ? [jsWords] : [];
  const operations = Object.entries(jsPrelude).flatMap(([name, text]) => (used.has(name) ? [text] : []));
  return [...words, ...operations, ...intrinsics.map(emitIntrinsic)];
}

function emitIntrinsic(name: Intrinsic): string {
  const { params, lines } = intrinsicBody(name, jsDialect);
  return [`const ${name} = (${params.join(', ')}) => {`, ...lines, '};'].join('\n');
}
