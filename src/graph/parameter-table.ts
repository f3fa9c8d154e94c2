// The parameters of one elaboration: the vector of tunables, which of them shape the graph, the values given
// from outside, and the recordings that parameters name.

import { NetlistError, type DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { SamplesFormat } from '../blocks/define.js';
import type { Effect } from '../blocks/effects.js';
import { readCsv, samplesFromCsv } from '../io/csv.js';
import type { Samples } from '../io/samples.js';
import { readWav } from '../io/wav.js';
import { param as paramLeaf } from '../ir/build.js';
import type { Host } from '../netlist/host.js';
import { printDimension } from '../units/dimension.js';
import { quantityOfLiteral } from './constants.js';
import type { FixedParam, GraphLimit, GraphParam } from './graph.js';
import { paramsIn, type ParamHost } from './params.js';
import { guard } from './scope.js';
import type { Quantity, Value } from './value.js';

/** Where texts that no file holds stand: values and paths given from outside. */
export const outside: Span = { source: { name: '<command line>', text: '' }, start: 0, end: 0 };

const readers: { readonly [F in SamplesFormat]: (bytes: Uint8Array, file: string) => Samples } = {
  wav: readWav,
  csv: (bytes, file) => samplesFromCsv(readCsv(bytes, file)),
  columns: (bytes, file) => {
    const { columns, names } = readCsv(bytes, file);
    return { rateHz: 1, channels: columns, names };
  },
};

export class ParameterTable implements ParamHost {
  readonly limits: GraphLimit[] = [];
  readonly fixed = new Map<string, FixedParam>();
  private readonly host: Host;
  private readonly tunables = new Map<string, { value: number; unit: string; isInput: boolean }>();
  private readonly structural = new Set<string>();
  private readonly coherent = new Set<string>();
  private readonly overrides = new Map<string, Quantity>();
  private readonly usedOverrides = new Set<string>();
  private readonly settable = new Set<string>();
  private readonly files = new Map<string, Samples>();
  private readonly memory = new Map<string, Samples>();
  private readonly ideal: readonly Effect[];
  private readonly varied: ReadonlySet<string>;

  /** `set` holds numbers as text with unit, by parameter; those that cannot be read go into the bag. Effects in `ideal` are off. */
  constructor(
    host: Host,
    set: ReadonlyMap<string, string>,
    { ideal, vary }: { readonly ideal: readonly Effect[]; readonly vary: ReadonlySet<string> },
    bag: DiagnosticBag,
  ) {
    this.host = host;
    this.ideal = ideal;
    this.varied = vary;
    for (const [name, text] of set) guard(bag, () => this.overrides.set(name, parseOverride(name, text)));
  }

  override(name: string): Quantity | undefined {
    this.settable.add(name);
    const override = this.overrides.get(name);
    if (override !== undefined) this.usedOverrides.add(name);
    return override;
  }

  isOff(effect: Effect): boolean {
    return this.ideal.includes(effect);
  }

  isVaried(name: string): boolean {
    return this.varied.has(name);
  }

  noteFixed(name: string, why: FixedParam): void {
    this.fixed.set(name, why);
  }

  addTunable(name: string, value: number, unit: string): void {
    this.tunables.set(name, { value, unit, isInput: false });
  }

  addCoherent(name: string): void {
    this.coherent.add(name);
  }

  addLimit(limit: GraphLimit): void {
    this.limits.push(limit);
  }

  /** An input of the top system that nothing drives, or an element of one. */
  addInput(name: string, unit: string): Quantity {
    this.tunables.set(name, { value: 0, unit, isInput: true });
    return { kind: 'quantity', value: 0, expr: paramLeaf(name), span: outside };
  }

  /** A number that does not depend on tunables already becomes one. */
  tuned(name: string, value: Value): Value {
    if (value.kind !== 'quantity' || value.expr !== undefined) return value;
    this.addTunable(name, value.value, value.dimension === undefined ? '' : printDimension(value.dimension));
    return { ...value, expr: paramLeaf(name) };
  }

  useStructurally({ expr }: Quantity): void {
    for (const name of expr === undefined ? [] : paramsIn(expr)) this.structural.add(name);
  }

  /** Recordings that are given from outside by a name instead of a path. */
  keepSamples(name: string, samples: Samples): void {
    this.memory.set(name, samples);
  }

  /** A file is read once; its path is relative to the text that names it. */
  readSamples(path: string, format: SamplesFormat, span: Span): Samples {
    const isOutside = span.source === outside.source;
    const kept = isOutside ? this.memory.get(path) : undefined;
    if (kept !== undefined) return kept;
    const full = isOutside ? path : this.host.resolve(span.source.name, path);
    const key = `${format} ${full}`;
    let samples = this.files.get(key);
    if (samples === undefined) {
      const bytes = this.host.readBytes(full, span);
      samples = placedAt(span, () => readers[format](bytes, full));
      this.files.set(key, samples);
    }
    return samples;
  }

  list(): GraphParam[] {
    const isCoherent = (name: string): boolean => this.coherent.has(name.replace(/\[\d+\]$/, ''));
    return [...this.tunables].map(([name, tunable]) => ({
      name,
      ...tunable,
      structural: this.structural.has(name),
      ...(isCoherent(name) ? { isCoherent: true } : {}),
    }));
  }

  /** DL306 for values given to parameters that do not exist. */
  reportUnknownOverrides(bag: DiagnosticBag): void {
    for (const [name, override] of this.overrides) {
      if (this.usedOverrides.has(name)) continue;
      bag.error('DL306', override.span, `there is no parameter '${name}' to set`, { help: didYouMean(name, this.settable) });
    }
  }
}

/** `--set name=12.5mV`: the text is a number with an optional unit. */
function parseOverride(name: string, text: string): Quantity {
  const source = { name: outside.source.name, text: `${name}=${text}` };
  return quantityOfLiteral(text, { source, start: name.length + 1, end: source.text.length });
}

/** Errors of reading that have no place of their own are shown where the netlist names the file. */
function placedAt<T>(span: Span, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NetlistError)) throw error;
    throw new NetlistError(error.diagnostics.map((diagnostic) => ({ ...diagnostic, span: diagnostic.span ?? span })));
  }
}
