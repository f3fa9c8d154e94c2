// What is run of a batch whose gradients are wanted: its Program without arithmetic on parameters alone, and with last rows
// and sequences as states.

import type { Precision } from '../backends/batch.js';
import type { BatchBackendName } from '../backends/compile-batch.js';
import type { Expr } from '../ir/expr.js';
import { noiseParams } from '../ir/noise.js';
import type { Program } from '../ir/program.js';
import { specialize } from '../ir/specialize.js';
import type { StateRef } from '../ir/types.js';
import type { BatchGradientOptions } from './batch-gradient.js';
import { gridEnds } from '../simulate/recording.js';
import { cutParameters, type CutProgram } from './cut-parameters.js';
import { segmentLength } from './lane-gradients.js';
import { keepLastRows } from './last-rows.js';
import { sequenceInputs } from './sequence-inputs.js';

export interface GradientPlan {
  /** Its first parameters are the prepared ones, which have one value for all lanes. */
  readonly program: Program;
  readonly prepared: readonly string[];
  readonly perLane: readonly string[];
  /** Names of records. */
  readonly rows: readonly string[];
  /** States that hold last rows, and those that hold sequences. */
  readonly finals: readonly StateRef[];
  readonly sources: readonly StateRef[];
  /** Grid tick of the end. */
  readonly end: number;
  /** Of a segment between checkpoints; see segmentLength. */
  readonly segment: ReturnType<typeof segmentLength>;
  readonly backend: BatchBackendName | undefined;
  readonly precision: Precision | undefined;
}

/** The plan, and what each prepared parameter is of the Program's. */
export function planGradient(
  program: Program,
  options: BatchGradientOptions,
): { readonly plan: GradientPlan; readonly prepared: CutProgram['prepared'] } {
  const { learned, formulas = new Map<string, Expr>(), perLane = [], sequences = [], finals, rows = [] } = options;
  const noiseNames = Object.values(noiseParams);
  const free = new Set([...learned, ...formulas.keys(), ...perLane, ...sequences, ...noiseNames]);
  const last = keepLastRows(specialize(program, new Map(), free), finals, rows);
  const sequenced = sequenceInputs(last.program, sequences, options.clock, options.ticks);
  const ofLanes = new Set<string>([...perLane, ...noiseNames]);
  const cut = cutParameters(sequenced.program, (name) => !ofLanes.has(name));

  const end = gridEnds(program, options.clock, options.ticks)(options.ticks);
  const plan = {
    program: cut.program,
    prepared: cut.prepared.map(({ name }) => name),
    perLane,
    rows,
    finals: last.finals,
    sources: [...sequenced.sequences.values()],
    end,
    segment: segmentLength(program, end, options.hyperperiods),
    backend: options.backend,
    precision: options.precision,
  };
  return { plan, prepared: cut.prepared };
}
