// Records that take two values only: a slot keeps 24 rows of one as the bits of a whole number, which a float holds exactly.

import { argOf, type Expr } from '../../ir/expr.js';
import { isKernelAction, type Partition } from './partition.js';

/** Rows in one slot: a float has 24 digits. */
export const rowsPerFloat = 24;

/** The values that a bit stands for. */
export interface Levels {
  readonly low: number;
  readonly high: number;
}

/** The bit that tells which of two constants an expression is, and these; undefined if it is none such. */
export function twoLevels(value: Expr): { readonly bit: Expr; readonly levels: Levels } | undefined {
  if (value.type === 'bit') return { bit: value, levels: { low: 0, high: 1 } };
  const [first, high, low] = value.src;
  if (value.op === 'toReal' && first!.type === 'bit') return { bit: first!, levels: { low: 0, high: 1 } };
  if (value.op !== 'select' || high!.op !== 'const' || low!.op !== 'const') return undefined;
  return { bit: first!, levels: { low: argOf(low!, 'const'), high: argOf(high!, 'const') } };
}

/** Levels of each record (index) of the kernel that has the same two in all events. */
export function packedRecords(parts: Partition): ReadonlyMap<number, Levels> {
  const packed = new Map<number, Levels | undefined>();
  for (const { actions } of parts.program.events) {
    for (const action of actions) {
      if (action.do !== 'record' || !isKernelAction(action, parts)) continue;
      const levels = twoLevels(action.value)?.levels;
      const before = packed.get(action.record);
      const isSame = !packed.has(action.record) || (before?.low === levels?.low && before?.high === levels?.high);
      packed.set(action.record, isSame ? levels : undefined);
    }
  }
  const found = new Map<number, Levels>();
  for (const [record, levels] of packed) if (levels !== undefined) found.set(record, levels);
  return found;
}

/** Writes the rows that a slot holds, the first one in its highest bit, into a column. */
export function unpackRows(packed: number, rows: readonly number[], { low, high }: Levels, column: Float64Array): void {
  const last = rows.length - 1;
  for (let i = 0; i <= last; i++) column[rows[i]!] = ((packed >> (last - i)) & 1) === 1 ? high : low;
}
