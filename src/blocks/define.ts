// A block is declared once. From the declaration follow its schema, reference page, feedthrough, code
// and diagram; `step` runs once per instance on symbolic values. This file holds the declaration's types.

import type { Samples } from '../io/samples.js';
import { indexOf, makeLoop } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { DataRef, LoopRef, ScalarType, StateRef } from '../ir/types.js';
import type { Effect } from './effects.js';

// ---- ports -----------------------------------------------------------------------------------------

/** `V` and so on: a unit. `*`: the instance's free unit, the same for all its ports and parameters marked so. `any`: unchecked. */
export type PortUnit = string;

/** Number of elements of a vector port, from the shapes of the parameters. */
type PortLength = (shapes: Shapes) => number;

/** `flex`: real or bit, whatever the block's flexible input is connected to. */
export type PortType = 'real' | 'bit' | 'flex';

export interface Port<Vector extends boolean = boolean> {
  readonly type: PortType;
  readonly unit: PortUnit;
  readonly doc: string;
  readonly vector: Vector;
  /** Vector ports: how many elements; absent: as many as are connected. */
  readonly length?: PortLength | undefined;
  /** An input that may stay unconnected reads this value. */
  readonly default?: number | undefined;
}

interface PortOptions {
  readonly default?: number;
}

export const port = (unit: PortUnit, doc: string, options: PortOptions = {}): Port<false> => ({
  type: 'real',
  unit,
  doc,
  vector: false,
  ...options,
});
export const bitPort = (doc: string, options: PortOptions = {}): Port<false> => ({ type: 'bit', unit: '', doc, vector: false, ...options });
export const flexPort = (doc: string): Port<false> => ({ type: 'flex', unit: '*', doc, vector: false });
export const vectorPort = (unit: PortUnit, doc: string, length?: PortLength): Port<true> => ({
  type: 'real',
  unit,
  doc,
  vector: true,
  length,
});
export const bitVectorPort = (doc: string, length?: PortLength): Port<true> => ({ type: 'bit', unit: '', doc, vector: true, length });

// ---- parameters ------------------------------------------------------------------------------------

interface ParamBase {
  readonly doc: string;
  readonly unit: PortUnit;
}
/** Lives in the parameter vector; a change needs no new Program. */
export interface TunableParam extends ParamBase {
  readonly kind: 'tunable';
  readonly default?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** The deviation from the ideal that it describes. Such a parameter, where nothing states it, is the constant of its default. */
  readonly effect?: Effect | undefined;
  /** With `effect`: its value where the effect is off. */
  readonly ideal?: number | undefined;
}
/** A list of tunables, such as the amplitudes of a multitone. */
export interface TunableListParam extends ParamBase {
  readonly kind: 'tunables';
  readonly default?: readonly number[] | undefined;
}
/** A whole number that shapes the graph. */
export interface IntegerParam extends ParamBase {
  readonly kind: 'integer';
  readonly default?: number | undefined;
  readonly min: number;
  readonly max: number;
}
/** A real number that shapes the graph. */
export interface NumberParam extends ParamBase {
  readonly kind: 'number';
  readonly default?: number | undefined;
  /** Takes true and false, too: the flexible ports are bits then. */
  readonly flex?: true;
}
export interface ChoiceParam<C extends string = string> extends ParamBase {
  readonly kind: 'choice';
  readonly choices: readonly C[];
  readonly default?: C | undefined;
}
/** Rows of tunables; every row has the same length. */
export interface MatrixParam extends ParamBase {
  readonly kind: 'matrix';
  readonly default?: readonly (readonly number[])[] | undefined;
}
/** A list of plain numbers that becomes a constant array. */
export interface TableParam extends ParamBase {
  readonly kind: 'table';
}
/** How the file of a samples parameter is read: csv with a column of time; columns: a csv file whose rows are no instants. */
export type SamplesFormat = 'wav' | 'csv' | 'columns';
/** A path to a file of samples, read while the netlist is elaborated. */
export interface SamplesParam extends ParamBase {
  readonly kind: 'samples';
  readonly format: SamplesFormat;
}
/** Free text, such as the name of a column. */
export interface TextParam extends ParamBase {
  readonly kind: 'text';
  readonly default?: string | undefined;
}
export type Param =
  TunableParam | TunableListParam | IntegerParam | NumberParam | ChoiceParam | MatrixParam | TableParam | SamplesParam | TextParam;

interface TunableOptions {
  readonly unit?: PortUnit;
  readonly min?: number;
  readonly max?: number;
  readonly effect?: Effect;
  /** The default unless given. */
  readonly ideal?: number;
}

