// Makes what a call names: a block, or an instance of a system.

import { findBlock } from '../blocks/registry.js';
import { fail } from '../diagnostics/diagnostic.js';
import { createSystem } from './sub-system.js';
import { createBlock } from './instantiate.js';
import { mostInstances, type CreateCall } from './work.js';

/** The outputs of a block or sub-system called at `path`; its wiring is left for later. */
export const createCall: CreateCall = (call, path, scope, at, work) => {
  if (work.instances.length >= mostInstances) fail('DL106', call.span, `the system has more than ${mostInstances} blocks`);
  const entry = scope.library.systems.get(call.callee.name);
  if (entry !== undefined) return createSystem(entry, call, path, scope, at, work);
  return createBlock(findBlock(call.callee.name)!, call, path, scope, at, work);
};
