// A netlist file with everything it imports: which systems, benches and optimizations are known in it.

import { findBlock } from '../blocks/registry.js';
import { fail, type DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { SourceText, Span } from '../diagnostics/span.js';
import type { BenchItem, ImportItem, NetlistFile, OptimizeItem, SystemItem } from './ast.js';
import type { Host } from './host.js';
import { itemWords } from './item-words.js';
import { readNetlist } from './read.js';

/** A system and the library in whose names its body is written. */
export interface SystemEntry {
  readonly item: SystemItem;
  readonly library: Library;
}

export interface Library {
  readonly path: string;
  readonly file: NetlistFile;
  /** Own and imported systems by name. */
  readonly systems: ReadonlyMap<string, SystemEntry>;
  readonly benches: readonly BenchItem[];
  readonly optimizations: readonly OptimizeItem[];
  readonly host: Host;
}

const mostFiles = 1000;

/** Reads a file and, each once, the files it imports. Problems go into the bag; what could be read is returned. */
export function loadLibrary(path: string, host: Host, bag: DiagnosticBag): Library {
  const source = readSource(path, host);
  return loadSource(source, host, bag);
}

/** The same from a text in memory; `source.name` is the path that imports are relative to. */
export function loadSource(source: SourceText, host: Host, bag: DiagnosticBag): Library {
  return new Loader(host, bag).load(source, []);
}

/** The text of a netlist file; DL602 if it is not UTF-8. */
export function readSource(path: string, host: Host, span?: Span): SourceText {
  const bytes = host.readBytes(path, span);
  try {
    return { name: path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return fail('DL602', span, `'${path}' is not UTF-8 text`, { why: 'netlists are UTF-8 text files' });
  }
}

class Loader {
  private readonly loaded = new Map<string, Library>();
  private readonly host: Host;
  private readonly bag: DiagnosticBag;

  constructor(host: Host, bag: DiagnosticBag) {
    this.host = host;
    this.bag = bag;
  }

  load(source: SourceText, importing: readonly { path: string; item: ImportItem }[]): Library {
    const file = readNetlist(source, this.bag);
    const systems = new Map<string, SystemEntry>();
    const library: Library = {
      path: source.name,
      file,
      systems,
      benches: file.items.filter((item) => item.kind === 'bench'),
      optimizations: file.items.filter((item) => item.kind === 'optimize'),
      host: this.host,
    };
    this.loaded.set(source.name, library);
    const declare = (item: SystemItem, entry: SystemEntry, span: Span): void => {
      if (findBlock(item.name.name) !== undefined) {
        this.bag.error('DL213', item.name.span, `'${item.name.name}' is the name of a block`, { help: 'give the system another name' });
      }
      const before = systems.get(item.name.name);
      if (before === undefined) systems.set(item.name.name, entry);
      else if (before.item !== item) {
        this.bag.error('DL202', span, `system '${item.name.name}' is declared twice`, {
          related: [{ message: 'declared here first', span: before.item.name.span }],
        });
      }
    };
    for (const item of file.items) if (item.kind === 'system') declare(item, { item, library }, item.name.span);
    this.refuseTwins(file.items.filter((item) => item.kind === 'bench' || item.kind === 'optimize'));
    for (const item of file.items) {
      if (item.kind !== 'import') continue;
      const imported = this.loadImport(source, item, importing);
      for (const [, entry] of imported?.systems ?? []) declare(entry.item, entry, item.path.span);
    }
    return library;
  }

  /** Benches and optimizations share their names: commands take either by name. */
  private refuseTwins(items: readonly (BenchItem | OptimizeItem)[]): void {
    const first = new Map<string, BenchItem | OptimizeItem>();
    for (const item of items) {
      const { name, span } = item.name;
      const before = first.get(name);
      if (before === undefined) first.set(name, item);
      else {
        const twice =
          before.kind === item.kind ? 'is declared twice' : `has the name of ${before.kind === 'bench' ? 'a bench' : 'an optimization'}`;
        this.bag.error('DL202', span, `${itemWords[item.kind]} '${name}' ${twice}`, {
          help: `give it another name: ${item.kind} other of ${(item.system ?? item.name).name} { … }`,
          related: [{ message: 'declared here first', span: before.name.span }],
        });
      }
    }
  }

  private loadImport(source: SourceText, item: ImportItem, importing: readonly { path: string; item: ImportItem }[]): Library | undefined {
    const path = this.host.resolve(source.name, item.path.value);
    const chain = [...importing, { path: source.name, item }];
    const cycle = chain.findIndex((link) => link.path === path);
    if (cycle >= 0) {
      this.bag.error('DL209', item.path.span, `'${path}' imports itself`, {
        why: 'imports cannot go in a circle',
        related: chain.slice(cycle).map((link) => ({ message: `${link.path} imports ${link.item.path.value}`, span: link.item.path.span })),
      });
      return undefined;
    }
    const known = this.loaded.get(path);
    if (known !== undefined) return known;
    if (this.loaded.size >= mostFiles) fail('DL106', item.path.span, `more than ${mostFiles} files are imported`);
    try {
      return this.load(readSource(path, this.host, item.path.span), chain);
    } catch (error) {
      this.bag.absorb(error);
      return undefined;
    }
  }
}
