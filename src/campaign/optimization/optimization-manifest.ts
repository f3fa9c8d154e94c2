// The manifest of an optimization, and the names of the files beside it.

import { sha256, type RunOrigin } from '../../simulate/manifest.js';

export const optimizationFiles = {
  manifest: 'manifest.json',
  csv: 'restarts.csv',
  report: 'report.html',
  summary: 'summary.json',
} as const;

/** Name of the learned netlist, in the language of the one it is from. */
export const learnedNetlistName = (path: string): string => `learned${/\.[^./\\]+$/.exec(path)?.[0] ?? '.loom'}`;

/** Everything that decides the results; the number of threads does not. */
export interface OptimizationManifest {
  /** Version of Deltaloom. */
  readonly deltaloom: string;
  readonly optimization: {
    readonly item: string;
    readonly restarts: number;
    readonly finalists: number;
    readonly seed: number;
    readonly backend: string;
  };
  readonly sources: readonly { readonly path: string; readonly sha256: string; readonly text: string }[];
  readonly data: readonly { readonly path: string; readonly sha256: string }[];
}

export async function makeOptimizationManifest(
  optimization: OptimizationManifest['optimization'],
  { version, sources, data }: Pick<RunOrigin, 'version' | 'sources' | 'data'>,
): Promise<OptimizationManifest> {
  const decoder = new TextDecoder();
  return {
    deltaloom: version,
    optimization,
    sources: await Promise.all(
      sources.map(async ({ path, bytes }) => ({ path, sha256: await sha256(bytes), text: decoder.decode(bytes) })),
    ),
    data: await Promise.all(data.map(async ({ path, bytes }) => ({ path, sha256: await sha256(bytes) }))),
  };
}
