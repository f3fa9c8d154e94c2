// Keeps the last row of records as states, and rows as records: what an objective sees of a batch.

import { toReal } from '../ir/build.js';
import type { Action, Program } from '../ir/program.js';
import type { StateRef } from '../ir/types.js';

export interface LastRows {
  /** Its records are those of `rows`, in their order. */
  readonly program: Program;
  /** The state that holds the last row of each of `finals`. */
  readonly finals: readonly StateRef[];
}

/** `finals` and `rows` are names of records. */
export function keepLastRows(program: Program, finals: readonly string[], rows: readonly string[]): LastRows {
  const indexOf = (name: string): number => {
    const index = program.records.findIndex((record) => record.name === name);
    if (index < 0) throw new Error(`internal: there is no record '${name}'`);
    return index;
  };
  const states = finals.map((name): StateRef => ({ kind: 'state', name: `last ${name}`, type: 'real', length: 0, init: 0 }));
  const finalOf = new Map(finals.map((name, i) => [indexOf(name), states[i]!]));
  const rowOf = new Map(rows.map((name, i) => [indexOf(name), i]));
  const actionsOf = (action: Action): Action[] => {
    if (action.do !== 'record') return [action];
    const state = finalOf.get(action.record);
    const record = rowOf.get(action.record);
    return [
      ...(state === undefined ? [] : [{ do: 'set', state, value: toReal(action.value) } as const]),
      ...(record === undefined ? [] : [{ ...action, record }]),
    ];
  };
  return {
    program: {
      ...program,
      states: [...program.states, ...states],
      records: rows.map((name) => program.records[indexOf(name)]!),
      events: program.events.map((event) => ({ ...event, actions: event.actions.flatMap(actionsOf) })),
    },
    finals: states,
  };
}
