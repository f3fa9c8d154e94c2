// What the test page runs: it takes a netlist and a backend from its address, runs the first bench with the library,
// or a batch of it, and shows what came of it as JSON. The whole of it runs under the policy of the page.

import { BackendError, loadText, runBench } from '../../src/index.js';
import { digestsOf } from '../netlists/digest.js';
import { digestBatch, type BatchDigest } from './batch-digest.js';

/** A run, or the error that ended it. */
export type PageReport =
  | {
      readonly kind: 'result';
      readonly backend: string;
      readonly ticks: number;
      readonly measures: Readonly<Record<string, number>>;
      readonly checks: readonly boolean[];
      readonly digests: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'batch'; readonly digest: BatchDigest }
  | { readonly kind: 'error'; readonly name: string; readonly code?: string | undefined; readonly message: string };

async function run(): Promise<PageReport> {
  const query = new URLSearchParams(location.search);
  const netlist = query.get('netlist')!;
  const backend = query.get('backend') as 'js' | 'wasm' | 'interpret' | null;
  try {
    const text = await (await fetch(`/netlists/${netlist}`)).text();
    if (query.has('batch')) return { kind: 'batch', digest: await digestBatch(loadText(text, netlist)) };
    const result = await runBench(loadText(text, netlist), backend === null ? {} : { backend });
    return {
      kind: 'result',
      backend: result.backend,
      ticks: result.ticks,
      measures: Object.fromEntries(result.measures.map(({ name, value }) => [name, value])),
      checks: result.checks.map(({ pass }) => pass),
      digests: digestsOf(result),
    };
  } catch (error) {
    const { name, message } = error as Error;
    return { kind: 'error', name, code: error instanceof BackendError ? error.code : undefined, message };
  }
}

const shown = document.createElement('pre');
shown.id = 'report';
shown.textContent = JSON.stringify(await run());
document.body.append(shown);
