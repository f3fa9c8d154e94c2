// The reference of a block as plain data, taken from its declaration.

import { eventNames, isClocked, type Block, type Param, type Port } from '../blocks/define.js';
import { families } from '../blocks/registry.js';

export interface PortDocument {
  readonly name: string;
  readonly type: Port['type'];
  /** `*` is free but the same for all ports and parameters marked so; `any` is not checked. */
  readonly unit: string;
  readonly vector: boolean;
  /** What an unconnected input reads; null where it has to be connected, and for outputs. */
  readonly default: number | null;
  readonly doc: string;
}

type Value = number | string | readonly (number | string | readonly (number | string)[])[] | null;

export interface ParamDocument {
  readonly name: string;
  readonly kind: Param['kind'];
  readonly unit: string;
  /** Null where it has to be given; infinity is the word `inf`, as in a netlist. */
  readonly default: Value;
  readonly min: number | string | null;
  readonly max: number | string | null;
  readonly choices: readonly string[] | null;
  /** The effect it belongs to, which a run can switch off. */
  readonly effect: string | null;
  readonly doc: string;
}

export interface BlockDocument {
  readonly type: string;
  readonly family: string;
  readonly doc: string;
  readonly equation: string;
  readonly inputs: readonly PortDocument[];
  readonly outputs: readonly PortDocument[];
  readonly params: readonly ParamDocument[];
  readonly clocked: boolean;
  /** Names of its events, each wired to a clock edge; none for a block with a single step. */
  readonly events: readonly string[];
  readonly example: string;
  readonly cites: string | null;
}

export function blockDocuments(): BlockDocument[] {
  return families.flatMap(({ title, blocks }) => blocks.map((block) => documentOf(block, title)));
}

function documentOf(block: Block, family: string): BlockDocument {
  const { type, doc, equation, example, cites } = block;
  return {
    type,
    family,
    doc,
    equation,
    inputs: Object.entries(block.inputs).map(portDocument),
    outputs: Object.entries(block.outputs).map(portDocument),
    params: Object.entries(block.params).map(paramDocument),
    clocked: isClocked(block),
    events: eventNames(block),
    example,
    cites: cites ?? null,
  };
}

function portDocument([name, { type, unit, vector, default: value, doc }]: [string, Port]): PortDocument {
  return { name, type, unit, vector, default: value ?? null, doc };
}

function paramDocument([name, param]: [string, Param]): ParamDocument {
  const limits: { min?: number | undefined; max?: number | undefined } = param.kind === 'tunable' || param.kind === 'integer' ? param : {};
  return {
    name,
    kind: param.kind,
    unit: param.unit,
    default: 'default' in param ? valueOf(param.default) : null,
    min: limits.min === undefined ? null : numberOrWord(limits.min),
    max: limits.max === undefined ? null : numberOrWord(limits.max),
    choices: param.kind === 'choice' ? param.choices : null,
    effect: param.kind === 'tunable' ? (param.effect ?? null) : null,
    doc: param.doc,
  };
}

function valueOf(value: Extract<Param, { default?: unknown }>['default']): Value {
  if (value === undefined || typeof value === 'string') return value ?? null;
  if (typeof value === 'number') return numberOrWord(value);
  return value.map((item) => (typeof item === 'number' ? numberOrWord(item) : item.map(numberOrWord)));
}

const numberOrWord = (value: number): number | string => (Number.isFinite(value) ? value : value > 0 ? 'inf' : '-inf');
