// The table of a campaign: a row a point, with the varied parameters, the measures, the checks and how the point ended.

import type { TableColumn } from '../io/table-writer.js';
import { planOf, type CampaignManifest } from './campaign-manifest.js';
import { makePlan } from './make-plan.js';
import { pointStates, rowLength, unpackRow, type PointResult } from './point-row.js';

export function tableColumns({ campaign: { axes, measures, checks } }: CampaignManifest): TableColumn[] {
  const columns: readonly TableColumn[] = [
    { name: 'point', unit: '', type: 'int64' },
    ...axes.map(({ name, unit }): TableColumn => ({ name, unit, type: 'double' })),
    ...measures.map(({ name, unit }): TableColumn => ({ name, unit, type: 'double' })),
    ...checks.map((text): TableColumn => ({ name: text, unit: '', type: 'boolean' })),
    { name: 'status', unit: '', type: 'word', words: pointStates },
  ];
  // A measure may be called as a parameter is, and a check may stand twice.
  const taken = new Map<string, number>();
  return columns.map((column) => {
    const count = (taken.get(column.name) ?? 0) + 1;
    taken.set(column.name, count);
    return count === 1 ? column : { ...column, name: `${column.name} #${count}` };
  });
}

/** The table's columns, as many rows at a time as there are in a tile. */
export function* tablePieces(manifest: CampaignManifest, tiles: Iterable<Float64Array>): Generator<Float64Array[], void> {
  const { measures, checks } = manifest.campaign;
  const shape = { measures: measures.length, checks: checks.length };
  const plan = makePlan(planOf(manifest));
  const width = tableColumns(manifest).length;
  let first = 0;
  for (const rows of tiles) {
    const count = rows.length / rowLength(shape);
    const columns = Array.from({ length: width }, () => new Float64Array(count));
    for (let i = 0; i < count; i++) {
      const { state, measures: taken, checks: judged } = unpackRow(rows, i * rowLength(shape), shape);
      const cells = [
        first + i,
        ...plan.valuesAt(first + i),
        ...taken,
        ...judged.map(({ pass }) => Number(pass)),
        pointStates.indexOf(state),
      ];
      cells.forEach((cell, column) => (columns[column]![i] = cell));
    }
    first += count;
    yield columns;
  }
}

/** Every point with its number, in order. */
export function* eachPoint(
  { campaign }: CampaignManifest,
  tiles: Iterable<Float64Array>,
): Generator<[point: number, result: PointResult], void> {
  const shape = { measures: campaign.measures.length, checks: campaign.checks.length };
  const length = rowLength(shape);
  let point = 0;
  for (const rows of tiles) for (let start = 0; start < rows.length; start += length) yield [point++, unpackRow(rows, start, shape)];
}
