// What the parts of one elaboration share: the lists that grow, the overrides, and where files are read.

import { fail, type DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { CallExpression, MemberExpression, NameExpression } from '../netlist/ast.js';
import type { Span } from '../diagnostics/span.js';
import type { Dimension } from '../units/dimension.js';
import type { Frame, GraphClock, Instance, SignalRef } from './graph.js';
import type { ParamHost } from './params.js';
import { AlreadyReported, type Outputs, type Scope, type SignalBinding } from './scope.js';

/** A parameter with a unit that must agree with the instance's free unit `*`. */
export interface FreeUnit {
  readonly name: string;
  readonly dimension: Dimension;
  readonly span: Span;
}

/** A signal that an input declares to be a bit. */
export interface DeclaredBit {
  /** The inner side of a sub-system's input, or what drives an input of the top system. */
  readonly signal: SignalRef;
  /** The declaration. */
  readonly span: Span;
  /** What is connected. */
  readonly at: Span;
}

/** Makes what a call names. Calls stand in expressions, and systems hold expressions: the way back goes through Work. */
export type CreateCall = (
  call: CallExpression,
  path: string,
  scope: Scope,
  at: NameExpression | MemberExpression | undefined,
  work: Work,
) => Outputs;

export interface Work {
  readonly createCall: CreateCall;
  readonly bag: DiagnosticBag;
  readonly clocks: GraphClock[];
  readonly instances: Instance[];
  readonly frames: Frame[];
  /** Scopes of system instances and of the bench, the top system's first. */
  readonly scopes: Scope[];
  readonly params: ParamHost;
  /** Units of parameters marked `*`, by instance. */
  readonly freeUnits: Map<Instance, FreeUnit[]>;
  /** Units that signals are declared to have: inputs of systems. */
  readonly declaredUnits: { readonly signal: SignalRef; readonly dimension: Dimension; readonly span: Span }[];
  /** Inputs declared as bits. */
  readonly declaredBits: DeclaredBit[];
  /** How many blocks inside expressions have a name already, by their path without number. */
  readonly innerNames: Map<string, number>;
  /** Turns of loops and of vectors so far. */
  turns: number;
  /** Wiring that waits until every name is declared. */
  readonly pending: (() => void)[];
}

/** The netlist is refused beyond this many instances: replication can ask for any number. */
export const mostInstances = 2_000_000;

/** False once loops within loops have asked for too many turns, which is reported then. */
export const hasTurns = (work: Work): boolean => work.turns <= mostInstances;

export function takeTurns(count: number, span: Span, work: Work): void {
  if (!hasTurns(work)) throw new AlreadyReported();
  work.turns += Math.max(0, count);
  if (!hasTurns(work)) fail('DL106', span, `the loops of the system have more than ${mostInstances} turns`);
}

/** The outputs of a binding, created now if need be, after those whose shape it needs; without recursion. */
export function outputsOf(work: Work, wanted: SignalBinding): Outputs {
  const stack = [wanted];
  const entered = new Set<SignalBinding>();
  while (stack.length > 0) {
    const binding = stack.at(-1)!;
    if (binding.outputs !== undefined || binding.failed === true) {
      stack.pop();
      continue;
    }
    if (!entered.has(binding)) {
      entered.add(binding);
      const missing = attempt(work, binding, () =>
        binding.shapeNeeds().filter((need) => need.outputs === undefined && !need.failed && !entered.has(need)),
      );
      stack.push(...(missing ?? []));
      if (missing === undefined || missing.length > 0) continue;
    }
    stack.pop();
    const outputs = attempt(work, binding, () => binding.create());
    if (outputs !== undefined) binding.outputs = outputs;
  }
  if (wanted.outputs === undefined) throw new AlreadyReported();
  return wanted.outputs;
}

function attempt<T>(work: Work, binding: SignalBinding, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    binding.failed = true;
    if (!(error instanceof AlreadyReported)) work.bag.absorb(error);
    return undefined;
  }
}