/** Without a default the parameter is required. */
export function tunable(
  value: number | undefined,
  doc: string,
  { unit = '', effect, ideal = value, ...limits }: TunableOptions = {},
): TunableParam {
  const declared = { kind: 'tunable', default: value, doc, unit, ...limits } as const;
  if (effect === undefined) return declared;
  if (ideal === undefined) throw new Error(`internal: a parameter of the effect ${effect} needs its ideal value`);
  return { ...declared, effect, ideal };
}
export const tunables = (value: readonly number[] | undefined, doc: string, unit = ''): TunableListParam => ({
  kind: 'tunables',
  default: value,
  doc,
  unit,
});
export const integer = (value: number | undefined, doc: string, { min, max }: { min: number; max: number }): IntegerParam => ({
  kind: 'integer',
  default: value,
  doc,
  unit: '',
  min,
  max,
});
export const number = (value: number | undefined, doc: string, unit = ''): NumberParam => ({ kind: 'number', default: value, doc, unit });
export const flexNumber = (value: number, doc: string): NumberParam => ({ kind: 'number', default: value, doc, unit: '*', flex: true });
export const choice = <const C extends string>(choices: readonly C[], value: C | undefined, doc: string): ChoiceParam<C> => ({
  kind: 'choice',
  choices,
  default: value,
  doc,
  unit: '',
});
export const matrix = (value: readonly (readonly number[])[] | undefined, doc: string): MatrixParam => ({
  kind: 'matrix',
  default: value,
  doc,
  unit: '',
});
export const table = (doc: string): TableParam => ({ kind: 'table', doc, unit: '' });
export const text = (value: string | undefined, doc: string): TextParam => ({ kind: 'text', default: value, doc, unit: '' });
export const samples = (format: SamplesFormat, doc: string): SamplesParam => ({ kind: 'samples', format, doc, unit: '' });

/** What is known of parameters before the step is traced: numbers and choices by value (tunables by their present one), lists and matrices by size. */
export interface Shapes {
  integer(name: string): number;
  number(name: string): number;
  choice(name: string): string;
  text(name: string): string;
  length(name: string): number;
  rows(name: string): number;
  columns(name: string): number;
  samples(name: string): Samples;
}

// ---- states ----------------------------------------------------------------------------------------

/** `flex`: the type of the block's flexible input. */
type StateType = ScalarType | 'flex';

export interface ScalarState {
  readonly type: StateType;
  readonly length: 0;
  readonly init: number;
}
export interface ArrayState {
  readonly type: StateType;
  readonly length: number;
  readonly init: number | readonly number[];
  readonly array: true;
}
export type StateDeclaration = ScalarState | ArrayState;

export const realState = (init = 0): ScalarState => ({ type: 'real', length: 0, init });
export const intState = (init = 0): ScalarState => ({ type: 'int', length: 0, init });
export const bitState = (init = false): ScalarState => ({ type: 'bit', length: 0, init: init ? 1 : 0 });
export const flexState = (init = 0): ScalarState => ({ type: 'flex', length: 0, init });
export const flexArray = (length: number, init = 0): ArrayState => ({ type: 'flex', length, init, array: true });
export const realArray = (length: number, init: number | readonly number[] = 0): ArrayState => ({
  type: 'real',
  length,
  init,
  array: true,
});

/** How an event changes an array state: one element, or every element by a loop. */
export type ArrayUpdate =
  | { readonly do: 'put'; readonly index: Expr; readonly value: Expr }
  | { readonly do: 'fill'; readonly loop: LoopRef; readonly value: Expr };
export const put = (index: Expr, value: Expr): ArrayUpdate => ({ do: 'put', index, value });
export function fill(length: number, value: (index: Expr) => Expr): ArrayUpdate {
  const loop = makeLoop(length);
  return { do: 'fill', loop, value: value(indexOf(loop)) };
}

// ---- the step --------------------------------------------------------------------------------------

type Ports = Readonly<Record<string, Port>>;
type Params = Readonly<Record<string, Param>>;
type States = Readonly<Record<string, StateDeclaration>>;

type ValueOf<P extends Param> = P extends TunableParam
  ? Expr
  : P extends TunableListParam
    ? readonly Expr[]
    : P extends IntegerParam | NumberParam
      ? number
      : P extends TextParam
        ? string
        : P extends ChoiceParam<infer C>
          ? C
          : P extends MatrixParam
            ? readonly (readonly Expr[])[]
            : P extends TableParam
              ? DataRef
              : Samples;
type ParamValues<P extends Params> = { readonly [K in keyof P]: ValueOf<P[K]> };
type PortValue<P extends Port> = P extends Port<true> ? readonly Expr[] : Expr;
type PortValues<I extends Ports> = { readonly [K in keyof I]: PortValue<I[K]> };
/** Scalars are expressions of their value before the event; arrays are references for `load`. */
type StateValues<S extends States> = { readonly [K in keyof S]: S[K] extends ArrayState ? StateRef : Expr };
type NextValues<S extends States> = { readonly [K in keyof S]?: S[K] extends ArrayState ? ArrayUpdate : Expr };

