// The state of a method as JSON text and back without loss of a bit, so that a run that was stopped goes on as if it had not
// been. Arrays are written as the base64 of their doubles, little endian.

import type { MethodState, StateValue } from './method.js';

/** Bytes in one call of String.fromCharCode; engines limit the number of arguments. */
const chunkBytes = 8192;

export function encodeState(state: MethodState): string {
  const entries = Object.entries(state) as [string, StateValue | undefined][];
  return JSON.stringify(Object.fromEntries(entries.map(([name, value]) => [name, encodeValue(value)])));
}

/** The state that `encodeState` was given. Throws SyntaxError for text that it cannot have written. */
export function decodeState(text: string): MethodState {
  const read: unknown = JSON.parse(text);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new SyntaxError('the state is no object');
  const state = Object.fromEntries(Object.entries(read).map(([name, value]) => [name, decodeValue(name, value)]));
  const { x, step, loss, evaluations, done } = state;
  const isState =
    x instanceof Float64Array &&
    [step, loss, evaluations].every((value) => typeof value === 'number') &&
    typeof done === 'boolean' &&
    ['undefined', 'string'].includes(typeof state['failure']);
  if (!isState) throw new SyntaxError('the state lacks what every state has');
  return state as unknown as MethodState;
}

/** JSON has no NaN, no infinities and drops the sign of -0; its other numbers are read back to the same double. */
function encodeValue(value: StateValue | undefined): unknown {
  if (value instanceof Float64Array) return { doubles: encodeDoubles(value) };
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { number: Object.is(value, -0) ? '-0' : String(value) };
}

function decodeValue(name: string, value: unknown): StateValue {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'object' && value !== null) {
    if ('doubles' in value && typeof value.doubles === 'string') return decodeDoubles(value.doubles);
    if ('number' in value && ['NaN', 'Infinity', '-Infinity', '-0'].includes(String(value.number))) return Number(value.number);
  }
  throw new SyntaxError(`'${name}' of the state cannot be read`);
}

function encodeDoubles(values: Float64Array): string {
  const bytes = new Uint8Array(8 * values.length);
  if (isLittleEndian) bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  else {
    const view = new DataView(bytes.buffer);
    values.forEach((value, i) => view.setFloat64(8 * i, value, true));
  }
  let text = '';
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    text += String.fromCharCode(...bytes.subarray(start, start + chunkBytes));
  }
  return btoa(text);
}

function decodeDoubles(text: string): Float64Array {
  let decoded: string;
  try {
    decoded = atob(text);
  } catch {
    throw new SyntaxError('the state holds numbers that are not base64');
  }
  if (decoded.length % 8 !== 0) throw new SyntaxError('the state holds a part of a number');
  const bytes = Uint8Array.from(decoded, (unit) => unit.charCodeAt(0));
  if (isLittleEndian) return new Float64Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}

/** Bytes are copied where they can be: a number read and written may lose the bits of a NaN. */
const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
