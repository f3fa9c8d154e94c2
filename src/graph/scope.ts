// Scopes: what each name of one system instance means while the netlist is elaborated. Signals are
// bound before they are wired, so the order of statements never matters.

import { fail, type DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { CallExpression, ComprehensionExpression, Expression } from '../netlist/ast.js';
import type { Library } from '../netlist/library.js';
import type { ClockEdge, SignalRef } from './graph.js';
import type { Value } from './value.js';

/** Signals under one name: one for a scalar, several for a vector. */
export interface Wire {
  readonly refs: readonly SignalRef[];
  readonly vector: boolean;
}

export interface ConstantBinding {
  readonly kind: 'constant';
  readonly span: Span;
  readonly what: string;
  /** Computed on first use; a cycle is DL214. */
  get(): Value;
  used: boolean;
}

export interface ClockBinding {
  readonly kind: 'clock';
  readonly span: Span;
  /** Index of the clock; -1 where making it failed and was reported: what needs it stays silent. */
  readonly clock: number;
}

/** A block, a sub-system, an expression, a vector of them, or an input. */
export interface SignalBinding {
  readonly kind: 'signal';
  readonly span: Span;
  readonly what: 'block' | 'system' | 'expression' | 'vector' | 'input';
  /** Bindings whose shape must be known before this one's. */
  readonly shapeNeeds: () => readonly SignalBinding[];
  /** Makes the instances, not yet wired; called once, after those of shapeNeeds. */
  readonly create: () => Outputs;
  outputs?: Outputs;
  /** Set when creating it failed and was reported: what needs it stays silent. */
  failed?: boolean;
  /** A vector that is built element by element. */
  readonly elements?: Map<number, SignalBinding> | undefined;
  used: boolean;
}

/** What a signal binding offers: its first output under its own name, every output as a member. */
export interface Outputs {
  readonly first: string;
  readonly names: readonly string[];
  wire(name: string): Wire;
}

export type Binding = ConstantBinding | ClockBinding | SignalBinding;

/** Names of one system instance, or of one turn of a `for` inside it. */
export interface Scope {
  /** Dotted path of the instance; '' for the top system. */
  readonly path: string;
  readonly system: string;
  /** The file whose systems are known here. */
  readonly library: Library;
  readonly names: Map<string, Binding>;
  /** Those of `names` that are clocks: every clocked block asks for them. */
  readonly clocks: Map<string, ClockBinding>;
  /** The scope around a `for` turn: all names of it are known here. */
  readonly outer?: Scope | undefined;
  /** The scope that instantiated this system: clocks are looked up there. */
  readonly caller?: Scope | undefined;
  /** In a bench: the frequency that a source takes instead of the one it is given. */
  readonly coherent?: ((hertz: number) => number) | undefined;
  /** The edge given to the whole instance by `@`. */
  readonly defaultEdge?: ClockEdge | undefined;
  /** Blocks that stand inside expressions, by their call. */
  readonly anonymous: Map<CallExpression, SignalBinding>;
  /** The scope of each turn of a comprehension. */
  readonly turns: Map<ComprehensionExpression, readonly Scope[]>;
}

export function makeScope(parts: Pick<Scope, 'path' | 'system' | 'library'> & Partial<Scope>): Scope {
  return { names: new Map(), clocks: new Map(), anonymous: new Map(), turns: new Map(), ...parts };
}

/** The instance path of a name in a scope. */
export const pathIn = (scope: Scope, name: string): string => (scope.path === '' ? name : `${scope.path}.${name}`);

/** The scope around a scope: of the same instance first, then of the one that instantiated it. */
export const scopeAround = (scope: Scope): Scope | undefined => scope.outer ?? scope.caller;

/** Whether a scope is a bench's, or that of a system which a bench instantiates. */
export function isInBench(scope: Scope): boolean {
  for (let at: Scope | undefined = scope; at !== undefined; at = scopeAround(at)) if (at.coherent !== undefined) return true;
  return false;
}

export function findName(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const binding = at.names.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

function knownNames(scope: Scope): string[] {
  const names: string[] = [];
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) for (const name of at.names.keys()) names.push(name);
  return names;
}

/** The binding of a name, or DL201. */
export function lookUp(scope: Scope, name: string, span: Span): Binding {
  const binding = findName(scope, name);
  if (binding !== undefined) return binding;
  return fail('DL201', span, `unknown name '${name}'`, {
    why: `nothing of this name is declared in system '${scope.system}'`,
    help: didYouMean(name, knownNames(scope)),
  });
}

/** The value of a parameter, local or loop index; undefined for signals and clocks. */
export function lookUpConstant(scope: Scope, name: string, span: Span): Value | undefined {
  const binding = lookUp(scope, name, span);
  if (binding.kind !== 'constant') return undefined;
  binding.used = true;
  return binding.get();
}

/** Thrown where something that failed before is needed again: reported once is enough. */
export class AlreadyReported extends Error {}

/** Runs a piece of work; its diagnostics go into the bag. Undefined if it failed. */
export function guard<T>(bag: DiagnosticBag, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AlreadyReported)) bag.absorb(error);
    return undefined;
  }
}

/** Every name and call inside an expression, outermost first. */
export function* subexpressions(expression: Expression): Generator<Expression> {
  yield expression;
  switch (expression.kind) {
    case 'member':
      yield* subexpressions(expression.object);
      break;
    case 'index':
      yield* subexpressions(expression.object);
      yield* subexpressions(expression.index);
      break;
    case 'call':
      for (const arg of expression.args) yield* subexpressions(arg.value);
      break;
    case 'unary':
      yield* subexpressions(expression.operand);
      break;
    case 'binary':
      yield* subexpressions(expression.left);
      yield* subexpressions(expression.right);
      break;
    case 'conditional':
      yield* subexpressions(expression.test);
      yield* subexpressions(expression.yes);
      yield* subexpressions(expression.no);
      break;
    case 'list':
      for (const item of expression.items) yield* subexpressions(item);
      break;
    case 'comprehension':
      yield* subexpressions(expression.from);
      yield* subexpressions(expression.to);
      yield* subexpressions(expression.value);
      break;
  }
}
