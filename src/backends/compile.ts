// Picks a backend and makes the kernel. The result says which one it is.

import type { Program } from '../ir/program.js';
import { BackendError } from './backend-error.js';
import { interpretKernel } from './interpret.js';
import { canCompileJs, jsKernel } from './js/compile.js';
import type { BackendName, Kernel } from './kernel.js';
import { wasmKernel } from './wasm/compile.js';
import { canCompileWasm } from './wasm/engine.js';

export const backendNames: readonly BackendName[] = ['js', 'wasm', 'native', 'interpret'];

type KernelFactory = (program: Program) => Kernel;
let makeNative: KernelFactory | undefined;

/** Makes a backend known that only some places have: the native one needs a file system and processes. */
export function provideBackend(_name: 'native', factory: KernelFactory): void {
  makeNative = factory;
}

/** Best first; native needs a compiler, is found out only when it is asked for, and never chosen by itself. */
const byDefault: readonly BackendName[] = ['js', 'wasm', 'interpret'];
const isAvailable: { readonly [K in BackendName]: () => boolean } = {
  js: canCompileJs,
  wasm: canCompileWasm,
  native: () => makeNative !== undefined,
  interpret: () => true,
};
const whyNot: { readonly [K in BackendName]: string } = {
  js: 'this place forbids code made at run time',
  wasm: 'this place forbids code made at run time',
  native: 'this place loads no compiled programs',
  interpret: '',
};
const compilers: { readonly [K in BackendName]: KernelFactory } = {
  js: jsKernel,
  wasm: wasmKernel,
  native: (program) => makeNative!(program),
  interpret: interpretKernel,
};

/** The backends that may be chosen by default here, best first; there is always one. */
export const availableBackends = (): readonly BackendName[] => byDefault.filter((name) => isAvailable[name]());

/** The kernel of the backend asked for; without one js, else wasm, else the interpreter, where code made at run time is not allowed. */
export function compileKernel(program: Program, backend?: BackendName): Kernel {
  const chosen = backend ?? availableBackends()[0]!;
  checkBackend(chosen, backendNames);
  return compilers[chosen](program);
}

/** Throws BackendError where there is no such backend, or where this place does not have it. */
export function checkBackend(chosen: BackendName, names: readonly string[]): void {
  if (!names.includes(chosen)) throw new BackendError(`there is no backend '${String(chosen)}'`, `backends: ${names.join(', ')}`);
  if (!isAvailable[chosen]()) {
    throw new BackendError(
      `the ${chosen} backend is not available: ${whyNot[chosen]}`,
      `use the backend ${availableBackends().join(' or ')}`,
    );
  }
}
