// Turns the errors of the schema validators into diagnostics: which key, where, what is wrong with it.

import type { ErrorObject } from 'ajv/dist/2020.js';
import type { ParsedNode } from 'yaml';
import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { SourceText, Span } from '../../diagnostics/span.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { reservedWords } from '../loom/grammar.generated.js';
import { netlistSchema } from './netlist-schema.js';
import { findEntry, isNull, nodeAt, spanOf } from './nodes.js';

/** Where an error is: the value, its key if it has one, and the names on the way. */
export interface ErrorPlace {
  readonly error: ErrorObject;
  readonly path: readonly string[];
  readonly span: Span;
  readonly keySpan: Span;
}

/** Resolves the place of each error, the follow-up errors of combining keywords left out. */
export function errorPlaces(source: SourceText, root: ParsedNode, rootKey: Span | undefined, errors: readonly ErrorObject[]): ErrorPlace[] {
  return errors.flatMap((error) => {
    if (error.keyword === 'if' || error.keyword === 'propertyNames') return [];
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const { node, key } = nodeAt(source, root, path);
    const own = key === undefined ? rootKey : spanOf(source, key);
    const wrongKey = (error.params as { additionalProperty?: string }).additionalProperty ?? error.propertyName;
    if (wrongKey !== undefined) {
      const span = spanOf(source, findEntry(source, node, wrongKey)!.key);
      return [{ error, path, span, keySpan: span }];
    }
    const value = isNull(node) ? undefined : spanOf(source, node!);
    const span = value ?? own ?? spanOf(source, root);
    return [{ error, path, span, keySpan: own ?? span }];
  });
}

/** Errors of the outer shape: DL105, and DL213 for words of the language used as names. */
export function reportShapeErrors(places: readonly ErrorPlace[], bag: DiagnosticBag): void {
  for (const { error, path, span, keySpan } of places) {
    switch (error.keyword) {
      case 'additionalProperties': {
        const known = Object.keys(error.parentSchema!['properties'] as object);
        const key = (error.params as { additionalProperty: string }).additionalProperty;
        bag.error('DL105', span, `unknown key '${key}' in ${labelOf(path)}`, {
          why: `${holderOf(path)} has the keys ${known.join(', ')}`,
          help: key === '<<' ? 'merge keys are no part of netlists' : (helpMove(path, key) ?? didYouMean(key, known)),
        });
        break;
      }
      case 'required':
        bag.error('DL105', keySpan, `${labelOf(path)} has no '${(error.params as { missingProperty: string }).missingProperty}'`);
        break;
      case 'pattern':
        reportName(error.propertyName ?? String(error.data), span, bag);
        break;
      case 'type':
        bag.error('DL105', span, typeMessage(labelOf(path), error), { why: 'the value has another form than its key asks for' });
        break;
      default:
        throw new Error(`internal: schema keyword ${error.keyword} has no message`);
    }
  }
}

/** A key or text that should be a name and is none. */
export function reportName(name: string, span: Span, bag: DiagnosticBag): void {
  if (reservedWords.has(name))
    bag.error('DL213', span, `'${name}' is a word of the language and cannot be a name`, { help: `write '${name}_' or another name` });
  else bag.error('DL105', span, `'${name}' is not a name`, { why: 'a name has letters, digits and _, and does not start with a digit' });
}

/** `'levels' is a list where a whole number is expected`. */
export function typeMessage(label: string, error: ErrorObject): string {
  if (error.data === null) return `${label} has no value`;
  return `${label} is ${describeData(error.data)} where ${describeTypes((error.params as { type: string | string[] }).type)} is expected`;
}

function describeData(data: unknown): string {
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'object') return 'a mapping';
  return typeof data === 'string' ? `the text '${data.length > 40 ? `${data.slice(0, 40)}…` : data}'` : String(data);
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ['object', 'a mapping'],
  ['array', 'a list'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'a value'],
  ['string', 'text'],
]);

/** The most telling of the types that would do: texts are accepted nearly everywhere, as expressions. */
function describeTypes(types: string | string[]): string {
  const allowed = typeof types === 'string' ? [types] : types;
  if (allowed.includes('object')) return allowed.includes('string') ? 'text or a mapping' : 'a mapping';
  if (allowed.includes('boolean')) return allowed.includes('array') ? 'a value or a list' : 'a value';
  for (const [type, words] of typeWords) if (allowed.includes(type)) return words;
  throw new Error(`internal: unknown schema type ${String(types)}`);
}

const holders: ReadonlyMap<string, readonly [definition: string, words: string]> = new Map([
  ['systems', ['system', 'a system']],
  ['benches', ['bench', 'a bench']],
  ['optimizations', ['optimization', 'an optimization']],
]);

const definitions = netlistSchema('outer')['$defs'] as Record<string, { readonly properties: object }>;

/** Where a key of a system, bench or optimization is at home, if it stands in another one of them. */
function helpMove(path: readonly string[], key: string): string | undefined {
  if (path.length !== 2 || !holders.has(path[0]!)) return undefined;
  const homes = [...holders.values()].filter(([definition]) => Object.hasOwn(definitions[definition]!.properties, key));
  return homes.length === 0 ? undefined : `move it into ${homes.map(([, words]) => words).join(' or ')}`;
}

/** What a path leads to, in words: `system 'mod2'`, `'params'`. */
function labelOf(path: readonly string[]): string {
  const names = path.filter((part) => !/^\d+$/.test(part));
  if (names.length === 0) return 'the netlist';
  const holder = names.length === 2 ? holders.get(names[0]!) : undefined;
  if (holder !== undefined) return `${holder[0]} '${names[1]}'`;
  return `'${names.at(-1)}'`;
}

function holderOf(path: readonly string[]): string {
  const names = path.filter((part) => !/^\d+$/.test(part));
  if (names.length === 0) return 'a netlist';
  const kind = names[names.length - 2];
  const parts: ReadonlyMap<string, string> = new Map([
    ['clocks', 'a clock'],
    ['inputs', 'an input'],
  ]);
  return holders.get(kind ?? '')?.[1] ?? parts.get(kind ?? '') ?? `'${names.at(-1)}'`;
}
