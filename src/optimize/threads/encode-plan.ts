// A plan of a gradient as plain data, so that it crosses to another thread.

import { decodeProgram, encodeProgram, type EncodedProgram } from '../../ir/encode-program.js';
import type { GradientPlan } from '../gradient-plan.js';

export interface EncodedPlan extends Omit<GradientPlan, 'program' | 'finals' | 'sources'> {
  readonly program: EncodedProgram;
  /** Places in the Program's states. */
  readonly finals: readonly number[];
  readonly sources: readonly number[];
}

export function encodePlan(plan: GradientPlan): EncodedPlan {
  const places = new Map(plan.program.states.map((state, i) => [state, i]));
  return {
    ...plan,
    program: encodeProgram(plan.program),
    finals: plan.finals.map((state) => places.get(state)!),
    sources: plan.sources.map((state) => places.get(state)!),
  };
}

export function decodePlan(encoded: EncodedPlan): GradientPlan {
  const program = decodeProgram(encoded.program);
  return {
    ...encoded,
    program,
    finals: encoded.finals.map((place) => program.states[place]!),
    sources: encoded.sources.map((place) => program.states[place]!),
  };
}
