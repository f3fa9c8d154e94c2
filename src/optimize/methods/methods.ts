// Every method of optimization by name, in the order of the reference page.

import { adam } from './adam.js';
import { cmaEs } from './cma-es.js';
import type { MethodDefinition } from './define-method.js';
import { integerSearch } from './integer-search.js';
import { lbfgs } from './lbfgs.js';
import { leastSquares } from './least-squares.js';
import { sgd } from './sgd.js';

export const methods: ReadonlyMap<string, MethodDefinition> = new Map(
  [adam, sgd, lbfgs, leastSquares, cmaEs, integerSearch].map((definition) => [definition.name, definition]),
);
