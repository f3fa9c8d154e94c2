// Random syntax trees of netlists, as both languages can say them. All nodes have one empty span.

import fc from 'fast-check';
import type {
  Argument,
  BenchItem,
  CallExpression,
  CommentLine,
  CountStatement,
  Expression,
  Identifier,
  ImportItem,
  Item,
  LearnStatement,
  MemberExpression,
  MethodStatement,
  NameExpression,
  NetlistFile,
  NumberLiteral,
  OptimizeItem,
  Statement,
  StringLiteral,
  SystemItem,
  Trivia,
} from '../../src/netlist/ast.js';
import { danglingLines } from '../../src/netlist/comment-lines.js';
import { reservedWords } from '../../src/netlist/loom/grammar.generated.js';
import { separateItems } from '../../src/netlist/separate-items.js';
import { parseQuantity } from '../../src/units/quantity.js';

const source = { name: 'random', text: '' };
const span = { source, start: 0, end: 0 };

/** Names, among them words that mean something elsewhere in the grammar or in JavaScript. */
export const names: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'u',
    'v',
    'x1',
    'clk',
    'a_b',
    '_',
    'E3',
    'of',
    'in',
    'at',
    'to',
    'ticks',
    'phases',
    'offset',
    '__proto__',
    'constructor',
    'toString',
  ),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((name) => !reservedWords.has(name)),
);
/** Names of arguments and members, which may be keywords. */
export const labels: fc.Arbitrary<string> = fc.oneof(names, fc.constantFrom(...reservedWords));

export const identifiers: fc.Arbitrary<Identifier> = names.map((name) => ({ name, span }));

export const numberLiterals: fc.Arbitrary<NumberLiteral> = fc
  .tuple(
    fc.oneof(fc.constantFrom('0', '1', '65536', '1_000', '0.5', '12.25', '1e-3', '2.5E+4'), fc.nat().map(String)),
    fc.constantFrom('', '', 'V', 'mV', 'fF', 'kHz', 'MHz', 'dB', 'us', '%', 'k', '\u00b5s'),
  )
  .map(([digits, suffix]) => {
    const text = `${digits}${suffix}`;
    const quantity = parseQuantity(text);
    if ('problem' in quantity) throw new Error(quantity.problem);
    return { kind: 'number', text, value: quantity.value, unit: quantity.unit, span };
  });

export const stringLiterals: fc.Arbitrary<StringLiteral> = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('out/y.wav', 'a "b" \\ c\n\td', '// no comment', '{(['))
  .map((value) => ({ kind: 'string', value, span }));

const nameExpressions: fc.Arbitrary<NameExpression> = names.map((name) => ({ kind: 'name', name, span }));

const trees = fc.letrec<{ expression: Expression; call: CallExpression; argument: Argument }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: nameExpressions },
    { weight: 3, arbitrary: numberLiterals },
    { weight: 1, arbitrary: stringLiterals },
    { weight: 1, arbitrary: fc.boolean().map((value): Expression => ({ kind: 'boolean', value, span })) },
    {
      weight: 2,
      arbitrary: fc.tuple(tie('expression'), labels).map(([object, name]): Expression => ({ kind: 'member', object, name, span })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('expression'), tie('expression'))
        .map(([object, index]): Expression => ({ kind: 'index', object, index, span })),
    },
    { weight: 3, arbitrary: tie('call') },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('-', '+', '!'), tie('expression'))
        .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, span })),
    },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom('||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '^'), tie('expression'), tie('expression'))
        .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, span })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('expression'), tie('expression'), tie('expression'))
        .map(([test, yes, no]): Expression => ({ kind: 'conditional', test, yes, no, span })),
    },
    { weight: 2, arbitrary: fc.array(tie('expression'), { maxLength: 4 }).map((items): Expression => ({ kind: 'list', items, span })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('expression'), names, tie('expression'), tie('expression'))
        .map(([value, variable, from, to]): Expression => ({ kind: 'comprehension', value, variable, from, to, span })),
    },
  ),
  call: fc
    .tuple(nameExpressions, fc.array(tie('argument'), { maxLength: 4 }))
    .map(([callee, args]) => ({ kind: 'call', callee, args, span })),
  argument: fc
    .tuple(fc.option(labels, { nil: undefined }), tie('expression'))
    .map(([name, value]) => ({ name, nameSpan: name === undefined ? undefined : span, value, span })),
}));

export const expressions: fc.Arbitrary<Expression> = trees.expression;
export const calls: fc.Arbitrary<CallExpression> = trees.call;
export const callArguments: fc.Arbitrary<Argument> = trees.argument;

