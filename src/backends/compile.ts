// Picks a backend and makes the kernel. The result says which one it is.

import type { Program } from '../ir/program.js';
import { interpretKernel } from './interpret.js';
import { canCompileJs, jsKernel } from './js/compile.js';
import type { BackendName, Kernel } from './kernel.js';

export const backendNames: readonly BackendName[] = ['js', 'interpret'];

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

/** The kernel of the backend asked for; without one js, or the interpreter where code cannot be made at run time. */
export function compileKernel(program: Program, backend?: BackendName): Kernel {
  switch (backend) {
    case 'interpret':
      return interpretKernel(program);
    case 'js':
      if (!canCompileJs())
        throw new BackendError('the js backend is not available: this place forbids code made at run time', 'use the backend interpret');
      return jsKernel(program);
    case undefined:
      return canCompileJs() ? jsKernel(program) : interpretKernel(program);
    default:
      throw new BackendError(`there is no backend '${String(backend satisfies never)}'`, `backends: ${backendNames.join(', ')}`);
  }
}
