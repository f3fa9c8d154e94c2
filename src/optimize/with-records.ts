// A Program of which only some records are wanted.

import type { Action, Program } from '../ir/program.js';
import { keepLive } from '../schedule/live.js';

/** The Program with the records of these names alone, in this order, and what they need. */
export function withRecords(program: Program, names: readonly string[]): Program {
  const records = names.map((name) => program.records.findIndex((record) => record.name === name));
  const events = program.events.map((event) => ({
    ...event,
    actions: event.actions.flatMap((action): Action[] => {
      if (action.do !== 'record') return [action];
      const record = records.indexOf(action.record);
      return record < 0 ? [] : [{ ...action, record }];
    }),
  }));
  return keepLive({ ...program, records: records.map((record) => program.records[record]!), events });
}
