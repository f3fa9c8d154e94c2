// A launch: the events that the kernel computes at once, and what each of its slots is to give.

import type { EventKind } from '../../ir/program.js';
import { rowsPerFloat } from './packing.js';
import { isKernelAction, type Partition } from './partition.js';

/** What the slots beyond those of states give: rows of one record, more than one only if they are packed. */
export interface RowSlot {
  readonly record: number;
  readonly rows: number[];
}

export interface LaunchShape {
  readonly events: number;
  /** Slots for rows; those of states stand before them. */
  readonly rowSlots: number;
}

/** Filled with events until one does not fit, then run and emptied. */
export class Launch {
  /** A row per event: its kind, then its columns. */
  readonly columns: Float32Array;
  /** For each slot: events to run, first event of its rows, number of the state or record. */
  readonly slots: Float32Array;
  readonly width: number;
  private readonly parts: Partition;
  private readonly shape: LaunchShape;
  private readonly packed: { has(record: number): boolean };
  /** Records that each kind of event writes. */
  private readonly writes: readonly (readonly number[])[];
  private rowSlots: RowSlot[] = [];
  private readonly open = new Map<number, number>();
  private eventCount = 0;

  constructor(parts: Partition, shape: LaunchShape, packed: { has(record: number): boolean }) {
    this.parts = parts;
    this.shape = shape;
    this.packed = packed;
    this.width = 1 + parts.columns.size;
    this.columns = new Float32Array(this.width * shape.events);
    this.slots = new Float32Array(3 * (parts.states.length + shape.rowSlots));
    this.writes = parts.program.events.map((event) => recordsOf(event, parts));
  }

  get isEmpty(): boolean {
    return this.eventCount === 0;
  }

  hasRoomFor(kind: number): boolean {
    const wanted = this.writes[kind]!.filter((record) => !this.hasOpenSlot(record)).length;
    return this.eventCount < this.shape.events && this.rowSlots.length + wanted <= this.shape.rowSlots;
  }

  /** Takes an event. `rowOf` gives a record's row; the caller writes the columns, from the place returned on. */
  add(kind: number, rowOf: (record: number) => number): number {
    const event = this.eventCount++;
    const stateSlots = this.parts.states.length;
    for (const record of this.writes[kind]!) {
      if (!this.hasOpenSlot(record)) {
        const slot = this.rowSlots.push({ record, rows: [] }) - 1;
        this.open.set(record, slot);
        this.slots.set([event + 1, event, stateSlots + record], 3 * (stateSlots + slot));
      }
      const slot = this.open.get(record)!;
      this.rowSlots[slot]!.rows.push(rowOf(record));
      this.slots[3 * (stateSlots + slot)] = event + 1;
    }
    this.columns[this.width * event] = kind;
    return this.width * event + 1;
  }

  /** Lets the slots of states run all events, and gives what the others are for. */
  close(): readonly RowSlot[] {
    this.parts.states.forEach((_, i) => this.slots.set([this.eventCount, 0, i], 3 * i));
    return this.rowSlots;
  }

  clear(): void {
    this.slots.fill(0);
    this.rowSlots = [];
    this.open.clear();
    this.eventCount = 0;
  }

  private hasOpenSlot(record: number): boolean {
    const slot = this.open.get(record);
    return slot !== undefined && this.packed.has(record) && this.rowSlots[slot]!.rows.length < rowsPerFloat;
  }
}

const recordsOf = (event: EventKind, parts: Partition): number[] =>
  event.actions.flatMap((action) => (action.do === 'record' && isKernelAction(action, parts) ? [action.record] : []));

/** Rows of a record in one launch, at most: the loop of a launch must end before a system believes its display stuck. */
const mostRows = 256;
/** Slots of one launch: textures may be this high everywhere. */
const mostSlots = 4096;
/**
 * Lanes times the square of a launch's rows: where a launch costs as much as what the rows waste. Measured for a processor;
 * a graphics processor has threads to waste and launches that cost more.
 */
const balance = { processor: 2 ** 18, graphics: 2 ** 24 } as const;

/** The size of launches of some lanes: each event finds room for a row of every record. */
export function shapeOf(
  parts: Partition,
  packed: { has(record: number): boolean },
  lanes: number,
  device: keyof typeof balance,
): LaunchShape {
  const records = [...parts.records];
  const packedCount = records.filter((record) => packed.has(record)).length;
  const singleCount = records.length - packedCount;
  const slotsFor = (rows: number): number => singleCount * rows + packedCount * Math.ceil(rows / rowsPerFloat);
  const least = singleCount === 0 ? rowsPerFloat : 8;
  let rows = Math.min(mostRows, Math.max(least, Math.round(Math.sqrt(balance[device] / lanes))));
  while (rows > 1 && parts.states.length + slotsFor(rows) > mostSlots) rows = Math.floor(rows / 2);
  return { events: 8 * rows, rowSlots: slotsFor(rows) };
}
