// Every operation that a kernel of gpu.js carries, on operands that floats hold, in lanes; browser-safe, so that a page can
// run it. What comes out is compared with the operation's meaning in doubles, rounded once.

import { createTile } from '../../src/backends/batch.js';
import { gpuBatchKernel } from '../../src/backends/gpu/kernel.js';
import type { GpuMode } from '../../src/backends/gpu/gpu-js.js';
import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import type { ScalarType, StateRef } from '../../src/ir/types.js';
import { cases, op, product, R, type Case } from './operation-cases.js';

const reals = [0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, 0.49999997, -2.5, 3.25, -123.4375, 1e-3, 2 ** 23 + 1, -(2 ** 20) - 0.5].map(
  Math.fround,
);
const operandsOf: { readonly [K in ScalarType]: readonly number[] } = { real: reals, int: [0, 1, -1, 2, 7, -100, 1000], bit: [0, 1] };
const positive = [1e-3, 0.5, 1, 2.75, 9.5, 30].map(Math.fround);
const small = [0, 0.25, -1.5, 3, -7.75, 12.5].map(Math.fround);

const elementary: readonly (Case & { readonly values: readonly (readonly number[])[] })[] = [
  { ...op('exp', [R], build.exp, Math.exp), values: [small] },
  { ...op('log', [R], build.log, Math.log), values: [positive] },
  { ...op('sin', [R], build.sin, Math.sin), values: [small] },
  { ...op('cos', [R], build.cos, Math.cos), values: [small] },
  { ...op('tanh', [R], build.tanh, Math.tanh), values: [[...small, 1e6, -1e6]] },
  {
    ...op(
      'pow',
      [R, R],
      (a, b) => build.pow(build.abs(a), b),
      (a, b) => Math.abs(a) ** b,
    ),
    values: [positive, small],
  },
];
/** Without pow2, which is refused, and with bounds for what becomes an int. */
const carried = cases
  .filter(({ name }) => name !== 'pow2')
  .map((one) => (one.name === 'toInt' ? { ...one, build: (x: Expr) => build.toInt(build.clip(x, -(2 ** 24), 2 ** 24)) } : one));

/** What came out in the lane that is furthest from what should have. */
export interface OperationReport {
  readonly name: string;
  readonly operands: readonly number[];
  readonly got: number;
  readonly expected: number;
}

/** Names of the operations in the order in which they run. */
export const operationNames = [...carried, ...elementary].map(({ name }) => name);

/** Runs every operation in a mode; `ran` says in which they were run. */
export async function runOperations(
  mode: 'async' | GpuMode,
): Promise<{ readonly ran: readonly string[]; readonly reports: readonly OperationReport[] }> {
  const reports: OperationReport[] = [];
  const ran = new Set<string>();
  for (const one of [...carried.map((each) => ({ ...each, values: each.operands.map((type) => operandsOf[type]) })), ...elementary]) {
    const rows = product(one.values);
    const program = programOf(one);
    const kernel = await gpuBatchKernel(program, mode);
    const results = rows.map(() => new Float64Array(2));
    const params = Float64Array.from(
      { length: one.operands.length * rows.length },
      (_, i) => rows[i % rows.length]![Math.floor(i / rows.length)]!,
    );
    await kernel.run(createTile(program, rows.length, [results], params), 2);
    ran.add(kernel.detail!);
    reports.push(worstOf(one, rows, results));
  }
  return { ran: [...ran], reports };
}

function worstOf({ name, meaning }: Case, rows: readonly (readonly number[])[], results: readonly Float64Array[]): OperationReport {
  const distance = ({ got, expected }: OperationReport): number => (Object.is(got + 0, expected + 0) ? 0 : Math.abs(got - expected));
  const all = rows.map((operands, lane) => ({ name, operands, got: results[lane]![1]!, expected: Math.fround(meaning(...operands)) }));
  // A NaN that should be none, or none that should be, is further than any number.
  const weight = (report: OperationReport): number =>
    Number.isNaN(distance(report)) ? Infinity : distance(report) / Math.max(1, Math.abs(report.expected));
  return all.reduce((worst, report) => (weight(report) > weight(worst) ? report : worst));
}

/** Tick 0 takes the operands from the parameters, tick 1 records the operation on them. */
function programOf({ operands, build: make }: Case): Program {
  return withArena((): Program => {
    const states = operands.map((type, i): StateRef => ({ kind: 'state', name: `a${i}`, type, length: 0, init: 0 }));
    const value = make(...states.map(build.state));
    const actions = states.map((state, i) => ({ do: 'set' as const, state, value: operandOf(state.type, build.param(`p${i}`)) }));
    return {
      name: 'operation',
      grid: { numerator: 1, denominator: 1 },
      clocks: [{ name: 'clk', period: 1, offset: 0 }],
      params: operands.map((_, i) => ({ name: `p${i}`, value: 0, unit: '' })),
      states,
      records: [{ name: 'y', unit: '', type: value.type, clock: 0, offset: 0 }],
      events: [{ edges: ['clk'], begins: [0], resets: [], actions: [...actions, { do: 'record', record: 0, value }] }],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
  });
}

/** Ints are bounded, for a product of any two would not be a float. */
function operandOf(type: ScalarType, param: Expr): Expr {
  if (type === 'real') return param;
  return type === 'bit' ? build.lt(build.real(0.5), param) : build.clip(build.toInt(param), build.int(-1000), build.int(1000));
}
