// The manifest of a run: everything that decides its numbers, with the hashes of what was read. It holds no
// wall time and no machine's name, so the same inputs give the same bytes.

import type { BackendName } from '../backends/kernel.js';
import type { Effect } from '../blocks/effects.js';
import type { Span } from '../diagnostics/span.js';
import type { Host } from '../netlist/host.js';
import type { Compiled } from './compile-netlist.js';
import type { SimulationResult } from './simulate.js';

export interface Manifest extends OriginManifest {
  /** Ticks that were run. */
  readonly ticks: number;
  readonly seed: number;
  readonly lane: number;
  readonly backend: BackendName;
  readonly precision: SimulationResult['precision'];
}

/** What every manifest says: where the numbers come from. */
export interface OriginManifest {
  /** Version of Deltaloom. */
  readonly deltaloom: string;
  readonly system: string;
  readonly bench: string | null;
  /** The netlist and what it imports. */
  readonly sources: readonly { readonly path: string; readonly sha256: string; readonly text: string }[];
  /** Recordings that drove inputs. */
  readonly data: readonly { readonly path: string; readonly sha256: string }[];
  /** Values given beside the netlist, as they were written. */
  readonly set: Readonly<Record<string, string>>;
  /** Files given beside the netlist, by input. */
  readonly inputs: Readonly<Record<string, string>>;
  /** SI base units; JSON has finite numbers only, others are words. */
  readonly parameters: Readonly<Record<string, { readonly value: number | 'inf' | '-inf' | 'nan'; readonly unit: string }>>;
  /** Effects that were switched off. */
  readonly ideal: readonly Effect[];
}

/** What a run was made from, beside the netlist's own meaning. */
export interface RunOrigin {
  readonly version: string;
  readonly sources: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly data: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly set: ReadonlyMap<string, string>;
  readonly inputs: ReadonlyMap<string, string>;
}

export async function makeManifest(compiled: Compiled, result: SimulationResult, origin: RunOrigin): Promise<Manifest> {
  const { ticks, seed, lane, backend, precision } = result;
  return { ...(await describeOrigin(compiled, origin)), ticks, seed, lane, backend, precision };
}

export async function describeOrigin({ graph, bench, ideal }: Compiled, origin: RunOrigin): Promise<OriginManifest> {
  const { version, sources, data, set, inputs } = origin;
  const decoder = new TextDecoder();
  return {
    deltaloom: version,
    system: graph.system,
    bench: bench?.name ?? null,
    sources: await Promise.all(
      sources.map(async ({ path, bytes }) => ({ path, sha256: await sha256(bytes), text: decoder.decode(bytes) })),
    ),
    data: await Promise.all(data.map(async ({ path, bytes }) => ({ path, sha256: await sha256(bytes) }))),
    set: Object.fromEntries(set),
    inputs: Object.fromEntries(inputs),
    parameters: Object.fromEntries(graph.params.map(({ name, value, unit }) => [name, { value: finiteOrWord(value), unit }])),
    ideal,
  };
}

/** The text of manifest.json. */
export const printManifest = (manifest: OriginManifest): string => `${JSON.stringify(manifest, undefined, 2)}\n`;

function finiteOrWord(value: number): number | 'inf' | '-inf' | 'nan' {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

/** The hash in hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A host that remembers what was read, each path once, in the order of reading. */
export interface RememberingHost extends Host {
  readonly reads: ReadonlyMap<string, Uint8Array>;
}

export function rememberReads(host: Host): RememberingHost {
  const reads = new Map<string, Uint8Array>();
  return {
    reads,
    readBytes(path: string, span?: Span) {
      const bytes = reads.get(path) ?? host.readBytes(path, span);
      reads.set(path, bytes);
      return bytes;
    },
    resolve: (from, relative) => host.resolve(from, relative),
  };
}
