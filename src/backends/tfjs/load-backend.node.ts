// Which backend tfjs has on this machine: its native one where the package tfjs-node is installed and works, else wasm, else plain
// JavaScript. Nothing of tfjs is loaded before this is asked for.

import util from 'node:util';
import type * as tfjs from './tfjs.js';

type Tfjs = typeof tfjs;

/** Best first, as they are called by tfjs. */
export type TensorBackendName = 'tensorflow' | 'wasm' | 'cpu';

export interface TensorBackend {
  /** Version of tfjs; null where its packages are not installed. */
  readonly version: string | null;
  /** What tfjs runs on from now on; null if on nothing. */
  readonly name: TensorBackendName | null;
  /** Why not on anything better. */
  readonly why: string;
}

/** Loads tfjs and makes it use the best backend that works here. */
export async function loadTensorBackend(): Promise<TensorBackend> {
  const missing: string[] = [];
  const attempt = async (what: string, load: () => Promise<unknown>): Promise<boolean> => {
    try {
      await load();
      return true;
    } catch (error) {
      missing.push(`${what}: ${reasonOf(error)}`);
      return false;
    }
  };
  const whyNot = (): string => missing.join('; ') || 'the best there is';
  let tf: Tfjs | undefined;
  if (!(await attempt('tfjs', async () => (tf = await import('./tfjs.js')))) || tf === undefined)
    return { version: null, name: null, why: whyNot() };
  // Its advice to install tfjs-node is given as `why`.
  tf.enableProdMode();
  restoreNullCheck();
  const candidates: readonly [TensorBackendName, string, () => Promise<unknown>][] = [
    ['tensorflow', 'tfjs-node', () => import('@tensorflow/tfjs-node')],
    ['wasm', 'tfjs-backend-wasm', () => import('@tensorflow/tfjs-backend-wasm')],
    ['cpu', 'tfjs-backend-cpu', () => import('@tensorflow/tfjs-backend-cpu')],
  ];
  const version = tf.version_core;
  for (const [name, what, load] of candidates) {
    if (!(await attempt(what, load))) continue;
    if (await attempt(what, () => use(tf!, name))) return { version, name, why: whyNot() };
  }
  return { version, name: null, why: whyNot() };
}

async function use(tf: Tfjs, name: TensorBackendName): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error('it does not start');
}

/** Node 23 removed a function that tfjs-node 4.22 calls. */
function restoreNullCheck(): void {
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

/** The first line of what went wrong. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND'))
    return 'not installed';
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return (line ?? '').trim();
}
