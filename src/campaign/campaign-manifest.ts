// The manifest of a campaign: everything that decides its numbers, and what its rows hold. Threads, shards and tiles
// are not in it, and the backend only where another one would give other bits.

import type { PreparedBench } from '../analysis/run-bench.js';
import type { Precision } from '../backends/batch.js';
import type { BatchBackendName } from '../backends/compile-batch.js';
import { describeOrigin, printManifest, sha256, type OriginManifest, type RunOrigin } from '../simulate/manifest.js';
import { coherentAxes } from './coherent-axes.js';
import { makePlan } from './make-plan.js';
import type { Axis, CoherentAxes, PlanDescription, Sampling } from './plan.js';

export interface CampaignManifest extends OriginManifest {
  /** Arguments that run it again: those that decide its numbers. */
  readonly command: readonly string[];
  readonly campaign: {
    readonly points: number;
    readonly runs: number;
    readonly sampling: Sampling;
    readonly axes: readonly (Axis & { readonly unit: string })[];
    /** Present where a frequency that the bench moves is varied. */
    readonly coherent?: CoherentAxes;
    readonly measures: readonly { readonly name: string; readonly unit: string }[];
    readonly checks: readonly string[];
  };
  readonly ticks: number;
  readonly seed: number;
  readonly precision: Precision;
  /** Present for single precision. */
  readonly backend?: BatchBackendName;
  /** Present for the gpu backend: what gpu.js runs kernels on. */
  readonly gpuMode?: string;
}

/** `f64`, `f32 on wasm` or `f32 on gpu (webasm)`. */
export function precisionText({ precision, backend, gpuMode }: CampaignManifest): string {
  const mode = gpuMode === undefined ? '' : ` (${gpuMode})`;
  return backend === undefined ? precision : `${precision} on ${backend}${mode}`;
}

export interface CampaignOptions {
  readonly ticks: number;
  readonly precision: Precision;
  /** The one that is used. */
  readonly backend: BatchBackendName;
  readonly gpuMode: string | undefined;
  readonly command: readonly string[];
}

export async function makeCampaignManifest(
  { compiled, measures }: PreparedBench,
  plan: PlanDescription,
  { ticks, precision, backend, gpuMode, command }: CampaignOptions,
  origin: RunOrigin,
): Promise<CampaignManifest> {
  const { graph, bench } = compiled;
  const coherent = coherentAxes(compiled, plan.axes);
  const unitOf = (axis: Axis): string => graph.params.find(({ name }) => name === axis.name)!.unit;
  return {
    ...(await describeOrigin(compiled, origin)),
    command,
    campaign: {
      points: makePlan(plan).points,
      runs: plan.runs,
      sampling: plan.sampling,
      axes: plan.axes.map((axis) => ({ ...axis, unit: unitOf(axis) })),
      ...(coherent === undefined ? {} : { coherent }),
      measures: measures.map(({ name, unit }) => ({ name, unit })),
      checks: (bench?.checks ?? []).map(({ text }) => text),
    },
    ticks,
    seed: plan.seed,
    precision,
    ...(precision === 'f32' ? { backend } : {}),
    ...(gpuMode === undefined ? {} : { gpuMode }),
  };
}

export const planOf = ({ campaign, seed }: CampaignManifest): PlanDescription => {
  const { axes, runs, sampling, coherent } = campaign;
  return { axes, runs, sampling, seed, coherent };
};

/** Results belong together where this is the same. */
export const keyOf = (manifest: CampaignManifest): Promise<string> => sha256(new TextEncoder().encode(printManifest(manifest)));

/** What differs between two campaigns, in words; empty where nothing does. `there` may be any JSON. */
export function differences(there: Partial<CampaignManifest>, here: CampaignManifest): string[] {
  const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  if (there.campaign === undefined) return ['it holds no campaign'];
  const simple = (['deltaloom', 'system', 'bench', 'ticks', 'seed', 'precision', 'backend', 'gpuMode'] as const).flatMap((name) => {
    const [theirs, ours] = [there[name], here[name]];
    // What only one of them has follows from another difference: backends are stated for single precision alone.
    if (theirs === ours || theirs === undefined || ours === undefined) return [];
    return [`${wordOf[name]} (${String(theirs)} there, ${String(ours)} here)`];
  });
  const files = (['sources', 'data'] as const).flatMap((kind) => changedFiles(there[kind] ?? [], here[kind]));
  const given = (['set', 'inputs'] as const).flatMap((name) => (isSame(there[name], here[name]) ? [] : [wordOf[name]]));
  const effects = isSame(there.ideal, here.ideal) ? [] : ['--ideal'];
  const axes = isSame(there.campaign.axes, here.campaign.axes) ? [] : ['the varied parameters (--vary)'];
  const plan = (['runs', 'sampling'] as const).flatMap((name) =>
    there.campaign![name] === here.campaign[name] ? [] : [`--${name} (${there.campaign![name]} there, ${here.campaign[name]} here)`],
  );
  const found = [...simple, ...files, ...given, ...effects, ...axes, ...plan];
  return found.length > 0 || printManifest(there as CampaignManifest) === printManifest(here) ? found : ['the command line'];
}

const wordOf = {
  deltaloom: 'the version of deltaloom',
  system: 'the system',
  bench: 'the bench',
  ticks: 'the number of ticks',
  seed: '--seed',
  precision: '--precision',
  backend: '--backend',
  gpuMode: 'what gpu.js runs on',
  set: 'values given by --set',
  inputs: 'recordings given by --in',
} as const;

interface HashedFile {
  readonly path: string;
  readonly sha256: string;
}

function changedFiles(there: readonly HashedFile[], here: readonly HashedFile[]): string[] {
  const hashes = new Map(there.map(({ path, sha256: hash }) => [path, hash]));
  const changed = here.filter(({ path, sha256: hash }) => hashes.get(path) !== hash).map(({ path }) => path);
  const gone = there.filter(({ path }) => !here.some((file) => file.path === path)).map(({ path }) => path);
  return [...changed, ...gone].map((path) => `the text of '${path}'`);
}
