// The names that a bench or an optimization reads, from its text alone: what another bench of a system uses
// is not unused.

import type { BenchItem, Expression, OptimizeItem, Statement } from '../netlist/ast.js';
import { subexpressions } from './scope.js';

export function namesIn({ body }: BenchItem | OptimizeItem): ReadonlySet<string> {
  const names = new Set<string>();
  const note = (statement: Statement): void => {
    if (statement.kind === 'write') names.add(statement.signal.name);
    for (const expression of expressionsOf(statement))
      for (const inner of subexpressions(expression)) if (inner.kind === 'name') names.add(inner.name);
    if (statement.kind === 'for') statement.body.forEach(note);
  };
  body.forEach(note);
  return names;
}

function expressionsOf(statement: Statement): readonly Expression[] {
  const given = (...parts: (Expression | undefined)[]): Expression[] => parts.filter((part) => part !== undefined);
  switch (statement.kind) {
    case 'param':
      return [statement.value];
    case 'let':
      return given(statement.index, statement.value);
    case 'for':
      return [statement.from, statement.to];
    case 'run':
      return given(statement.ticks, statement.duration);
    case 'record':
      return statement.items.map(({ value }) => value);
    case 'measure':
    case 'objective':
      return statement.call.args.map(({ value }) => value);
    case 'check':
      return [statement.condition];
    case 'write':
    case 'learn':
      // A target is written, not read.
      return statement.options.map(({ value }) => value);
    case 'method':
    case 'finish':
      return statement.call.args.map(({ value }) => value);
    case 'vary':
      return [statement.values];
    case 'batch':
    case 'restarts':
    case 'finalists':
      return [statement.count];
    // These read objectives and the measures of a bench.
    case 'minimize':
    case 'judge':
    // What neither can hold.
    case 'clock':
    case 'input':
    case 'output':
    case 'frame':
      return [];
  }
}