export interface StepContext {
  /** Seconds between two events of the block's clock edge; NaN for blocks without a clock. */
  readonly periodSeconds: number;
  /** Instance path, for naming data. */
  readonly path: string;
  readonly noise: NoiseSource;
  /** Number of the case that data are for: the lane plus the ticks of the event's clock, a real whole number; for clocked blocks. */
  readonly caseNumber: () => Expr;
}

/** Draws of the normal distribution with mean 0 and variance 1, unless said otherwise. Each name is a stream of its own in each instance; the same name is the same draw. */
export interface NoiseSource {
  /** Drawn anew at every tick of the event's clock; for clocked blocks. `index`: which of several, an int of 16 bits that may be a loop's. */
  perTick(name: string, index?: Expr): Expr;
  /** `count` independent draws at every tick, which cost half as much as single ones. */
  normalsPerTick(name: string, count: number): readonly Expr[];
  /** Evenly distributed in (0, 1), drawn anew at every tick. */
  uniformPerTick(name: string): Expr;
  /** Drawn once a run. */
  perRun(name: string, index?: Expr): Expr;
}

type StepResult<O extends Ports, S extends States> = PortValues<O> & { readonly next?: NextValues<S> };
type Step<I extends Ports, O, P extends Params, S extends States> = (
  inputs: PortValues<I>,
  state: StateValues<S>,
  params: ParamValues<P>,
  context: StepContext,
) => O;

/**
 * The declaration of a block type.
 *
 * A block without `state`, `events` and `clocked` is a pure function of its inputs, evaluated where it is read.
 * Any other block is clocked. With `step` it has one event. Between events an output that depends on the state
 * alone follows the state; any other output holds the value of its last event, and `initially` before the first.
 * With `events` it has several, each wired to a clock edge by an argument of the event's name; `rest` gives the
 * outputs between events, and during those events whose step does not give them.
 */
export interface BlockDeclaration<I extends Ports, O extends Ports, P extends Params, S extends States, E extends string> {
  readonly type: string;
  /** One sentence. */
  readonly doc: string;
  readonly equation: string;
  /** A `.loom` line that works in a system with inputs `u` (real), `b` (bit) and a clock `clk` with phases p1 and p2. */
  readonly example: string;
  readonly cites?: string;
  readonly inputs: I;
  readonly outputs: O;
  readonly params: P;
  readonly clocked?: boolean;
  readonly state?: (params: ParamValues<P>) => S;
  /** Outputs before the first event, where they do not follow from the state; 0 otherwise. */
  readonly initially?: (params: ParamValues<P>) => { readonly [K in keyof O]?: number };
  readonly step?: Step<I, StepResult<O, S>, P, S>;
  readonly events?: { readonly [K in E]: Step<I, Partial<PortValues<O>> & { readonly next?: NextValues<S> }, P, S> };
  readonly rest?: (state: StateValues<S>, params: ParamValues<P>) => PortValues<O>;
  /** A relation between parameters that does not hold, in words. Of tunables, `shapes` has the present values only: see `limits`. */
  readonly check?: (shapes: Shapes, params: ParamValues<P>) => string | undefined;
  /** What has to stay at `min` or above whatever values the tunables get, by the parameter that is at fault where it does not. */
  readonly limits?: (params: ParamValues<P>) => { readonly [K in keyof P]?: { readonly expr: Expr; readonly min: number } };
}

/** A declaration with its types forgotten: what the engine works on. */
export type Block = BlockDeclaration<Ports, Ports, Params, States, string>;

/** Checks the declaration's own consistency and forgets its types. */
export function defineBlock<
  const I extends Ports,
  const O extends Ports,
  const P extends Params,
  S extends States = Record<never, never>,
  E extends string = never,
>(declaration: BlockDeclaration<I, O, P, S, E>): Block {
  const { type, inputs, outputs, params, step, events } = declaration;
  if ((step === undefined) === (events === undefined)) throw new Error(`internal: ${type} needs either step or events`);
  if ('next' in outputs) throw new Error(`internal: ${type}: an output cannot be called next`);
  const names = [...Object.keys(inputs), ...Object.keys(params), ...Object.keys(events ?? {})];
  if (new Set(names).size !== names.length) throw new Error(`internal: ${type}: inputs, parameters and events share a name`);
  return declaration as unknown as Block;
}

/** Whether instances of the block have a clock. */
export const isClocked = (block: Block): boolean => block.clocked === true || block.state !== undefined || block.events !== undefined;
/** Names of the block's events; one without a name for a block with a single step. */
export const eventNames = (block: Block): readonly string[] => Object.keys(block.events ?? {});
