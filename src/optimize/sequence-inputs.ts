// Open inputs that change from tick to tick: each becomes an array of a value for every tick, given to each lane.

import { load, tick, toInt } from '../ir/build.js';
import { argOf, withArena } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import { rewriteProgram } from '../ir/rewrite-program.js';
import { Rewriter } from '../ir/rewrite.js';
import type { StateRef } from '../ir/types.js';

export interface SequencedProgram {
  readonly program: Program;
  /** By input: its array, whose initial values are 0. */
  readonly sequences: ReadonlyMap<string, StateRef>;
}

/** `clock`: index of the clock whose ticks have a value each; an event reads that of the tick which has begun last. */
export function sequenceInputs(program: Program, inputs: readonly string[], clock: number, ticks: number): SequencedProgram {
  if (inputs.length === 0) return { program, sequences: new Map() };
  return withArena(() => {
    const sequences = new Map(
      inputs.map((name): [string, StateRef] => [
        name,
        { kind: 'state', name: `sequence ${name}`, type: 'real', length: ticks, init: 0, perLane: true },
      ]),
    );
    const now = toInt(tick(program.clocks[clock]!.name));
    const rewriter = new Rewriter((leaf) => {
      const array = leaf.op === 'param' ? sequences.get(argOf(leaf, 'param')) : undefined;
      return array === undefined ? undefined : load(array, now);
    });
    const rewritten = rewriteProgram(program, rewriter);
    const params = program.params.filter(({ name }) => !sequences.has(name));
    return { program: { ...rewritten, params, states: [...program.states, ...sequences.values()] }, sequences };
  });
}
