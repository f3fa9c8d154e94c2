// Matches the shape of a statement or fragment against one rule of the grammar. Plans of short shapes are
// kept: most lines of a large netlist have one of a few shapes, and Ohm takes about 10 us a character.

import type { FailedMatchResult } from 'ohm-js';
import { expressionActions } from './expression-actions.js';
import { loomGrammar } from './grammar.generated.js';
import { optimizeActions } from './optimize-actions.js';
import type { Plan } from './plan.js';
import { shapeOf, tokenAt, type Shape } from './shape.js';
import { statementActions } from './statement-actions.js';
import type { Token } from './token.js';

/** Where a rule failed and what would have been right there, as Ohm names it: `an expression`, `")"`. */
export interface Mismatch {
  /** Index of the first token that does not fit; the number of tokens if more are wanted. */
  readonly at: number;
  readonly expected: readonly string[];
}

const semantics = loomGrammar
  .createSemantics()
  .addOperation<Plan<unknown>>('plan(o)', { ...expressionActions, ...statementActions, ...optimizeActions });

const longestKept = 400;
const mostKept = 4_000;
const kept = new Map<string, Plan<unknown>>();

/** The plan of the tokens by a rule, or the mismatch; 'too deep' when the engine's stack cannot hold the match. */
export function matchTokens<T>(rule: string, text: string, tokens: readonly Token[]): Plan<T> | Mismatch | 'too deep' {
  const shape = shapeOf(text, tokens);
  const key = `${rule} ${shape.text}`;
  const known = kept.get(key) as Plan<T> | undefined;
  if (known !== undefined) return known;
  try {
    const match = loomGrammar.match(shape.text, rule);
    if (match.failed()) return mismatchOf(match as FailedMatchResult, shape);
    const plan = semantics(match)['plan'](shape.offsets) as Plan<T>;
    if (shape.text.length <= longestKept) {
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, plan);
    }
    return plan;
  } catch (error) {
    // Where the stack is small it ends before the bound on nesting is reached.
    if (error instanceof RangeError) return 'too deep';
    throw error;
  }
}

function mismatchOf(match: FailedMatchResult, shape: Shape): Mismatch {
  const offset = match.getRightmostFailurePosition();
  const expected = match.getExpectedText().split(/,? or |, /);
  if (shape.offsets.length === 0) return { at: 0, expected };
  const index = tokenAt(shape.offsets, offset);
  const end = shape.offsets[index + 1] ?? shape.text.length;
  // An offset on the blank before a token means that token.
  const isInside = offset < end && !/\s/.test(shape.text[offset] ?? ' ');
  return { at: isInside ? index : index + 1, expected };
}
