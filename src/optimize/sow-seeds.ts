// Puts the derivatives of an objective by rows of records where the reverse of the events that wrote them reads them.

import type { Tile } from '../backends/batch.js';
import type { Program } from '../ir/program.js';
import type { AdjointProgram } from './adjoint-program.js';
import { eventsOf, type Segment } from './segments.js';

/** `[objective][lane]`: the derivative of the objective by each row of the record. */
export type Seeds = readonly (readonly Float64Array[])[];

/** `position`: that before the segment; `records`: index of the record of each objective. */
export function sowSeeds(
  program: Program,
  adjoint: AdjointProgram,
  { lanes, layout, states }: Pick<Tile, 'lanes' | 'layout' | 'states'>,
  position: Float64Array,
  segment: Segment,
  records: readonly number[],
  seeds: Seeds,
): void {
  records.forEach((record, objective) => {
    const { name, clock } = program.records[record]!;
    const array = adjoint.seeds.get(name);
    if (array === undefined) return;
    let at = layout.offsets.get(array)! * lanes;
    let row = position[layout.firstTicks + clock]! - 1;
    for (const kind of eventsOf(program, segment)) {
      const event = program.events[kind]!;
      if (event.begins.includes(clock)) row++;
      const isWritten = event.actions.some((action) => action.do === 'record' && action.record === record);
      for (let lane = 0; lane < lanes; lane++, at++) states[at] = isWritten ? (seeds[objective]![lane]![row] ?? 0) : 0;
    }
  });
}
