// Options that several verbs share: which bench or system of a file, and parameter values given beside it.

import { InvalidArgumentError, Option, type Command } from 'commander';
import { fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { BenchItem } from '../netlist/ast.js';
import type { Library } from '../netlist/library.js';

export interface SelectionOptions {
  readonly bench?: string;
  readonly system?: string;
  readonly set: ReadonlyMap<string, string>;
}

export function addSelection(command: Command): Command {
  return command
    .option('--bench <name>', 'the bench to take (default: the first of the file)')
    .addOption(new Option('--system <name>', 'take this system, with the first bench it has').conflicts('bench'))
    .addOption(pairOption('--set <name=value>', 'set a parameter or an open input, such as unit=12.5mV; repeatable'));
}

/** A repeatable option of `name=value` pairs; its value is a map. `complain` says what is wrong with a value. */
export function pairOption(flags: string, description: string, complain: (value: string) => string | undefined = () => undefined): Option {
  const collect = (text: string, pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
    const [name, value] = readPair(text);
    const complaint = complain(value);
    if (complaint !== undefined) throw new InvalidArgumentError(complaint);
    if (pairs.has(name)) throw new InvalidArgumentError(`'${name}' is given twice.`);
    return new Map(pairs).set(name, value);
  };
  return new Option(flags, description).argParser(collect).default(new Map<string, string>(), 'none');
}

function readPair(text: string): [string, string] {
  const at = text.indexOf('=');
  const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || name === '' || value === '') throw new InvalidArgumentError('It has to be name=value.');
  return [name, value];
}

/** The bench that will run, as `compileNetlist` chooses it; undefined where a system runs alone. DL212 for an unknown name. */
export function findBenchItem(
  { path, benches }: Library,
  { bench, system }: Pick<SelectionOptions, 'bench' | 'system'>,
): BenchItem | undefined {
  if (bench === undefined) return benches.find((item) => system === undefined || (item.system ?? item.name).name === system);
  const names = benches.map((item) => item.name.name);
  return (
    benches[names.indexOf(bench)] ??
    fail('DL212', undefined, `there is no bench '${bench}' in '${path}'`, { help: didYouMean(bench, names) })
  );
}

/** Options of the compiler: a system without a bench is taken with its inputs open where `openInputs` is wanted. */
export function compileSelection(
  library: Library,
  { bench, system, set }: SelectionOptions,
  openInputs: boolean,
): { bench: string | undefined; system: string | undefined; set: ReadonlyMap<string, string>; openInputs: boolean } {
  const item = findBenchItem(library, { bench, system } as SelectionOptions);
  return { bench: item?.name.name, system, set, openInputs: openInputs && item === undefined };
}
