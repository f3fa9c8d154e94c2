// What a campaign keeps of a point: a row of doubles. status, number of warnings, the measures in order (NaN where one
// could not be taken), then for each check whether it passed (1, 0) and by how much (NaN where that is no number).

/** The status of a point; a row holds its index. */
export const pointStates = ['done', 'unmeasured', 'diverged', 'out of range'] as const;
export type PointState = (typeof pointStates)[number];

/** What a point gave. */
export interface PointResult {
  readonly state: PointState;
  readonly warnings: number;
  readonly measures: readonly number[];
  readonly checks: readonly { readonly pass: boolean; readonly margin: number }[];
}

export interface RowShape {
  readonly measures: number;
  readonly checks: number;
}

const measuresAt = 2;

export const rowLength = ({ measures, checks }: RowShape): number => measuresAt + measures + 2 * checks;

export function packRow({ state, warnings, measures, checks }: PointResult): Float64Array {
  return Float64Array.from([
    pointStates.indexOf(state),
    warnings,
    ...measures,
    ...checks.flatMap(({ pass, margin }) => [pass ? 1 : 0, margin]),
  ]);
}

/** The row that begins at `rows[start]`. */
export function unpackRow(rows: Float64Array, start: number, { measures, checks }: RowShape): PointResult {
  const checksAt = start + measuresAt + measures;
  return {
    state: pointStates[rows[start]!]!,
    warnings: rows[start + 1]!,
    measures: Array.from(rows.subarray(start + measuresAt, checksAt)),
    checks: Array.from({ length: checks }, (_, i) => ({ pass: rows[checksAt + 2 * i] === 1, margin: rows[checksAt + 2 * i + 1]! })),
  };
}
