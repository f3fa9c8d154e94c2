// What a matched statement means, apart from its names, numbers and position: a plan makes the syntax tree
// from the tokens at hand. Statements of one shape share a plan, so a shape is matched by Ohm only once.

import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import { joinSpans, type Span } from '../../diagnostics/span.js';
import type { Identifier, Trivia } from '../ast.js';
import type { Token } from './token.js';

/** The tokens of one statement and where they stand. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly trivia: Trivia;
  readonly bag: DiagnosticBag;
  /** Span of offsets of the text. */
  spanOf(start: number, end: number): Span;
}

/** Makes a node from the tokens `first` to `last`, both included. */
export interface Plan<T> {
  readonly first: number;
  readonly last: number;
  make(reading: Reading): T;
}

export const noTrivia: Trivia = { before: [], blankBefore: false };

export function tokenText(reading: Reading, index: number): string {
  const token = reading.tokens[index]!;
  return reading.text.slice(token.start, token.end);
}

/** Span of the tokens `first` to `last`. */
export function tokensSpan(reading: Reading, first: number, last: number): Span {
  return reading.spanOf(reading.tokens[first]!.start, reading.tokens[last]!.end);
}

export function planSpan(reading: Reading, plan: Plan<unknown>): Span {
  return tokensSpan(reading, plan.first, plan.last);
}

/** From the start of one plan to the end of another. */
export function spanBetween(reading: Reading, from: Plan<unknown>, to: Plan<unknown>): Span {
  return joinSpans(planSpan(reading, from), planSpan(reading, to));
}

/** The word at a token. */
export function identifierPlan(index: number): Plan<Identifier> {
  return { first: index, last: index, make: (r) => ({ name: tokenText(r, index), span: tokensSpan(r, index, index) }) };
}
