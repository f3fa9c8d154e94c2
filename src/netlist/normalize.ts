// The normal form of a syntax tree: what both languages can say in one way only. Statements stand in the
// order of YAML's groups, inputs of calls are named, and neighbouring inputs, outputs and records are one
// statement. The meaning is the same: the order of lines in a netlist never matters.

import type {
  BenchItem,
  InputStatement,
  Item,
  NetlistFile,
  OptimizeItem,
  OutputStatement,
  RecordStatement,
  Statement,
  SystemItem,
  Trivia,
} from './ast.js';
import { inputNamesIn, nameInputs, type InputNames } from './call-inputs.js';
import { separateItems } from './separate-items.js';
import { mapArguments, mapCalls, mapStatementCalls } from './map-calls.js';
import { printExpression } from './loom/print-expression.js';

const itemOrder: readonly Item['kind'][] = ['import', 'system', 'bench', 'optimize'];
/** Blocks and loops are one group. */
const statementOrder: { readonly [K in Statement['kind']]: number } = {
  param: 0,
  clock: 1,
  input: 2,
  let: 3,
  for: 3,
  frame: 4,
  output: 5,
  run: 6,
  record: 7,
  measure: 8,
  check: 9,
  write: 10,
  learn: 11,
  vary: 12,
  objective: 13,
  minimize: 14,
  batch: 15,
  restarts: 16,
  method: 17,
  finish: 18,
  finalists: 19,
  judge: 20,
};

/** The file in normal form. Normalizing twice changes nothing more. */
export function normalizeNetlist(file: NetlistFile): NetlistFile {
  const inputNames = inputNamesIn(file);
  const items = [...file.items].sort((a, b) => itemOrder.indexOf(a.kind) - itemOrder.indexOf(b.kind));
  return { ...file, items: separateItems(items).map((item) => normalizeItem(item, inputNames)) };
}

function normalizeItem(item: Item, inputNames: InputNames): Item {
  if (item.kind === 'import') return item;
  const body = normalizeBody(item.body, inputNames);
  return item.kind === 'system' ? normalizeSystem({ ...item, body }, inputNames) : normalizeBench({ ...item, body }, inputNames);
}

function normalizeSystem(item: SystemItem, inputNames: InputNames): SystemItem {
  const params = item.params.map((param) => ({
    ...param,
    value: param.value && mapCalls(param.value, (call) => nameInputs(call, inputNames)),
  }));
  return { ...item, params };
}

function normalizeBench<T extends BenchItem | OptimizeItem>(item: T, inputNames: InputNames): T {
  const args = mapArguments(item.args, (call) => nameInputs(call, inputNames));
  return { ...item, args, system: item.system?.name === item.name.name ? undefined : item.system };
}

function normalizeBody(body: readonly Statement[], inputNames: InputNames): Statement[] {
  const named = body.map((statement) => mapStatementCalls(statement, (call) => nameInputs(call, inputNames)));
  const single = named.flatMap(splitStatement);
  const sorted = single.sort((a, b) => statementOrder[a.kind] - statementOrder[b.kind]).map(withoutFirstBlank);
  return mergeNeighbours(sorted).map((statement) => normalizeStatement(statement, inputNames));
}

function normalizeStatement(statement: Statement, inputNames: InputNames): Statement {
  if (statement.kind === 'for') return { ...statement, body: normalizeBody(statement.body, inputNames) };
  if ((statement.kind === 'measure' || statement.kind === 'objective') && statement.name?.name === statement.call.callee.name)
    return { ...statement, name: undefined };
  return statement;
}

/** A blank line at the start of a body separates nothing. */
function withoutFirstBlank(node: Statement, index: number): Statement {
  return index === 0 && node.trivia.blankBefore ? { ...node, trivia: { ...node.trivia, blankBefore: false } } : node;
}

type ListStatement = InputStatement | OutputStatement | RecordStatement;

/** One statement for each name of a list; comments above go to the first, the one behind to the last. */
function splitStatement(statement: Statement): Statement[] {
  if (statement.kind === 'input') return split(statement, statement.inputs, (input) => ({ inputs: [input] }));
  if (statement.kind === 'output') return split(statement, statement.outputs, (output) => ({ outputs: [output] }));
  if (statement.kind === 'record') return split(statement, statement.items, (item) => ({ items: [item] }));
  return [statement];
}

function split<S extends ListStatement, T>(statement: S, parts: readonly T[], of: (part: T) => Partial<S>): S[] {
  const { before, after, blankBefore } = statement.trivia;
  return parts.map((part, i) => {
    const trivia: Trivia = {
      before: i === 0 ? before : [],
      blankBefore: i === 0 && blankBefore,
      after: i === parts.length - 1 ? after : undefined,
    };
    return { ...statement, ...of(part), trivia };
  });
}

function mergeNeighbours(statements: readonly Statement[]): Statement[] {
  const merged: Statement[] = [];
  for (const statement of statements) {
    const joined = merged.length > 0 ? join(merged[merged.length - 1]!, statement) : undefined;
    if (joined === undefined) merged.push(statement);
    else merged[merged.length - 1] = joined;
  }
  return merged;
}

/** Two neighbours as one statement, if they can be one and no comment or blank line is between them. */
function join(a: Statement, b: Statement): Statement | undefined {
  if (a.trivia.after !== undefined || b.trivia.before.length > 0 || b.trivia.blankBefore) return undefined;
  const trivia: Trivia = { ...a.trivia, after: b.trivia.after };
  if (a.kind === 'input' && b.kind === 'input' && a.unit?.name === b.unit?.name)
    return { ...a, inputs: [...a.inputs, ...b.inputs], trivia };
  if (a.kind === 'output' && b.kind === 'output') return { ...a, outputs: [...a.outputs, ...b.outputs], trivia };
  if (a.kind !== 'record' || b.kind !== 'record' || edgeText(a) !== edgeText(b)) return undefined;
  return { ...a, items: [...a.items, ...b.items], trivia };
}

const edgeText = ({ at }: RecordStatement): string => (at === undefined ? '' : printExpression(at));
