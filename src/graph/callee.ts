// What the name of a call means.

import { blockTypes, findBlock } from '../blocks/registry.js';
import { fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { NameExpression } from '../netlist/ast.js';
import { formulaFunctions } from './formula.js';
import type { Scope } from './scope.js';

/** A system of this file, a block, or a function of expressions; DL203 for a name that means nothing. */
export function calleeKind(callee: NameExpression, scope: Scope): 'system' | 'block' | 'function' {
  const { name, span } = callee;
  if (scope.library.systems.has(name)) return 'system';
  if (findBlock(name) !== undefined) return 'block';
  if (formulaFunctions.has(name)) return 'function';
  return fail('DL203', span, `unknown block or system '${name}'`, {
    help: didYouMean(name, [...scope.library.systems.keys(), ...blockTypes, ...formulaFunctions.keys()]) ?? 'see: deltaloom blocks',
  });
}
