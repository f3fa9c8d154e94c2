// Where a loss or a gradient stopped being finite: lane after lane runs again by itself, forwards and then backwards, and the
// event in which it happens node by node on the interpreter.

import { compileKernel } from '../backends/compile.js';
import { Interpreter } from '../backends/interpret.js';
import { cloneMachine, createMachine, type Kernel, type Machine } from '../backends/kernel.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Graph } from '../graph/graph.js';
import type { Expr, Op } from '../ir/expr.js';
import { fixedNodes } from '../ir/fixed-nodes.js';
import type { Program } from '../ir/program.js';
import { programNodes } from '../ir/roots.js';
import { stripSurrogates } from '../ir/strip-surrogates.js';
import { isFiniteSince } from '../simulate/divergence.js';
import { rowsBefore } from '../simulate/recording.js';
import { findInReverse } from './find-in-reverse.js';
import type { Rows } from './lane-gradients.js';
import { NodePlaces, type NodePlace } from './node-places.js';
import type { Seeds } from './sow-seeds.js';
import { withRecords } from './with-records.js';

export interface NonFiniteQuestion {
  readonly learned: readonly string[];
  readonly objectives: readonly string[];
  /** Index of the clock whose ticks are counted. */
  readonly clock: number;
  readonly ticks: number;
  readonly lanes: number;
  /** As of Gradients: the value of parameter i of the Program of lane l at `i * lanes + l`. */
  readonly params: Float64Array;
  readonly seed: (rows: Rows) => Seeds;
  /** What the Program was made of: it knows the lines. */
  readonly graph?: Graph | undefined;
}

export interface NonFinite {
  /** A value of the run, the derivative of the objective by a row, or that by a value of the run. */
  readonly of: 'run' | 'objective' | 'gradient';
  readonly lane: number;
  /** Of the clock, from 0; undefined for the derivatives of what is computed of parameters alone, after all ticks. */
  readonly tick: number | undefined;
  /** The nearest signal: for `gradient` of the operation whose derivative it is. */
  readonly signal: string;
  readonly value: number;
  /** What made it of finite numbers, and these; undefined for `objective`. */
  readonly operation?: Op | undefined;
  readonly operands?: readonly number[] | undefined;
  readonly place?: NodePlace | undefined;
}

/** The first one, of the first lane that has one. `program` may hold surrogates. Throws GradientError. */
export function findNonFinite(program: Program, question: NonFiniteQuestion): NonFinite | undefined {
  const { lanes, params, objectives, seed, graph } = question;
  const wanted = withRecords(program, objectives);
  const forward = stripSurrogates(wanted);
  const kernel = compileKernel(forward);
  const places = new NodePlaces(forward, graph);
  const columns: Float64Array[][] = objectives.map(() => []);
  const own = Array.from({ length: lanes }, (_, lane) => Float64Array.from(program.params, (__, i) => params[i * lanes + lane]!));
  for (let lane = 0; lane < lanes; lane++) {
    const { found, records } = runForwards(kernel, own[lane]!, question, places);
    if (found !== undefined) return { of: 'run', lane, ...found };
    records.forEach((column, objective) => columns[objective]!.push(column));
  }
  const seeds = seed(columns);
  for (let lane = 0; lane < lanes; lane++) {
    for (const [objective, signal] of objectives.entries()) {
      const tick = seeds[objective]![lane]!.findIndex((value) => !Number.isFinite(value));
      if (tick >= 0) return { of: 'objective', lane, tick, signal, value: seeds[objective]![lane]![tick]! };
    }
  }
  for (let lane = 0; lane < lanes; lane++) {
    const laneSeeds = seeds.map((column) => [column[lane]!]);
    const found = findInReverse(wanted, { ...question, params: own[lane]!, seeds: laneSeeds });
    if (found !== undefined) return { of: 'gradient', lane, ...found };
  }
  return undefined;
}

type Found = Omit<NonFinite, 'of' | 'lane'>;

function runForwards(
  kernel: Kernel,
  params: Float64Array,
  { clock, ticks }: NonFiniteQuestion,
  places: NodePlaces,
): { readonly records: readonly Float64Array[]; readonly found?: Found } {
  const { program } = kernel;
  const { offset, period } = program.clocks[clock]!;
  const records = rowsBefore(program, offset + ticks * period).map((rows) => new Float64Array(rows));
  const machine = createMachine(program, records, params);
  const start = cloneMachine(machine);
  kernel.run(machine, offset + ticks * period);
  if (isFiniteSince(program, machine, start)) return { records };
  const run = start;
  for (let tick = 0; ; tick++) {
    const before = cloneMachine(run);
    kernel.run(run, offset + (tick + 1) * period);
    if (isFiniteSince(program, run, before)) continue;
    return { records, found: { tick, ...findInTick(program, before, offset + (tick + 1) * period, places) } };
  }
}

function findInTick(program: Program, machine: Machine, end: number, places: NodePlaces): Omit<Found, 'tick'> {
  const interpreter = new Interpreter(program);
  for (let next = interpreter.next(machine); next.tick < end; next = interpreter.next(machine)) {
    const values = new Map<Expr, number>();
    interpreter.run(machine, next, (expr, value) => {
      if (Number.isFinite(values.get(expr) ?? 0)) values.set(expr, value);
    });
    const failed = program.events[next.event]!.actions.find(({ value }) => !Number.isFinite(values.get(value)));
    if (failed === undefined) continue;
    const fixed = fixedNodes(programNodes(program));
    const node = originOf(failed.value, values, fixed);
    const place = places.placeOf(node);
    return {
      signal: place?.signal ?? (failed.do === 'record' ? program.records[failed.record]!.name : failed.state.name),
      value: values.get(node)!,
      operation: node.op,
      operands: node.src.map((operand) => values.get(operand)!),
      place,
    };
  }
  throw new Error('internal: the interpreter stayed finite where the kernel did not');
}

/** Down from a value that is not finite to where it came of finite ones; an unlimited parameter is no cause as long as there is another. */
function originOf(node: Expr, values: ReadonlyMap<Expr, number>, fixed: ReadonlySet<Expr>): Expr {
  for (let at = node; ;) {
    const value = (operand: Expr): number => values.get(operand)!;
    const next =
      at.src.find((operand) => Number.isNaN(value(operand))) ??
      at.src.find((operand) => !Number.isFinite(value(operand)) && !fixed.has(operand));
    if (next === undefined) return at;
    at = next;
  }
}

/** DL701 for a run, DL904 for derivatives. */
export function describeNonFinite({ of, lane, tick, signal, value, operation, operands = [], place }: NonFinite): Diagnostic {
  const what = { run: 'signal', objective: "the objective's derivative by", gradient: 'a derivative in' }[of];
  const when = tick === undefined ? 'in what is computed of parameters alone' : `at tick ${tick}`;
  const block = place?.instance?.kind === 'block' ? ` of ${place.instance.block.type} '${place.instance.path}'` : '';
  const made = `${operation}${operands.length === 0 ? '' : `(${operands.join(', ')})`}${block}`;
  const why = { run: `it comes of ${made}`, objective: 'the objective has no finite slope there', gradient: `it is that of ${made}` }[of];
  const message = `${what} '${signal}' became ${value} ${when}, in lane ${lane}`;
  return { code: of === 'run' ? 'DL701' : 'DL904', severity: 'error', message, span: place?.instance?.span, why };
}
