// Graph: a system elaborated and flattened. Instances are block instances and formulas (expressions on
// signals); wires are references to outputs. It knows clocks and edges, and nothing of their order.

import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import type { Block } from '../blocks/define.js';
import type { Effect } from '../blocks/effects.js';
import type { Expr } from '../ir/expr.js';
import type { Rational } from '../units/quantity.js';
import type { Formula } from './formula.js';

export interface ClockPhase {
  readonly name: string;
  /** Fraction of the period, 0 to 1, 1 not included. */
  readonly at: Rational;
}

export interface GraphClock {
  /** Dotted path, such as `clk` or `inner.clk`. */
  readonly name: string;
  /** Seconds. */
  readonly period: Rational;
  readonly offset: Rational;
  readonly phases: readonly ClockPhase[];
  readonly span: Span;
}

/** One phase of one clock; indices into the graph's clocks and the clock's phases. */
export interface ClockEdge {
  readonly clock: number;
  readonly phase: number;
}

/** One scalar output of an instance. */
export interface SignalRef {
  readonly instance: Instance;
  readonly port: string;
  /** Element of a vector port; 0 for a scalar port. */
  readonly element: number;
}

export type SignalType = 'real' | 'bit';

interface InstanceBase {
  /** Dotted path, unique in the graph. */
  readonly path: string;
  readonly span: Span;
  /** Path of the enclosing sub-system; '' at the top. */
  readonly group: string;
}

export interface BlockInstance extends InstanceBase {
  readonly kind: 'block';
  readonly block: Block;
  /** By port; one reference for a scalar port, one each for a vector. Unconnected inputs with a default are absent. */
  readonly inputs: ReadonlyMap<string, readonly SignalRef[]>;
  /** What the step gets as parameters. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Parameters in words, for diagrams: those that the netlist gives. */
  readonly settings: readonly string[];
  /** Edge by event name; the one event of a block with a single step is ''. Empty for blocks without a clock. */
  readonly edges: ReadonlyMap<string, ClockEdge>;
  /** Length of each output; 1 for scalar ports. */
  readonly outputLengths: ReadonlyMap<string, number>;
  /** It starts with true or false: its flexible ports are bits. */
  readonly startsAsBit: boolean;
  /** It belongs to the bench and not to the system: no frame of the system resets it. */
  readonly inBench: boolean;
  /** Type of flexible ports. */
  flexType: SignalType;
}

export interface FormulaInstance extends InstanceBase {
  readonly kind: 'formula';
  readonly formula: Formula;
  readonly inputs: readonly SignalRef[];
  /** The expression as the netlist has it. */
  readonly text: string;
  type: SignalType;
}

export type Instance = BlockInstance | FormulaInstance;

/** A parameter that can be tuned without a new Program. */
export interface GraphParam {
  /** A parameter of the top system (`unit`) or of a block (`x1.gain`). */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Used where a change needs a new elaboration as well. */
  readonly structural: boolean;
  /** It stands for an input of the top system that nothing drives. */
  readonly isInput: boolean;
  /** A frequency of the bench that is moved to the nearest coherent one; `value` is moved already. */
  readonly isCoherent?: true;
}

/** Why a block's parameter is no tunable of its own. */
export type FixedParam =
  /** The netlist computes it from these parameters. */
  | { readonly kind: 'follows'; readonly from: readonly string[] }
  /** It describes an effect that is switched off. */
  | { readonly kind: 'off'; readonly effect: Effect }
  /** It describes an effect that the netlist does not state. */
  | { readonly kind: 'unstated' }
  /** A size, a choice or data: a change needs a new elaboration; numbers can be given from outside. */
  | { readonly kind: 'shape'; readonly isNumber: boolean };

/** What has to stay from `min` to `max` for a block's tunable to be allowed, as an expression over the parameters: as a rule its value. */
export interface GraphLimit {
  readonly name: string;
  readonly expr: Expr;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** States of the system at path `group`, and of those inside, return to their initial values each `ticks` of the clock. */
export interface Frame {
  readonly group: string;
  readonly clock: number;
  readonly ticks: number;
}

export interface GraphOutput {
  readonly name: string;
  readonly signals: readonly SignalRef[];
}

export interface Graph {
  readonly system: string;
  readonly clocks: readonly GraphClock[];
  readonly params: readonly GraphParam[];
  readonly limits: readonly GraphLimit[];
  /** By full path (`v.levels`). */
  readonly fixed: ReadonlyMap<string, FixedParam>;
  readonly instances: readonly Instance[];
  readonly frames: readonly Frame[];
  readonly outputs: readonly GraphOutput[];
  readonly warnings: readonly Diagnostic[];
}

/** `path.port[element]` for people: the port is left out where it is the block's first output. */
export function signalName(ref: SignalRef): string {
  const { instance, port, element } = ref;
  if (instance.kind === 'formula') return instance.path;
  const [first] = Object.keys(instance.block.outputs);
  const name = port === first ? instance.path : `${instance.path}.${port}`;
  return instance.block.outputs[port]!.vector ? `${name}[${element}]` : name;
}

/** Type of a signal once flexible types are resolved. */
export function signalType(ref: SignalRef): SignalType {
  const { instance, port } = ref;
  if (instance.kind === 'formula') return instance.type;
  const declared = instance.block.outputs[port]!.type;
  return declared === 'flex' ? instance.flexType : declared;
}

/** Key of a port element in a trace: `in`, or `in[2]` for vector ports. */
export const portKey = (port: string, vector: boolean, element: number): string => (vector ? `${port}[${element}]` : port);
