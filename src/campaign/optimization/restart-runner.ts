// Runs restarts of one optimization, each from its start or from where it was stopped, and judges them. Knows no threads and no
// files; what a restart gives depends on its number alone.

import type { BatchBackendName } from '../../backends/compile-batch.js';
import type { Library } from '../../netlist/library.js';
import { outlineOptimization, type OptimizationOutline } from '../../optimize/plan/outline-optimization.js';
import { planOptimization, type OptimizationPlan } from '../../optimize/plan/plan-optimization.js';
import type { TrainingStage } from '../../optimize/plan/training-stages.js';
import { deriveSeed } from '../../optimize/start-draws.js';
import { Training, type TrainingState } from '../../optimize/training.js';
import { RestartJudge } from './judge-restart.js';
import { decodeTraining, encodeTraining, type RestartResult, type RestartTask } from './restart-result.js';

export interface RestartOptions {
  readonly item: string;
  readonly seed: number;
  readonly backend?: BatchBackendName | undefined;
}

/** Told after each step. */
export type OnStep = (state: TrainingState, fraction: number) => void;

interface Variant {
  readonly plan: OptimizationPlan;
  readonly training: Training;
  readonly judge: RestartJudge | undefined;
}

const mostVariants = 4;

export class RestartRunner {
  private readonly library: Library;
  private readonly options: RestartOptions;
  private readonly outline: OptimizationOutline;
  private readonly variants = new Map<number, Variant>();

  constructor(library: Library, options: RestartOptions) {
    this.library = library;
    this.options = options;
    this.outline = outlineOptimization(library, options.item);
  }

  /** `resume`: a state of the same task. Throws BackendError, NetlistError, GradientError. */
  async run({ phase, restart, variant: index, from }: RestartTask, resume?: TrainingState, onStep?: OnStep): Promise<RestartResult> {
    const { plan, training, judge } = this.variantOf(index);
    const stages = phase === 'restart' ? plan.stages : plan.finish;
    let state = resume ?? (from === undefined ? training.start(restart) : training.restage(decodeTraining(from)));
    while (state.stage < stages.length && state.failure === undefined) {
      state = await training.advance(state, stages, restart);
      onStep?.(state, fractionOf(state, stages));
    }
    const { failure, history } = state;
    const values = [...training.values(state, stages)];
    const isRounded = state.mode !== 'continuous' || plan.learned.groups.every(({ quantizer }) => quantizer === undefined);
    const shared = { phase, restart, variant: index, isRounded, values, history, state: encodeTraining(state) };
    const failed = { ...shared, loss: NaN, terms: [], measures: [], score: NaN };
    if (failure !== undefined) return { ...failed, failure };
    const held = deriveSeed(this.options.seed, 0, 'held out');
    const { loss, terms } = await training.judge(state, stages, plan.batch, held);
    if (!Number.isFinite(loss)) return { ...failed, terms, failure: `the loss is ${loss} on lanes that no training saw` };
    if (judge === undefined) return { ...shared, loss, terms, measures: [], score: -loss };
    const { measures, score, problem } = await judge.judge(values);
    const judged = { ...shared, loss, terms, measures };
    if (problem !== undefined) return { ...judged, score: NaN, failure: problem };
    return { ...judged, score };
  }

  private variantOf(index: number): Variant {
    let variant = this.variants.get(index);
    if (variant === undefined) {
      const { library, options, outline } = this;
      const plan = planOptimization(library, outline, outline.variants[index]!);
      const judge = outline.judge === undefined ? undefined : new RestartJudge(library, plan, outline.judge, options.seed);
      variant = { plan, training: new Training(plan, options), judge };
      // The oldest goes first: what a variant keeps for its gradients may be large.
      for (const oldest of [...this.variants.keys()].slice(0, this.variants.size + 1 - mostVariants)) this.variants.delete(oldest);
      this.variants.set(index, variant);
    }
    return variant;
  }
}

/** How far a training is, from 0 to 1, as far as its methods say how many steps they take. */
function fractionOf({ stage, method }: TrainingState, stages: readonly TrainingStage[]): number {
  const { options, definition } = stages[stage] ?? {};
  const steps = options?.['steps'] ?? definition?.options['steps']?.default;
  const within = typeof steps === 'number' && method !== undefined ? Math.min(1, method.step / steps) : 0;
  return stages.length === 0 ? 1 : (stage + within) / stages.length;
}
