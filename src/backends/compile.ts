// Picks a backend and makes the kernel. The result says which one it is.

import type { Program } from '../ir/program.js';
import { interpretKernel } from './interpret.js';
import { canCompileJs, jsKernel } from './js/compile.js';
import type { BackendName, Kernel } from './kernel.js';

export const backendNames: readonly BackendName[] = ['js', 'native', 'interpret'];

/** A backend that was asked for is not to be had here. */
export class BackendError extends Error {
  readonly code = 'DL801';
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.name = 'BackendError';
    this.help = help;
  }
}

type KernelFactory = (program: Program) => Kernel;
let makeNative: KernelFactory | undefined;

/** Makes a backend known that only some places have: the native one needs a file system and processes. */
export function provideBackend(_name: 'native', factory: KernelFactory): void {
  makeNative = factory;
}

/** The kernel of the backend asked for; without one js, or the interpreter where code cannot be made at run time. */
export function compileKernel(program: Program, backend?: BackendName): Kernel {
  switch (backend) {
    case 'interpret':
      return interpretKernel(program);
    case 'js':
      if (!canCompileJs())
        throw new BackendError('the js backend is not available: this place forbids code made at run time', 'use the backend interpret');
      return jsKernel(program);
    case 'native':
      if (makeNative === undefined)
        throw new BackendError('the native backend is not available: this place starts no programs', 'use the backend js');
      return makeNative(program);
    case undefined:
      return canCompileJs() ? jsKernel(program) : interpretKernel(program);
    default:
      throw new BackendError(`there is no backend '${String(backend satisfies never)}'`, `backends: ${backendNames.join(', ')}`);
  }
}
