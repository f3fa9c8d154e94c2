// The functions that emitted C calls: elementary functions from their shared definitions, and the few
// operations that are longer than an expression.

import type { Intrinsic } from '../../ir/evaluate.js';
import type { Expr } from '../../ir/expr.js';
import { calledFunctions, intrinsicBody } from '../called-functions.js';
import { cDialect, cPrelude } from './ops.js';

/** The functions that the nodes call, each emitted once; `storage` stands before the elementary ones. */
export function emitPrelude(nodes: ReadonlySet<Expr>, storage: string): string[] {
  const { used, intrinsics } = calledFunctions(nodes);
  const operations = Object.entries(cPrelude).flatMap(([name, text]) => (used.has(name) ? [text] : []));
  return [...operations, ...intrinsics.map((name) => emitIntrinsic(name, storage))];
}

function emitIntrinsic(name: Intrinsic, storage: string): string {
  const { params, lines } = intrinsicBody(name, cDialect);
  const args = params.map((param) => `double ${param}`).join(', ');
  return [`${storage} double dl_${name}(${args}) {`, ...lines, '}'].join('\n');
}
