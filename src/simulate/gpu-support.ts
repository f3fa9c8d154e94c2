// Whether kernels of the gpu backend carry a block: found by planning a kernel of the block's own example, with inputs that
// differ from lane to lane and tick to tick.

import { BackendError } from '../backends/backend-error.js';
import { planOf } from '../backends/gpu/kernel.js';
import type { Block } from '../blocks/define.js';
import { DiagnosticBag } from '../diagnostics/diagnostic.js';
import { add, param, state } from '../ir/build.js';
import { argOf, withArena, type Expr } from '../ir/expr.js';
import type { Action, Program } from '../ir/program.js';
import { Rewriter } from '../ir/rewrite.js';
import { rewriteAction } from '../ir/rewrite-program.js';
import type { StateRef } from '../ir/types.js';
import { elaborateExample } from '../schedule/block-example.js';
import { lower } from '../schedule/lower.js';

/** Undefined where kernels carry it, else why not. */
export function gpuRefusalOf(block: Block): string | undefined {
  try {
    planOf(withMovingInputs(lower(elaborateExample(block), new DiagnosticBag())));
    return undefined;
  } catch (error) {
    if (error instanceof BackendError) return error.message;
    throw error;
  }
}

/** The Program with a state for each open input, which every event changes by the input's parameter. */
function withMovingInputs(program: Program): Program {
  return withArena(() => {
    const inputs = new Map(program.params.filter(({ isInput }) => isInput).map(({ name }) => [name, inputState(name)]));
    const rewriter = new Rewriter((leaf) => {
      const input = leaf.op === 'param' ? inputs.get(argOf(leaf, 'param')) : undefined;
      return input === undefined ? undefined : state(input);
    });
    const rewrite = (expr: Expr): Expr => rewriter.rewrite(expr);
    const moves = [...inputs].map(([name, ref]): Action => ({ do: 'set', state: ref, value: add(state(ref), param(name)) }));
    const events = program.events.map((event) => ({
      ...event,
      actions: [...event.actions.map((action) => rewriteAction(action, rewrite)), ...moves],
    }));
    return { ...program, states: [...program.states, ...inputs.values()], events };
  });
}

const inputState = (name: string): StateRef => ({ kind: 'state', name: `input ${name}`, type: 'real', length: 0, init: 0 });
