// Moves some blocks of a system into a new system of which it then holds one instance: inputs for what
// the blocks read, outputs for what is read of them, parameters for the constants they use. The new
// system declares no clock: it has those of its caller.

import type {
  Argument,
  Expression,
  LetStatement,
  NetlistFile,
  OutputDeclaration,
  ParamDeclaration,
  Statement,
  SystemItem,
} from '../../src/netlist/ast.js';
import { declaredNames, mapReads, type NameChange } from './map-names.js';
import { benched, identifier, memberOf, nameOf, numberOf, replaceSystem, span, systemOf, trivia } from './netlist-text.js';

/** Number of elements of each vector by name; scalars are absent. Members (`count.code`) have `count_code`. */
export type Shapes = ReadonlyMap<string, number>;

/** Moves the statements that declare one of `names` into system `inner`, whose instance is called `instance`. */
export function wrapBlocks(
  file: NetlistFile,
  system: string,
  names: ReadonlySet<string>,
  shapes: Shapes,
  inner: string,
  instance: string,
): NetlistFile {
  const item = systemOf(file, system);
  const isMoved = (statement: Statement): boolean => declaredNames(statement).some((name) => names.has(name));
  const moved = item.body.filter(isMoved);
  const kept = item.body.filter((statement) => !isMoved(statement));
  if (moved.length === 0) return file;
  const inside = new Set(moved.flatMap(declaredNames));
  const constants = new Set([
    ...item.params.map((param) => param.name.name),
    ...item.body.flatMap((part) => (part.kind === 'param' ? [part.name.name] : [])),
  ]);
  const clocks = new Set(
    file.items.flatMap((other) =>
      other.kind === 'system' ? other.body.flatMap((part) => (part.kind === 'clock' ? [part.name.name] : [])) : [],
    ),
  );

  const params = new Map<string, Expression>();
  const inputs = new Map<string, Expression>();
  const body = moved.map((statement) => mapReads(statement, (read) => localName(read, { inside, constants, clocks, params, inputs })));

  const members = new Map<string, OutputDeclaration>();
  const outside: NameChange = (read) => {
    if (read.kind === 'name' || !inside.has(read.object.name)) return undefined;
    const name = flatName(read.object.name, read.name);
    members.set(name, { name: identifier(name), value: read, span });
    return memberOf(instance, name);
  };
  const rest = kept.map((statement) => mapReads(statement, outside));
  const items = file.items.map((other) =>
    other.kind === 'bench' && benched(other) === system
      ? { ...other, body: other.body.map((statement) => mapReads(statement, outside)) }
      : other,
  );
  const plain = [...inside].map((name): OutputDeclaration => ({ name: identifier(name), span }));

  const wrapped: SystemItem = {
    kind: 'system',
    name: identifier(inner),
    params: [...params.keys()].map((name): ParamDeclaration => ({ name: identifier(name), span })),
    body: [
      ...[...inputs.keys()].map((name): Statement => ({
        kind: 'input',
        inputs: [{ name: identifier(name), length: lengthOf(shapes, name), span }],
        trivia,
        span,
      })),
      ...body,
      { kind: 'output', outputs: [...plain, ...members.values()], trivia, span },
    ],
    dangling: [],
    trivia,
    span,
  };
  const args = [...params, ...inputs].map(([name, value]): Argument => ({ name, nameSpan: span, value, span }));
  const call: LetStatement = {
    kind: 'let',
    name: identifier(instance),
    value: { kind: 'call', callee: nameOf(inner), args, span },
    trivia,
    span,
  };
  const aliases = [...inside].map((name): LetStatement => ({
    kind: 'let',
    name: identifier(name),
    value: memberOf(instance, name),
    trivia,
    span,
  }));
  return replaceSystem({ ...file, items }, system, wrapped, { ...item, body: [...rest, call, ...aliases] });
}

interface Reads {
  readonly inside: ReadonlySet<string>;
  readonly constants: ReadonlySet<string>;
  /** `clk.p1` as the argument of an event: clocks need no way in. */
  readonly clocks: ReadonlySet<string>;
  readonly params: Map<string, Expression>;
  readonly inputs: Map<string, Expression>;
}

/** What a moved block reads: its neighbours stay as they are, everything else comes in by an input or a parameter. */
function localName(read: Parameters<NameChange>[0], { inside, constants, clocks, params, inputs }: Reads): Expression | undefined {
  const name = read.kind === 'name' ? read.name : read.object.name;
  if (inside.has(name) || name === 'pi' || name === 'inf' || clocks.has(name)) return undefined;
  if (constants.has(name)) {
    params.set(name, nameOf(name));
    return undefined;
  }
  const local = read.kind === 'name' ? name : flatName(name, read.name);
  inputs.set(local, read);
  return nameOf(local);
}

export const flatName = (block: string, output: string): string => `${block}_${output}`;
const lengthOf = (shapes: Shapes, name: string): Expression | undefined => (shapes.has(name) ? numberOf(shapes.get(name)!) : undefined);
