// Random systems of calls of the registered block types, with arguments that may and may not fit.

import fc from 'fast-check';
import { blockTypes, findBlock } from '../../src/blocks/registry.js';
import { eventNames } from '../../src/blocks/define.js';
import type { Argument, CallExpression, LetStatement, NetlistFile } from '../../src/netlist/ast.js';
import { edges, expressions, identifiers, labels, stringLiterals } from './arbitraries.js';

const source = { name: 'random', text: '' };
const span = { source, start: 0, end: 0 };

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

function callsOf(type: string): fc.Arbitrary<CallExpression> {
  const block = findBlock(type)!;
  const known = [...Object.keys(block.inputs), ...Object.keys(block.params), ...eventNames(block), 'at', 'type', 'args'];
  const choices = Object.values(block.params).flatMap((param) => (param.kind === 'choice' ? param.choices : []));
  const texts = fc.oneof(
    stringLiterals,
    fc.constantFrom('null', ...choices).map((value) => ({ kind: 'string' as const, value, span })),
  );
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: labels },
  );
  const args = fc.array(
    fc.tuple(name, fc.oneof(expressions, texts)).map(([label, value]): Argument => {
      return { name: label, nameSpan: label === undefined ? undefined : span, value, span };
    }),
    { maxLength: 4 },
  );
  return args.map((list) => ({ kind: 'call', callee: { kind: 'name', name: type, span }, args: list, span }));
}

const statements: fc.Arbitrary<LetStatement> = fc.record({
  kind: fc.constant('let'),
  name: identifiers,
  value: fc.constantFrom(...blockTypes).chain(callsOf),
  at: optional(edges),
  trivia: fc.constant({ before: [], blankBefore: false }),
  span: fc.constant(span),
});

export const knownBlockFiles: fc.Arbitrary<NetlistFile> = fc.array(statements, { maxLength: 4 }).map((body) => ({
  source,
  items: [{ kind: 'system', name: { name: 's', span }, params: [], body, dangling: [], trivia: { before: [], blankBefore: false }, span }],
  dangling: [],
}));
