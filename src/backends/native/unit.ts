// What the two forms of emitted C share: how the function `advance` and those it calls are declared, and
// what its pieces are.

import type { Program } from '../../ir/program.js';
import { DataTable } from '../data-table.js';
import { layoutOf, type Layout } from '../layout.js';

/** What is emitted for one Program. `I` is absent where the system has no open inputs. */
export interface Unit {
  readonly program: Program;
  readonly layout: Layout;
  readonly data: DataTable;
  /** Text of a constant array in a function that has `self`. */
  dataName(index: number): string;
  /** Identifier that all external names begin with. */
  readonly prefix: string;
  /** Text of a parameter's or open input's value in a function that has `self` and `I`. */
  readonly params: ReadonlyMap<string, string>;
  readonly hasInputs: boolean;
}

/** The function that runs the events before a grid tick, those it calls before it. */
export interface Advance {
  readonly functions: readonly string[];
  /** Doubles of work space in the struct. */
  readonly workSize: number;
}

export function makeUnit(
  program: Program,
  prefix: string,
  params: ReadonlyMap<string, string>,
  dataName: (index: number) => string = (index) => `D${index}`,
): Unit {
  const hasInputs = program.params.some((param) => param.isInput);
  return { program, layout: layoutOf(program), data: new DataTable(), dataName, prefix, params, hasInputs };
}

/**
 * R: a column for each record. Row k of clock c is written at index `(k - F[c]) & M`: F is 0 and M all ones
 * where columns begin at the first tick; M is 0 where only the last value is wanted.
 */
export const advanceHead = ({ prefix, hasInputs }: Unit): string =>
  `static void advance(struct ${prefix} *const self, ${inputDeclaration(prefix, hasInputs)}double *const R[], const int64_t F[], const int64_t M, const int64_t end) {`;

export const inputDeclaration = (prefix: string, hasInputs: boolean): string =>
  hasInputs ? `const struct ${prefix}_inputs *const I, ` : '';
