// Program: a system scheduled and flattened, without any backend's notions. What happens at each kind
// of event is a list of actions on expressions of the state before the event.

import type { Expr } from './expr.js';
import type { LoopRef, StateRef } from './types.js';

/** A tunable parameter: it can change between runs without a new Program. */
export interface ProgramParam {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Set where it stands for an open input of the system; an element of a vector is named like `bank[2]`. */
  readonly isInput?: true;
}

/** A clock on the Program's time grid. */
export interface ProgramClock {
  readonly name: string;
  /** Grid ticks per period. */
  readonly period: number;
  /** Grid tick of the first event of its first phase. */
  readonly offset: number;
}

/** A kept signal: one row per tick of its clock. */
export interface ProgramRecord {
  readonly name: string;
  readonly unit: string;
  readonly type: 'real' | 'int' | 'bit';
  /** Index into `clocks`. */
  readonly clock: number;
  /** Grid tick of the edge at which the first row is written. */
  readonly offset: number;
}

/** What an event does once all its expressions are evaluated; all actions happen at once. */
export type Action =
  | { readonly do: 'set'; readonly state: StateRef; readonly value: Expr }
  /** One element of an array state. */
  | { readonly do: 'put'; readonly state: StateRef; readonly index: Expr; readonly value: Expr }
  /** Every element of an array state: `value` may use the loop's index and the array before the event. */
  | { readonly do: 'fill'; readonly state: StateRef; readonly loop: LoopRef; readonly value: Expr }
  /** Row of the record's clock tick; `record` is an index into `records`. */
  | { readonly do: 'record'; readonly record: number; readonly value: Expr };

/** One kind of event: a set of clock edges that fall on the same instant. */
export interface EventKind {
  /** Names such as `clk.p1`, for people. */
  readonly edges: readonly string[];
  /** Clocks (indices) whose tick begins with this event. */
  readonly begins: readonly number[];
  /** States put back to their initial values before anything is evaluated (a frame begins). */
  readonly resets: readonly StateRef[];
  readonly actions: readonly Action[];
}

/** An edge of a clock's phase on the grid: it comes at offset, offset + period, … */
export interface Edge {
  readonly name: string;
  readonly period: number;
  readonly offset: number;
}

/** The order of events: a table over one hyperperiod when it is short, merged counters when it is long. */
export type Timeline =
  | {
      readonly kind: 'table';
      /** Grid ticks of one hyperperiod. */
      readonly length: number;
      /** Events of a hyperperiod in order of time; `at` is in 0 .. length-1, `event` indexes `events`. */
      readonly entries: readonly { readonly at: number; readonly event: number }[];
    }
  | {
      readonly kind: 'merged';
      readonly edges: readonly Edge[];
      /** Event kind by the bit mask of the edges that coincide; -1 where they never do. */
      readonly eventOf: readonly number[];
    };

export interface Program {
  readonly name: string;
  /** A grid tick lasts `seconds.numerator / seconds.denominator` seconds; both are exact integers. */
  readonly grid: { readonly numerator: number; readonly denominator: number };
  readonly clocks: readonly ProgramClock[];
  readonly params: readonly ProgramParam[];
  readonly states: readonly StateRef[];
  readonly records: readonly ProgramRecord[];
  readonly events: readonly EventKind[];
  readonly timeline: Timeline;
  /** Names of signals by expression, to say which one left the finite numbers. */
  readonly signalNames: ReadonlyMap<Expr, string>;
}
