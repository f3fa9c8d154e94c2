// Arrays whose elements the reverses of events read at places that only the reverse knows. An array runs back with the
// events: each put keeps the element that it overwrites, and its reverse puts it back, so a step costs one element and not
// the array. What changes an array as a whole begins a segment of time: nothing before it needs the array back.

import { clip, eq, indexOf, int, load, makeLoop, not, real, select, toInt } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { Action, EventKind } from '../ir/program.js';
import type { DataRef, StateRef } from '../ir/types.js';

/** The undoing of puts on one array. */
interface Log {
  /** Places and values of overwritten elements, by number of the event in the segment. */
  readonly places: StateRef;
  readonly values: StateRef;
}

export class ArraysBefore {
  private readonly events: readonly EventKind[];
  private readonly logs = new Map<StateRef, Log>();
  /** The array before the event of the segment that fills it. */
  private readonly copies = new Map<StateRef, StateRef>();
  private readonly beginnings = new Map<StateRef, DataRef>();
  /** Kinds of events that a segment has to begin with. */
  readonly breaks: ReadonlySet<number>;

  /** `events`: as they run forwards; `length`: events of a segment. */
  constructor(events: readonly EventKind[], arrays: Iterable<StateRef>, length: number) {
    this.events = events;
    const breaks = new Set<number>();
    for (const array of arrays) {
      events.forEach((event, kind) => {
        const change = changeOf(event, array);
        if (change?.do === 'fill' || event.resets.includes(array)) breaks.add(kind);
        if (change?.do === 'fill' && !this.copies.has(array)) this.copies.set(array, { ...array, name: `copy of ${array.name}`, init: 0 });
        if (change?.do !== 'put' || this.logs.has(array)) return;
        const tape = (name: string, type: StateRef['type']): StateRef => ({
          kind: 'state',
          name: `${name} ${array.name}`,
          type,
          length,
          init: 0,
        });
        this.logs.set(array, { places: tape('places in', 'int'), values: tape('values in', array.type) });
      });
    }
    this.breaks = breaks;
  }

  /** Arrays that the reverses of events change. */
  get rewound(): readonly StateRef[] {
    return [...this.logs.keys()];
  }

  get states(): readonly StateRef[] {
    return [...[...this.logs.values()].flatMap(({ places, values }) => [places, values]), ...this.copies.values()];
  }

  /** What an event does besides, forwards, as number `entry` of the segment. */
  keeping(kind: number, entry: Expr): Action[] {
    return this.events[kind]!.actions.flatMap((action): Action[] => {
      if (action.do === 'put') {
        const log = this.logs.get(action.state);
        if (log === undefined) return [];
        return [
          { do: 'put', state: log.places, index: entry, value: within(action.index, action.state) },
          { do: 'put', state: log.values, index: entry, value: load(action.state, action.index) },
        ];
      }
      if (action.do !== 'fill') return [];
      const copy = this.copies.get(action.state);
      if (copy === undefined) return [];
      const loop = makeLoop(copy.length);
      return [{ do: 'fill', state: copy, loop, value: load(action.state, indexOf(loop)) }];
    });
  }

  /** What the reverse of the event that was number `entry` does to have the arrays as they were before it. */
  restoring(kind: number, entry: Expr): Action[] {
    return this.events[kind]!.actions.flatMap((action): Action[] => {
      const log = action.do === 'put' ? this.logs.get(action.state) : undefined;
      if (log === undefined || action.do !== 'put') return [];
      return [{ do: 'put', state: action.state, index: load(log.places, entry), value: load(log.values, entry) }];
    });
  }

  /** An element as the event read it; the array itself is as it was after the event. */
  read(kind: number, entry: Expr, array: StateRef, index: Expr): Expr {
    const event = this.events[kind]!;
    if (event.resets.includes(array)) return this.first(array, index);
    const change = changeOf(event, array);
    if (change?.do === 'fill') return load(this.copies.get(array)!, index);
    if (change === undefined) return load(array, index);
    const { places, values } = this.logs.get(array)!;
    return select(eq(within(index, array), load(places, entry)), load(values, entry), load(array, index));
  }

  /** An element's initial value. */
  private first(array: StateRef, index: Expr): Expr {
    const { init, type, name } = array;
    if (typeof init === 'number') return ofType(type, real(init));
    let data = this.beginnings.get(array);
    if (data === undefined) {
      this.beginnings.set(array, (data = { kind: 'data', name: `first values of ${name}`, values: Float64Array.from(init) }));
    }
    return ofType(type, load(data, index));
  }
}

const changeOf = (event: EventKind, array: StateRef): Action | undefined =>
  event.actions.find((action) => action.do !== 'record' && action.state === array);

const within = (index: Expr, { length }: StateRef): Expr => clip(index, int(0), int(length - 1));

const ofType = (type: StateRef['type'], value: Expr): Expr => (type === 'real' ? value : type === 'int' ? toInt(value) : not(eq(value, 0)));