/** Lines of comments: one line of text each, without blanks at their end. */
export const comments: fc.Arbitrary<string> = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('', 'gain', '  indented', '/* not a block', '// twice', '# mark'))
  .filter((text) => !/[\n\r]/.test(text) && text === text.trimEnd());

/** Comment lines, a blank line behind some of them. */
const commentBlocks: fc.Arbitrary<CommentLine[]> = fc
  .array(fc.tuple(comments, fc.boolean()), { maxLength: 3 })
  .map((lines) => lines.flatMap(([text, isBlankBelow]) => (isBlankBelow ? [text, null] : [text])));
/** Comment lines behind a body, which may begin with a blank line unless the body is empty. */
const danglingBlocks: fc.Arbitrary<CommentLine[]> = fc
  .tuple(fc.boolean(), commentBlocks)
  .map(([isBlankAbove, lines]) => (isBlankAbove ? [null, ...lines] : lines));

function withDangling<T extends { readonly body: readonly Statement[]; readonly dangling: readonly CommentLine[] }>(node: T): T {
  return { ...node, dangling: danglingLines(node.dangling, node.body.length > 0) };
}

const trivia: fc.Arbitrary<Trivia> = fc.record({
  before: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: commentBlocks }),
  after: fc.option(comments, { nil: undefined, freq: 3 }),
  blankBefore: fc.boolean(),
});

export const edges: fc.Arbitrary<NameExpression | MemberExpression> = fc
  .tuple(nameExpressions, fc.option(labels, { nil: undefined }))
  .map(([object, name]) => (name === undefined ? object : { kind: 'member', object, name, span }));

/** `unit`, `enc.weights`, `bank[i].low.gain`. */
const learnTargets: fc.Arbitrary<LearnStatement['target']> = fc
  .tuple(nameExpressions, fc.array(fc.tuple(fc.array(expressions, { maxLength: 2 }), labels), { maxLength: 3 }))
  .map(([first, steps]) =>
    steps.reduce<LearnStatement['target']>((target, [indices, name]) => {
      const object = indices.reduce<Expression>((inner, index) => ({ kind: 'index', object: inner, index, span }), target);
      return { kind: 'member', object, name, span };
    }, first),
  );

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(arbitrary, { minLength: 1, maxLength: 3 });
const constant = fc.constant;
const units: fc.Arbitrary<Identifier> = fc
  .constantFrom('V', 'bit', 'V/s', '1/s', 'V^2*s', 'k\u03a9', 'Hz^-0.5')
  .map((name) => ({ name, span }));

type StatementOf<K extends Statement['kind']> = Statement & { readonly kind: K };

function methods<K extends MethodStatement['kind']>(kind: K): fc.Arbitrary<MethodStatement & { readonly kind: K }> {
  return fc.record({ kind: constant(kind), call: calls, trivia, span: constant(span) });
}
function counts<K extends CountStatement['kind']>(kind: K): fc.Arbitrary<CountStatement & { readonly kind: K }> {
  return fc.record({ kind: constant(kind), count: expressions, trivia, span: constant(span) });
}

/** One arbitrary for each kind of statement. */
export const statementsByKind: { readonly [K in Exclude<Statement['kind'], 'for'>]: fc.Arbitrary<StatementOf<K>> } = {
  param: fc.record({ kind: constant('param'), name: identifiers, value: expressions, trivia, span: constant(span) }),
  clock: fc.record({
    kind: constant('clock'),
    name: identifiers,
    frequency: expressions,
    phases: fc.array(fc.record({ name: identifiers, at: optional(expressions), span: constant(span) }), { maxLength: 3 }),
    offset: optional(expressions),
    trivia,
    span: constant(span),
  }),
  input: fc.record({
    kind: constant('input'),
    inputs: some(fc.record({ name: identifiers, length: optional(expressions), span: constant(span) })),
    unit: optional(units),
    trivia,
    span: constant(span),
  }),
  output: fc.record({
    kind: constant('output'),
    outputs: some(fc.record({ name: identifiers, value: optional(expressions), span: constant(span) })),
    trivia,
    span: constant(span),
  }),
  let: fc.record({
    kind: constant('let'),
    name: identifiers,
    index: optional(expressions),
    value: expressions,
    at: optional(edges),
    trivia,
    span: constant(span),
  }),
  frame: fc.record({ kind: constant('frame'), ticks: expressions, clock: optional(nameExpressions), trivia, span: constant(span) }),
  run: fc.oneof(
    fc.record({ kind: constant('run'), ticks: expressions, clock: optional(nameExpressions), trivia, span: constant(span) }),
    fc.record({ kind: constant('run'), duration: expressions, clock: optional(nameExpressions), trivia, span: constant(span) }),
  ),
  record: fc.record({
    kind: constant('record'),
    items: some(fc.record({ name: optional(identifiers), value: expressions, span: constant(span) })),
    at: optional(edges),
    trivia,
    span: constant(span),
  }),
  measure: fc.record({ kind: constant('measure'), name: optional(identifiers), call: calls, trivia, span: constant(span) }),
  check: fc.record({ kind: constant('check'), condition: expressions, trivia, span: constant(span) }),
  write: fc.record({
    kind: constant('write'),
    signal: identifiers,
    file: stringLiterals,
    options: fc.array(callArguments, { maxLength: 2 }),
    trivia,
    span: constant(span),
  }),
  learn: fc.record({
    kind: constant('learn'),
    target: learnTargets,
    options: fc.array(callArguments, { maxLength: 3 }),
    trivia,
    span: constant(span),
  }),
  objective: fc.record({ kind: constant('objective'), name: optional(identifiers), call: calls, trivia, span: constant(span) }),
  minimize: fc.record({ kind: constant('minimize'), value: expressions, trivia, span: constant(span) }),
  method: methods('method'),
  finish: methods('finish'),
  judge: fc.record({ kind: constant('judge'), value: expressions, bench: nameExpressions, trivia, span: constant(span) }),
  vary: fc.record({ kind: constant('vary'), name: identifiers, values: expressions, trivia, span: constant(span) }),
  batch: counts('batch'),
  restarts: counts('restarts'),
  finalists: counts('finalists'),
};

