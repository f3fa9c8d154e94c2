// Semantic actions of the statements that only an optimization holds: learn, objective, minimize, methods,
// judge, vary and counts. Those of other statements are in statement-actions.ts.

import type { Node } from 'ohm-js';
import type {
  Argument,
  CallExpression,
  CountStatement,
  Expression,
  JudgeStatement,
  LearnStatement,
  MemberExpression,
  MethodStatement,
  MinimizeStatement,
  NameExpression,
  ObjectiveStatement,
  VaryStatement,
} from '../ast.js';
import { identifierOf, lastToken, optionalPlan, planOf, wholePlan, type Offsets } from './expression-actions.js';
import type { LoomActionDict } from './grammar.generated.js';
import { tokensSpan, tokenText, type Plan } from './plan.js';
import { statementPlan, type MeasureParts } from './statement-actions.js';

export type LearnTarget = LearnStatement['target'];
export type LearnParts = Pick<LearnStatement, 'target' | 'options'>;
export type JudgeParts = Pick<JudgeStatement, 'value' | 'bench'>;

export const optimizeActions: LoomActionDict<Plan<unknown>> = {
  Learn(_key, term) {
    const o: Offsets = this['args'].o;
    const parts = planOf<LearnParts>(term, o);
    return statementPlan<LearnStatement>(this, o, (r) => ({ kind: 'learn', ...parts.make(r) }));
  },
  Objective(_key, term) {
    const o: Offsets = this['args'].o;
    const parts = planOf<MeasureParts>(term, o);
    return statementPlan<ObjectiveStatement>(this, o, (r) => ({ kind: 'objective', ...parts.make(r) }));
  },
  Minimize(_key, value) {
    const o: Offsets = this['args'].o;
    const v = planOf<Expression>(value, o);
    return statementPlan<MinimizeStatement>(this, o, (r) => ({ kind: 'minimize', value: v.make(r) }));
  },
  Method(key, call) {
    const o: Offsets = this['args'].o;
    const kind = key.sourceString as MethodStatement['kind'];
    const c = planOf<CallExpression>(call, o);
    return statementPlan<MethodStatement>(this, o, (r) => ({ kind, call: c.make(r) }));
  },
  Judge(_key, term) {
    const o: Offsets = this['args'].o;
    const parts = planOf<JudgeParts>(term, o);
    return statementPlan<JudgeStatement>(this, o, (r) => ({ kind: 'judge', ...parts.make(r) }));
  },
  Vary(_key, name, _equals, values) {
    const o: Offsets = this['args'].o;
    const [n, v] = [identifierOf(name, o), planOf<Expression>(values, o)];
    return statementPlan<VaryStatement>(this, o, (r) => ({ kind: 'vary', name: n.make(r), values: v.make(r) }));
  },
  Count(key, count) {
    const o: Offsets = this['args'].o;
    const kind = key.sourceString as CountStatement['kind'];
    const c = planOf<Expression>(count, o);
    return statementPlan<CountStatement>(this, o, (r) => ({ kind, count: c.make(r) }));
  },

  LearnTerm(target, options) {
    const o: Offsets = this['args'].o;
    const [t, a] = [planOf<LearnTarget>(target, o), optionalPlan<Argument[]>(options, o)];
    return wholePlan(this, o, (r): LearnParts => ({ target: t.make(r), options: a?.make(r) ?? [] }));
  },
  LearnTarget(name, steps) {
    const o: Offsets = this['args'].o;
    let plan: Plan<LearnTarget> = planOf<NameExpression>(name, o);
    for (const step of steps.children) plan = stepPlan(plan, step.children, o);
    return plan;
  },
  JudgeTerm(value, _of, bench) {
    const o: Offsets = this['args'].o;
    const [v, b] = [planOf<Expression>(value, o), planOf<NameExpression>(bench, o)];
    return wholePlan(this, o, (r): JudgeParts => ({ value: v.make(r), bench: b.make(r) }));
  },
};

/** `object[index].name`, with any number of indices. */
function stepPlan(object: Plan<LearnTarget>, [, indices, closers, , word]: Node[], o: Offsets): Plan<MemberExpression> {
  const { first } = object;
  let inner: Plan<Expression> = object;
  for (const [i, node] of indices!.children.entries()) {
    const [before, index, last] = [inner, planOf<Expression>(node, o), lastToken(closers!.children[i]!, o)];
    const make: Plan<Expression>['make'] = (r) => {
      return { kind: 'index', object: before.make(r), index: index.make(r), span: tokensSpan(r, first, last) };
    };
    inner = { first, last, make };
  }
  const [owner, last] = [inner, lastToken(word!, o)];
  return {
    first,
    last,
    make: (r) => ({ kind: 'member', object: owner.make(r), name: tokenText(r, last), span: tokensSpan(r, first, last) }),
  };
}
