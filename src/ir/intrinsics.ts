// Elementary functions as expressions: each is one body of exact IEEE operations, so every backend
// that emits the body gives the same bits. Accuracy is stated beside each body. A body has no NaN
// or overflow trap: both arms of every select are safe for every argument.

import { input } from './build.js';
import type { Intrinsic } from './evaluate.js';
import { withArena, type Expr } from './expr.js';
import { expBody } from './intrinsics/exp.js';
import { logBody } from './intrinsics/log.js';
import { powBody } from './intrinsics/pow.js';
import { cosBody, sinBody } from './intrinsics/sine.js';
import { tanhBody } from './intrinsics/tanh.js';

export interface IntrinsicDefinition {
  /** Names of the real arguments, in order; the body refers to them as inputs of type real. */
  readonly params: readonly string[];
  readonly body: Expr;
}

const unary = (buildBody: (x: Expr) => Expr) => (): IntrinsicDefinition => ({ params: ['x'], body: buildBody(input('x', 'real')) });

const builders: { readonly [K in Intrinsic]: () => IntrinsicDefinition } = {
  exp: unary(expBody),
  log: unary(logBody),
  sin: unary(sinBody),
  cos: unary(cosBody),
  tanh: unary(tanhBody),
  pow: () => ({ params: ['x', 'y'], body: powBody(input('x', 'real'), input('y', 'real')) }),
};

const built = new Map<Intrinsic, IntrinsicDefinition>();

/** The one definition of an elementary function: built on first use, in an arena of its own, then always the same object. */
export function intrinsicDefinition(name: Intrinsic): IntrinsicDefinition {
  let definition = built.get(name);
  if (definition === undefined) built.set(name, (definition = Object.freeze(withArena(builders[name]))));
  return definition;
}
