// A netlist with its recurrent encoders unfolded: a line for each sum, quantizer and delay of a cell in place of one
// block with a matrix, so that diagrams show the paths. The lines of one encoder are made in encoder-cells.ts.

import { DiagnosticBag, fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { namesIn } from '../graph/bench-names.js';
import { elaborate } from '../graph/elaborate.js';
import type { BlockInstance, Graph } from '../graph/graph.js';
import { subexpressions } from '../graph/scope.js';
import {
  blankLine,
  type BenchItem,
  type CallExpression,
  type CommentLine,
  type Expression,
  type ImportItem,
  type Item,
  type LetStatement,
  type NetlistFile,
  type OptimizeItem,
  type Statement,
  type SystemItem,
} from '../netlist/ast.js';
import { inputNamesIn, nameInputs } from '../netlist/call-inputs.js';
import type { Library } from '../netlist/library.js';
import { mapParts, mapStatement, mapStatementCalls } from '../netlist/map-calls.js';
import { encoderCells } from './encoder-cells.js';

const encoderType = 'rcnet_encoder';
const isEncoder = (expression: Expression): boolean => expression.kind === 'call' && expression.callee.name === encoderType;

type EncoderLine = LetStatement & { readonly value: CallExpression };
const isEncoderLine = (statement: Statement): statement is EncoderLine =>
  statement.kind === 'let' && statement.index === undefined && isEncoder(statement.value);

/**
 * The file with the encoders of its systems unfolded, or with those named `instance`. Without thermal noise it gives the same bits.
 * An optimization that learns parameters of an unfolded encoder is left out.
 * @throws NetlistError DL908 where there is none, or one without a line of its own; what elaborating its system reports
 */
export function unfoldEncoders(library: Library, { instance }: { readonly instance?: string | undefined } = {}): NetlistFile {
  const systems = library.file.items.filter((item) => item.kind === 'system');
  const lines = systems.flatMap((system) => system.body.filter(isEncoderLine).map((line) => ({ system, line })));
  const chosen = lines.filter(({ line }) => instance === undefined || line.name.name === instance);
  refuseNested(systems, lines, instance);
  if (chosen.length === 0)
    fail('DL908', undefined, `'${library.path}' has no encoder${instance === undefined ? '' : ` '${instance}'`} to unfold`, {
      why: `an encoder is a line 'name = ${encoderType}(…)' of a system of this file`,
      help: instance === undefined ? undefined : didYouMean(instance, new Set(lines.map(({ line }) => line.name.name))),
    });
  const notes: string[] = [];
  const file = chosen.reduce((unfolded, { system, line }) => {
    const name = system.name.name;
    return unfoldLine(unfolded, { system: name, line, graph: graphOf(library, system) }, notes);
  }, library.file);
  return withHeader(file, [
    `Encoders unfolded into their cells: ${chosen.map(({ system, line }) => `${system.name.name}.${line.name.name}`).join(', ')}.`,
    ...notes,
  ]);
}

function refuseNested(
  systems: readonly SystemItem[],
  lines: readonly { readonly line: EncoderLine }[],
  instance: string | undefined,
): void {
  if (instance !== undefined) return;
  const own = new Set(lines.map(({ line }) => line.span.start));
  for (const statement of systems.flatMap(({ body }) => body.filter(({ span }) => !own.has(span.start))))
    mapStatementCalls(statement, (call) =>
      isEncoder(call)
        ? fail('DL908', call.span, 'this encoder has no line of its own', { help: `give it one in its system: enc = ${encoderType}(…)` })
        : call,
    );
}

/** The system with its defaults; with what its first bench gives it where a parameter has none. */
function graphOf(library: Library, system: SystemItem): Graph {
  const bench = library.benches.find((item) => (item.system ?? item.name).name === system.name.name);
  const isComplete = system.params.every(({ value }) => value !== undefined);
  const bag = new DiagnosticBag();
  const { graph } = elaborate(
    library,
    isComplete ? { system: system.name.name, openInputs: true } : { bench, system: system.name.name, openInputs: true },
    bag,
  );
  return graph;
}

interface Place {
  readonly system: string;
  readonly line: EncoderLine;
  readonly graph: Graph;
}

function unfoldLine(file: NetlistFile, { system, line, graph }: Place, notes: string[]): NetlistFile {
  const own = file.items.filter((item): item is Exclude<Item, ImportItem> => item.kind !== 'import' && systemOf(item) === system);
  const encoder = line.name.name;
  const prefix = freePrefix(own, encoder);
  const read = new Set<string>();
  /** `enc`, `enc.v` become names of the unfolded netlist; `enc.weights` has none. */
  const rename = (part: Expression): Expression => {
    const port =
      part.kind === 'name' && part.name === encoder
        ? 'out'
        : part.kind === 'member' && isNamed(part.object, encoder)
          ? part.name
          : undefined;
    if (port === undefined) return mapParts(part, rename);
    read.add(port);
    return { kind: 'name', name: `${prefix}_${port}`, span: part.span };
  };
  const renameIn = (statement: Statement): Statement => {
    if (statement.kind === 'output') {
      const outputs = statement.outputs.map((output) =>
        output.name.name === encoder && output.value === undefined
          ? { ...output, value: { ...output.name, kind: 'name' as const } }
          : output,
      );
      return mapStatement({ ...statement, outputs }, rename);
    }
    if (statement.kind === 'write' && statement.signal.name === encoder)
      return { ...statement, signal: { ...statement.signal, name: `${prefix}_out` } };
    return mapStatement(statement, rename);
  };
  const learnsFromIt = (item: OptimizeItem): boolean =>
    item.body.some(
      (statement) => statement.kind === 'learn' && speaksOf([statement.target, ...statement.options.map(({ value }) => value)], encoder),
    );

  const items = file.items.flatMap((item): Item[] => {
    if (item.kind === 'import' || systemOf(item) !== system) return [item];
    if (item.kind === 'optimize' && learnsFromIt(item)) {
      notes.push(`The optimization '${item.name.name}' is left out: it learns parameters of '${encoder}'.`);
      return [];
    }
    return [{ ...item, body: item.body.map(renameIn) }];
  });
  const instance = graph.instances.find((one): one is BlockInstance => one.kind === 'block' && one.path === encoder)!;
  const values = new Map(graph.params.map(({ name, value }) => [name, value]));
  const inputNames = inputNamesIn(file);
  const unfold = (statement: Statement): readonly Statement[] => {
    if (!isEncoderLine(statement) || statement.name.name !== encoder) return [statement];
    const cells = encoderCells({ ...statement, value: nameInputs(statement.value, inputNames) }, { instance, values, prefix, read });
    if (cells.isNoisy)
      notes.push(`The thermal noise of '${encoder}' has the same variance in each cell, but other draws: 'run --ideal' switches it off.`);
    return cells.statements;
  };
  const unfolded = items.map((item) =>
    item.kind === 'system' && item.name.name === system ? { ...item, body: item.body.flatMap(unfold) } : item,
  );
  return {
    ...file,
    items: unfolded.map((item) => (item.kind === 'system' && item.name.name === system ? keepParams(item, line, unfolded, prefix) : item)),
  };
}

/**
 * The system with a line that reads the parameters which only the encoder's matrix read: callers may give them, so they stay,
 * though they change nothing any more.
 */
function keepParams(system: SystemItem, { span, value }: EncoderLine, items: readonly Item[], prefix: string): SystemItem {
  const benches = items.filter((item) => (item.kind === 'bench' || item.kind === 'optimize') && systemOf(item) === system.name.name);
  const read = new Set(benches.flatMap((item) => [...namesIn(item as BenchItem | OptimizeItem)]));
  const note = (expression: Expression): Expression => {
    for (const part of subexpressions(expression)) if (part.kind === 'name') read.add(part.name);
    return expression;
  };
  for (const param of system.params) if (param.value !== undefined) note(param.value);
  for (const statement of system.body) mapStatement(statement, note);
  const params = [...system.params, ...system.body.filter((statement) => statement.kind === 'param')].map(({ name }) => name.name);
  const idle = [...subexpressions(value)].flatMap((part) =>
    part.kind === 'name' && params.includes(part.name) && !read.has(part.name) ? [part.name] : [],
  );
  if (idle.length === 0) return system;
  const names = [...new Set(idle)].map((name): Expression => ({ kind: 'name', name, span }));
  const kept: LetStatement = {
    kind: 'let',
    name: { name: `_${prefix}_params`, span },
    value: { kind: 'list', items: names, span },
    span,
    trivia: { before: ['What shaped the matrix, without effect now.'], blankBefore: true },
  };
  return { ...system, body: [...system.body, kept] };
}

const systemOf = (item: SystemItem | BenchItem | OptimizeItem): string =>
  (item.kind === 'system' ? item.name : (item.system ?? item.name)).name;
const isNamed = (expression: Expression, name: string): boolean => expression.kind === 'name' && expression.name === name;
const speaksOf = (expressions: readonly Expression[], name: string): boolean =>
  expressions.some((expression) => [...subexpressions(expression)].some((part) => isNamed(part, name)));

/** The encoder's name with as many `_` behind it as keep its lines from names of the system and its benches. */
function freePrefix(items: readonly Exclude<Item, ImportItem>[], encoder: string): string {
  const names = items.flatMap((item) => [
    ...(item.kind === 'system' ? item.params.map(({ name }) => name.name) : []),
    ...item.body.flatMap(namesOf),
  ]);
  let prefix = encoder;
  while (names.some((name) => name.replace(/^_/, '').startsWith(`${prefix}_`))) prefix += '_';
  return prefix;
}

function namesOf(statement: Statement): string[] {
  switch (statement.kind) {
    case 'input':
      return statement.inputs.map(({ name }) => name.name);
    case 'output':
      return statement.outputs.map(({ name }) => name.name);
    case 'for':
      return statement.body.flatMap(namesOf);
    case 'param':
    case 'clock':
    case 'let':
      return [statement.name.name];
    default:
      return [];
  }
}

function withHeader(file: NetlistFile, header: readonly string[]): NetlistFile {
  const [first, ...rest] = file.items;
  const before: CommentLine[] = [...new Set(header), blankLine, ...first!.trivia.before];
  return { ...file, items: [{ ...first!, trivia: { ...first!.trivia, before } }, ...rest] };
}
