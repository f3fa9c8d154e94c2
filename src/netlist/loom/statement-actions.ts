// Semantic actions of the statement and head rules of grammar/loom.ohm: each makes a plan of its node. Block
// heads make their node with an empty body; the reader fills it.

import type { Node } from 'ohm-js';
import type {
  Argument,
  BenchItem,
  CallExpression,
  ClockStatement,
  Expression,
  FrameStatement,
  Identifier,
  ImportItem,
  InputDeclaration,
  Item,
  LetStatement,
  MeasureStatement,
  MemberExpression,
  NameExpression,
  OptimizeItem,
  OutputDeclaration,
  ParamDeclaration,
  PhaseDeclaration,
  RecordItem,
  RecordStatement,
  RunStatement,
  Statement,
  StringLiteral,
  SystemItem,
  WriteStatement,
} from '../ast.js';
import {
  firstToken,
  identifierOf,
  lastToken,
  listPlans,
  makeAll,
  optionalListPlans,
  optionalPlan,
  planOf,
  wholePlan,
  type Offsets,
  type RangeParts,
} from './expression-actions.js';
import type { LoomActionDict } from './grammar.generated.js';
import { planSpan, tokensSpan, tokenText, type Plan, type Reading } from './plan.js';

export type EdgeExpression = NameExpression | MemberExpression;
export type ClockParts = Pick<ClockStatement, 'frequency' | 'phases' | 'offset'>;
export type TicksParts = Pick<FrameStatement, 'ticks' | 'clock'>;
export type RunParts = Pick<RunStatement, 'ticks' | 'duration' | 'clock'>;
export type RecordParts = Pick<RecordStatement, 'items' | 'at'>;
export type MeasureParts = Pick<MeasureStatement, 'name' | 'call'>;
export type WriteParts = Pick<WriteStatement, 'signal' | 'file' | 'options'>;
export type TargetParts = Pick<LetStatement, 'name' | 'index'>;
export type ValueParts = Pick<LetStatement, 'value' | 'at'>;
/** `mod2(osr: 64)`: the system of a bench. */
export interface BenchTargetParts {
  readonly system: NameExpression;
  readonly args: readonly Argument[];
}

type Fields<T> = Omit<T, 'span' | 'trivia'>;

/** A statement: the fields of its parts, its span and its comments. */
export function statementPlan<T extends Statement | Item>(node: Node, o: Offsets, fields: (reading: Reading) => Fields<T>): Plan<T> {
  const plan: Plan<T> = wholePlan(node, o, (r) => ({ ...fields(r), span: planSpan(r, plan), trivia: r.trivia }) as T);
  return plan;
}

/** A part of a statement that has a span. */
function partPlan<T>(node: Node, o: Offsets, fields: (reading: Reading) => Omit<T, 'span'>): Plan<T> {
  const plan: Plan<T> = wholePlan(node, o, (r) => ({ ...fields(r), span: planSpan(r, plan) }) as T);
  return plan;
}

function optionalIdentifier(node: Node, o: Offsets): Plan<Identifier> | undefined {
  const child = node.children[0];
  return child === undefined ? undefined : identifierOf(child, o);
}