/** The first of a body has no blank line before it. */
function withoutFirstBlank(nodes: Statement[]): Statement[] {
  return nodes.map((node, i) => (i > 0 ? node : { ...node, trivia: { ...node.trivia, blankBefore: false } }));
}

function bodyOf(...members: fc.Arbitrary<Statement>[]): fc.Arbitrary<Statement[]> {
  return fc.array(fc.oneof(...members), { maxLength: 6 }).map(withoutFirstBlank);
}

/** Replications, at most three within each other. */
const replications = fc.letrec<{ for: Statement }>((tie) => ({
  for: fc
    .record({
      kind: constant('for' as const),
      variable: identifiers,
      from: expressions,
      to: expressions,
      body: fc
        .array(fc.oneof({ maxDepth: 2 }, statementsByKind.let as fc.Arbitrary<Statement>, tie('for')), { maxLength: 3 })
        .map(withoutFirstBlank),
      dangling: danglingBlocks,
      trivia,
      span: constant(span),
    })
    .map(withDangling),
})).for;

const { param, clock, input, output, let: block, frame, run, record, measure, check, write } = statementsByKind;
const { learn, objective, minimize, method, finish, judge, vary, batch, restarts, finalists } = statementsByKind;

export const importItems: fc.Arbitrary<ImportItem> = fc.record({
  kind: constant('import'),
  path: stringLiterals,
  trivia,
  span: constant(span),
});
export const systemItems: fc.Arbitrary<SystemItem> = fc
  .record({
    kind: constant('system'),
    name: identifiers,
    params: fc.array(fc.record({ name: identifiers, value: optional(expressions), span: constant(span) }), { maxLength: 3 }),
    body: bodyOf(param, clock, input, output, block, block, replications, frame),
    dangling: danglingBlocks,
    trivia,
    span: constant(span),
  })
  .map(withDangling);
export const benchItems: fc.Arbitrary<BenchItem> = fc
  .record({
    kind: constant('bench'),
    name: identifiers,
    system: optional(nameExpressions),
    args: fc.array(callArguments, { maxLength: 3 }),
    body: bodyOf(param, block, block, replications, run, record, measure, check, write),
    dangling: danglingBlocks,
    trivia,
    span: constant(span),
  })
  .map(withDangling);

const searching = [minimize, method, method, finish, judge, vary, batch, restarts, finalists];
export const optimizeItems: fc.Arbitrary<OptimizeItem> = fc
  .record({
    kind: constant('optimize'),
    name: identifiers,
    system: optional(nameExpressions),
    args: fc.array(callArguments, { maxLength: 3 }),
    body: bodyOf(param, block, replications, run, learn, learn, objective, objective, ...searching),
    dangling: danglingBlocks,
    trivia,
    span: constant(span),
  })
  .map(withDangling);

export const netlistFiles: fc.Arbitrary<NetlistFile> = fc.record({
  source: constant(source),
  items: fc.array(fc.oneof<fc.Arbitrary<Item>[]>(importItems, systemItems, benchItems, optimizeItems), { maxLength: 3 }).map(separateItems),
  dangling: commentBlocks.map((lines) => danglingLines(lines, false)),
});
