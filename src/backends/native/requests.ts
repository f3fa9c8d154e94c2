// Requests to a compiled Program and its answers as bytes; serve-source.ts says what is in them.

import type { Program } from '../../ir/program.js';
import type { Machine } from '../kernel.js';

/** Rows of a clock's records that stand before those a call may write: the last tick that began may still be recorded. */
const firstRow = ({ position, layout }: Machine, clock: number): number => Math.max(0, position[layout.firstTicks + clock]! - 1);

/** At most this many ticks of a clock begin until `end`. */
function mostTicks({ timeline, events }: Program, { position, layout }: Machine, end: number, clock: number): number {
  if (timeline.kind === 'merged') {
    const times = timeline.edges.map(({ period }, i) => Math.max(0, Math.ceil((end - position[layout.nextEdge + i]!) / period)));
    return times.reduce((sum, count) => sum + count, 0);
  }
  const perHyperperiod = timeline.entries.filter(({ event }) => events[event]!.begins.includes(clock)).length;
  return perHyperperiod * Math.max(0, Math.ceil((end - position[0]!) / timeline.length));
}

/** What is sent to run the machine until `end`; `data` are the constant arrays of the emitted code. */
export function encodeRequest(program: Program, data: readonly Float64Array[], machine: Machine, end: number): Uint8Array<ArrayBuffer> {
  const { position, params, states, records } = machine;
  const firsts = program.clocks.map((_, clock) => firstRow(machine, clock));
  const rows = program.records.map(({ clock }) => 1 + mostTicks(program, machine, end, clock));
  const whole = [end, ...firsts, ...rows, ...position];
  const seeds = Float64Array.from(program.records, ({ clock }, i) => records[i]![firsts[clock]!] ?? 0);
  const reals = [params, states, seeds, ...data];
  const bytes = new Uint8Array(8 * reals.reduce((sum, { length }) => sum + length, whole.length));
  new BigInt64Array(bytes.buffer, 0, whole.length).set(whole.map(BigInt));
  let at = whole.length;
  for (const values of reals) {
    new Float64Array(bytes.buffer, 8 * at, values.length).set(values);
    at += values.length;
  }
  return bytes;
}

/** Bytes of the longest answer to a request. */
export function mostAnswerBytes(program: Program, machine: Machine, end: number): number {
  const rows = program.records.reduce((sum, { clock }) => sum + 1 + mostTicks(program, machine, end, clock), 0);
  return 8 * (1 + machine.position.length + machine.states.length + rows);
}

/** Puts an answer into the machine; nanoseconds that the events took. Undefined, and the machine as it was, when it has not the length it must have. */
export function applyAnswer(program: Program, machine: Machine, answer: Uint8Array): number | undefined {
  const { layout, position, states, records } = machine;
  const headLength = 1 + position.length + states.length;
  if (answer.length % 8 !== 0 || answer.length < 8 * headLength) return undefined;
  const { buffer } = answer.byteOffset % 8 === 0 ? answer : answer.slice();
  const start = answer.byteOffset % 8 === 0 ? answer.byteOffset : 0;
  const whole = Array.from(new BigInt64Array(buffer, start, 1 + position.length), Number);
  const firsts = program.clocks.map((_, clock) => firstRow(machine, clock));
  const counts = program.records.map(({ clock }) => Math.max(0, whole[1 + layout.firstTicks + clock]! - firsts[clock]!));
  if (answer.length !== 8 * counts.reduce((sum, count) => sum + count, headLength)) return undefined;
  position.set(whole.slice(1));
  const reals = new Float64Array(buffer, start);
  states.set(reals.subarray(1 + position.length, headLength));
  let at = headLength;
  program.records.forEach(({ clock }, i) => {
    const first = firsts[clock]!;
    const count = counts[i]!;
    // Rows behind the column's end are lost, as in every backend.
    if (first < records[i]!.length) records[i]!.set(reals.subarray(at, at + Math.min(count, records[i]!.length - first)), first);
    at += count;
  });
  return whole[0]!;
}