export const statementActions: LoomActionDict<Plan<unknown>> = {
  Import(_key, path) {
    const o: Offsets = this['args'].o;
    const file = planOf<StringLiteral>(path, o);
    return statementPlan<ImportItem>(this, o, (r) => ({ kind: 'import', path: file.make(r) }));
  },
  Param(_key, name, _equals, value) {
    const o: Offsets = this['args'].o;
    const [n, v] = [identifierOf(name, o), planOf<Expression>(value, o)];
    return statementPlan(this, o, (r) => ({ kind: 'param', name: n.make(r), value: v.make(r) }));
  },
  Clock(_key, name, _equals, value) {
    const o: Offsets = this['args'].o;
    const [n, v] = [identifierOf(name, o), planOf<ClockParts>(value, o)];
    return statementPlan<ClockStatement>(this, o, (r) => ({ kind: 'clock', name: n.make(r), ...v.make(r) }));
  },
  Input(_key, first, _comma, rest, _colon, unit) {
    const o: Offsets = this['args'].o;
    const inputs = listPlans<InputDeclaration>(first, rest, o);
    const units = optionalPlan<Identifier>(unit, o);
    return statementPlan(this, o, (r) => ({ kind: 'input', inputs: makeAll(inputs, r), unit: units?.make(r) }));
  },
  Output(_key, first, _comma, rest) {
    const o: Offsets = this['args'].o;
    const outputs = listPlans<OutputDeclaration>(first, rest, o);
    return statementPlan(this, o, (r) => ({ kind: 'output', outputs: makeAll(outputs, r) }));
  },
  Frame(_key, ticks) {
    const o: Offsets = this['args'].o;
    const t = planOf<TicksParts>(ticks, o);
    return statementPlan<FrameStatement>(this, o, (r) => ({ kind: 'frame', ...t.make(r) }));
  },
  Run(_key, length) {
    const o: Offsets = this['args'].o;
    const l = planOf<RunParts>(length, o);
    return statementPlan<RunStatement>(this, o, (r) => ({ kind: 'run', ...l.make(r) }));
  },
  Record(_key, records) {
    const o: Offsets = this['args'].o;
    const parts = planOf<RecordParts>(records, o);
    return statementPlan<RecordStatement>(this, o, (r) => ({ kind: 'record', ...parts.make(r) }));
  },
  Measure(_key, term) {
    const o: Offsets = this['args'].o;
    const parts = planOf<MeasureParts>(term, o);
    return statementPlan<MeasureStatement>(this, o, (r) => ({ kind: 'measure', ...parts.make(r) }));
  },
  Check(_key, condition) {
    const o: Offsets = this['args'].o;
    const c = planOf<Expression>(condition, o);
    return statementPlan(this, o, (r) => ({ kind: 'check', condition: c.make(r) }));
  },
  Write(_key, term) {
    const o: Offsets = this['args'].o;
    const parts = planOf<WriteParts>(term, o);
    return statementPlan<WriteStatement>(this, o, (r) => ({ kind: 'write', ...parts.make(r) }));
  },
  Let(target, _equals, value) {
    const o: Offsets = this['args'].o;
    const [t, v] = [planOf<TargetParts>(target, o), planOf<ValueParts>(value, o)];
    return statementPlan<LetStatement>(this, o, (r) => ({ kind: 'let', ...t.make(r), ...v.make(r) }));
  },

  SystemHead(_key, name, params) {
    const o: Offsets = this['args'].o;
    const [n, p] = [identifierOf(name, o), optionalPlan<ParamDeclaration[]>(params, o)];
    return statementPlan<SystemItem>(this, o, (r) => ({
      kind: 'system',
      name: n.make(r),
      params: p?.make(r) ?? [],
      body: [],
      dangling: [],
    }));
  },
  BenchHead(key, name, _of, system, args) {
    const o: Offsets = this['args'].o;
    const kind = key.sourceString as 'bench' | 'optimize';
    const n = identifierOf(name, o);
    const s = optionalPlan<NameExpression>(system, o);
    const a = optionalPlan<Argument[]>(args, o);
    return statementPlan<BenchItem | OptimizeItem>(this, o, (r) => {
      return { kind, name: n.make(r), system: s?.make(r), args: a?.make(r) ?? [], body: [], dangling: [] };
    });
  },
  ForHead(_key, range) {
    const o: Offsets = this['args'].o;
    const parts = planOf<RangeParts>(range, o);
    return statementPlan(this, o, (r) => ({ kind: 'for', ...parts.make(r), body: [], dangling: [] }));
  },

  Params(_open, first, _comma, rest, _close) {
    const o: Offsets = this['args'].o;
    const params = optionalListPlans<ParamDeclaration>(first, rest, o);
    return wholePlan(this, o, (r) => makeAll(params, r));
  },
  ParamName(name, _equals, value) {
    const o: Offsets = this['args'].o;
    const [n, v] = [identifierOf(name, o), optionalPlan<Expression>(value, o)];
    return partPlan<ParamDeclaration>(this, o, (r) => ({ name: n.make(r), value: v?.make(r) }));
  },
  ClockValue(frequency, phases, _key, offset) {
    const o: Offsets = this['args'].o;
    const f = planOf<Expression>(frequency, o);
    const p = optionalPlan<PhaseDeclaration[]>(phases, o);
    const shift = optionalPlan<Expression>(offset, o);
    return wholePlan(this, o, (r): ClockParts => ({ frequency: f.make(r), phases: p?.make(r) ?? [], offset: shift?.make(r) }));
  },
  Phases(_key, _open, first, _comma, rest, _close) {
    const o: Offsets = this['args'].o;
    const phases = listPlans<PhaseDeclaration>(first, rest, o);
    return wholePlan(this, o, (r) => makeAll(phases, r));
  },
  Phase(name, _key, at) {
    const o: Offsets = this['args'].o;
    const [n, a] = [identifierOf(name, o), optionalPlan<Expression>(at, o)];
    return partPlan<PhaseDeclaration>(this, o, (r) => ({ name: n.make(r), at: a?.make(r) }));
  },
  InputName(name, _open, length, _close) {
    const o: Offsets = this['args'].o;
    const [n, l] = [identifierOf(name, o), optionalPlan<Expression>(length, o)];
    return partPlan<InputDeclaration>(this, o, (r) => ({ name: n.make(r), length: l?.make(r) }));
  },
  PortUnit(_first, _sign, _rest) {
    const o: Offsets = this['args'].o;
    const [first, last] = [firstToken(this, o), lastToken(this, o)];
    return partPlan<Identifier>(this, o, (r) => {
      return {
        name: r.tokens
          .slice(first, last + 1)
          .map((_token, i) => tokenText(r, first + i))
          .join(''),
      };
    });
  },
  OutputName(name, _equals, value) {
    const o: Offsets = this['args'].o;
    const [n, v] = [identifierOf(name, o), optionalPlan<Expression>(value, o)];
    return partPlan<OutputDeclaration>(this, o, (r) => ({ name: n.make(r), value: v?.make(r) }));
  },
  Ticks(ticks, _key, clock) {
    const o: Offsets = this['args'].o;
    const [t, c] = [planOf<Expression>(ticks, o), optionalPlan<NameExpression>(clock, o)];
    return wholePlan(this, o, (r): TicksParts => ({ ticks: t.make(r), clock: c?.make(r) }));
  },
  OfClock(_key, clock) {
    return planOf(clock, this['args'].o);
  },
  RunLength(length) {
    return planOf<RunParts>(length, this['args'].o);
  },
  Duration(duration, clock) {
    const o: Offsets = this['args'].o;
    const [d, c] = [planOf<Expression>(duration, o), optionalPlan<NameExpression>(clock, o)];
    return wholePlan(this, o, (r): RunParts => ({ duration: d.make(r), clock: c?.make(r) }));
  },
  Records(first, _comma, rest, at) {
    const o: Offsets = this['args'].o;
    const [items, edge] = [listPlans<RecordItem>(first, rest, o), optionalPlan<EdgeExpression>(at, o)];
    return wholePlan(this, o, (r): RecordParts => ({ items: makeAll(items, r), at: edge?.make(r) }));
  },
  RecordItem(name, _equals, value) {
    const o: Offsets = this['args'].o;
    const [n, v] = [optionalIdentifier(name, o), planOf<Expression>(value, o)];
    return partPlan<RecordItem>(this, o, (r) => ({ name: n?.make(r), value: v.make(r) }));
  },
  MeasureTerm(name, _equals, call) {
    const o: Offsets = this['args'].o;
    const [n, c] = [optionalIdentifier(name, o), planOf<CallExpression>(call, o)];
    return wholePlan(this, o, (r): MeasureParts => ({ name: n?.make(r), call: c.make(r) }));
  },
  WriteTerm(signal, _key, file, args) {
    const o: Offsets = this['args'].o;
    const [s, f] = [identifierOf(signal, o), planOf<StringLiteral>(file, o)];
    const options = optionalPlan<Argument[]>(args, o);
    return wholePlan(this, o, (r): WriteParts => ({ signal: s.make(r), file: f.make(r), options: options?.make(r) ?? [] }));
  },
  Target(name, _open, index, _close) {
    const o: Offsets = this['args'].o;
    const [n, i] = [identifierOf(name, o), optionalPlan<Expression>(index, o)];
    return wholePlan(this, o, (r): TargetParts => ({ name: n.make(r), index: i?.make(r) }));
  },
  Value(value, at) {
    const o: Offsets = this['args'].o;
    const [v, edge] = [planOf<Expression>(value, o), optionalPlan<EdgeExpression>(at, o)];
    return wholePlan(this, o, (r): ValueParts => ({ value: v.make(r), at: edge?.make(r) }));
  },
  At(_sign, edge) {
    return planOf(edge, this['args'].o);
  },
  Edge(clock, _dot, phase) {
    const o: Offsets = this['args'].o;
    const object = planOf<NameExpression>(clock, o);
    const name = optionalIdentifier(phase, o);
    if (name === undefined) return object;
    return wholePlan(this, o, (r): MemberExpression => {
      return { kind: 'member', object: object.make(r), name: name.make(r).name, span: tokensSpan(r, object.first, name.last) };
    });
  },
  BenchTarget(name, args) {
    const o: Offsets = this['args'].o;
    const [n, a] = [planOf<NameExpression>(name, o), optionalPlan<Argument[]>(args, o)];
    return wholePlan(this, o, (r): BenchTargetParts => ({ system: n.make(r), args: a?.make(r) ?? [] }));
  },
};
