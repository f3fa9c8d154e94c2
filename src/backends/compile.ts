// Picks a backend and makes the kernel. The result says which one it is.

import type { Program } from '../ir/program.js';
import { BackendError } from './backend-error.js';
import { interpretKernel } from './interpret.js';
import { canCompileJs, jsKernel } from './js/compile.js';
import type { BackendName, Kernel } from './kernel.js';
import { wasmKernel } from './wasm/compile.js';
import { canCompileWasm } from './wasm/engine.js';

export const backendNames: readonly BackendName[] = ['js', 'wasm', 'interpret'];

const isAvailable: { readonly [K in BackendName]: () => boolean } = { js: canCompileJs, wasm: canCompileWasm, interpret: () => true };
const compilers: { readonly [K in BackendName]: (program: Program) => Kernel } = {
  js: jsKernel,
  wasm: wasmKernel,
  interpret: interpretKernel,
};

/** The backends that this place allows, best first; there is always one. */
export const availableBackends = (): readonly BackendName[] => backendNames.filter((name) => isAvailable[name]());

/** The kernel of the backend asked for; without one js, else wasm, else the interpreter, where code made at run time is not allowed. */
export function compileKernel(program: Program, backend?: BackendName): Kernel {
  const chosen = backend ?? availableBackends()[0]!;
  if (!backendNames.includes(chosen))
    throw new BackendError(`there is no backend '${String(chosen)}'`, `backends: ${backendNames.join(', ')}`);
  if (!isAvailable[chosen]()) {
    throw new BackendError(
      `the ${chosen} backend is not available: this place forbids code made at run time`,
      `use the backend ${availableBackends().join(' or ')}`,
    );
  }
  return compilers[chosen](program);
}
