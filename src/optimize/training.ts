// Trains one restart of a plan: its stages one after the other, step by step. A state is plain data, so that a training
// that was stopped goes on with the same bits.

import type { BatchBackendName } from '../backends/compile-batch.js';
import type { BatchGradient } from './batch-gradient.js';
import type { WeightMode } from './learned-parameters.js';
import { paramsIn } from '../graph/params.js';
import type { Expr } from '../ir/expr.js';
import { addLoss, emptyHistory, endStage, type LossHistory } from './loss-history.js';
import { locateFailure } from './locate-failure.js';
import type { Method, MethodState, Problem } from './methods/method.js';
import { prepareMethod } from './methods/prepare-method.js';
import { Objective, type Judged } from './objective.js';
import { openBatchGradient } from './open-batch-gradient.js';
import type { OptimizationPlan } from './plan/plan-optimization.js';
import type { TrainingStage } from './plan/training-stages.js';
import { deriveSeed } from './start-draws.js';

export interface TrainingState {
  /** Index of the present stage; the number of stages where all is done. */
  readonly stage: number;
  /** Coordinates where the stage begins, in `mode`; the present ones are the method's. */
  readonly x: Float64Array;
  readonly mode: WeightMode;
  /** Whether weights have been quantized: steps that start by `fit` are fitted before, and not again. */
  readonly isFitted: boolean;
  readonly method?: MethodState | undefined;
  readonly history: LossHistory;
  /** Why it could not go on. */
  readonly failure?: string | undefined;
}

export interface TrainingOptions {
  readonly seed: number;
  readonly backend?: BatchBackendName | undefined;
}

/** Where a stage begins. */
interface StageEntry {
  readonly x: Float64Array;
  /** By coordinate: it stays where it is. */
  readonly isHeld: readonly boolean[];
  readonly isFitted: boolean;
}

/** What is the same in all steps of a stage. */
interface EnteredStage extends StageEntry {
  readonly from: Float64Array;
  readonly stage: TrainingStage;
  readonly restart: number;
  readonly method: Method;
  readonly problem: Problem;
  /** What the lanes of the last batch got. */
  readonly inputs: () => Inputs;
}

/** Noise of a batch, as of LaneInputs. */
interface Inputs {
  readonly seed: number;
  readonly firstLane: number;
}

/** Lanes of noise are numbered by 31 bits; behind the last of them another seed goes on. */
const laneNumbers = 2 ** 31;

export class Training {
  private readonly plan: OptimizationPlan;
  private readonly options: TrainingOptions;
  /** Of all terms, and by what is minimized of those alone that are in it: a run needs no more than it is asked for. */
  private readonly whole: Objective;
  private readonly minimized = new Map<Expr, Objective>();
  /** Gradients by what they are of, with the mode they are prepared for. */
  private readonly gradients = new Map<string, { readonly gradient: BatchGradient; mode: WeightMode }>();
  private entered: EnteredStage | undefined;

  constructor(plan: OptimizationPlan, options: TrainingOptions) {
    this.plan = plan;
    this.options = options;
    this.whole = new Objective(plan.terms, plan.minimize);
  }

  private minimizedOf({ minimize = this.plan.minimize }: TrainingStage): Objective {
    let objective = this.minimized.get(minimize);
    if (objective === undefined) {
      const used = new Set(paramsIn(minimize));
      objective = new Objective(
        this.plan.terms.filter(({ name }) => used.has(name)),
        minimize,
      );
      this.minimized.set(minimize, objective);
    }
    return objective;
  }

  /** Where a restart begins. */
  start(restart: number): TrainingState {
    return { stage: 0, x: this.plan.learned.start(this.options.seed, restart), mode: 'continuous', isFitted: false, history: emptyHistory };
  }

  /** The same parameters before the stages of another list. */
  restage({ x, mode, isFitted }: TrainingState): TrainingState {
    return { stage: 0, x, mode, isFitted, history: emptyHistory };
  }

  /** One step of the present stage. `stages` and `restart` are the same from the first step to the last. */
  async advance(state: TrainingState, stages: readonly TrainingStage[], restart: number): Promise<TrainingState> {
    const stage = stages[state.stage];
    if (stage === undefined || state.failure !== undefined) return state;
    const { x, isFitted, method, problem, inputs } = await this.enteredAt(state, stages, restart);
    const before = state.method ?? method.start(x, problem);
    const after = before.done ? before : await method.advance(before, problem);
    const history = before.done ? state.history : addLoss(state.history, await this.lossAfter(stage, after));
    const { failure } = after;
    if (failure !== undefined)
      return { ...state, method: after, history, failure: `${stage.text}: ${failure}${this.whereFailed(stage, after, inputs())}` };
    if (!after.done) return { ...state, method: after, history };
    return { stage: state.stage + 1, x: after.x, mode: stage.mode, isFitted, history: endStage(history) };
  }

  /** What the history gets: of a method that knows residuals alone, the loss of the item on lanes of its own. */
  private async lossAfter({ residual, mode }: TrainingStage, { x, loss, failure }: MethodState): Promise<number> {
    if (residual === undefined || failure !== undefined) return loss;
    const gradient = await this.gradientOf(this.whole, this.plan.batch, 'f64', mode);
    return this.whole.judge(gradient.forward(x, { seed: deriveSeed(this.options.seed, 0, 'history') })).loss;
  }

  /** Found once a stage, as it is dear beside a step. */
  private async enteredAt(state: TrainingState, stages: readonly TrainingStage[], restart: number): Promise<EnteredStage> {
    const { entered } = this;
    const stage = stages[state.stage]!;
    if (entered?.from === state.x && entered.stage === stage && entered.restart === restart) return entered;
    const entry = this.enter(state, stage);
    const phase = stages === this.plan.finish ? 'finish' : 'stage';
    const seed = deriveSeed(this.options.seed, restart, `${phase} ${state.stage} of ${stages.length}`);
    const made = await this.problemOf(stage, entry.isHeld, seed);
    const method = prepareMethod(stage.definition, stage.options, { seed, restart });
    this.entered = { ...entry, from: state.x, stage, restart, method, ...made };
    return this.entered;
  }

  /** Where a stage begins: its coordinates, and which of them stay where they are. */
  private enter({ x: before, mode, isFitted }: TrainingState, stage: TrainingStage): StageEntry {
    const { learned } = this.plan;
    const isQuantizing = stage.mode !== 'continuous' || stage.held > 0;
    const fitted = before.slice();
    if (isQuantizing && !isFitted) learned.fitSteps(fitted);
    const x = learned.convert(fitted, mode, stage.mode).slice();
    const isHeld = stage.held > 0 ? learned.hold(x, stage.held) : [];
    return { x, isHeld, isFitted: isFitted || isQuantizing };
  }

  /** The present coordinates, and the mode they are of. */
  present(
    { x, mode, method, stage }: TrainingState,
    stages: readonly TrainingStage[],
  ): { readonly x: Float64Array; readonly mode: WeightMode } {
    return method === undefined ? { x, mode } : { x: method.x, mode: stages[stage]!.mode };
  }

  /** Values of the Program's learned parameters, in the order of `learned.elements`: quantized ones are on their grid once a stage has quantized them. */
  values(state: TrainingState, stages: readonly TrainingStage[]): Float64Array {
    const { x, mode } = this.present(state, stages);
    return this.plan.learned.values(x, mode);
  }

  /** The objective at a state, on lanes of that seed. */
  async judge(state: TrainingState, stages: readonly TrainingStage[], lanes: number, seed: number): Promise<Judged> {
    const { x, mode } = this.present(state, stages);
    const gradient = await this.gradientOf(this.whole, lanes, 'f64', mode);
    return this.whole.judge(gradient.forward(x, { seed }));
  }

  private whereFailed(stage: TrainingStage, { x }: MethodState, inputs: Inputs): string {
    const { lanes, mode, residual } = stage;
    const { finals, rows } = this.minimizedOf(stage);
    const records = residual === undefined ? [...finals, ...rows] : [residual];
    const place = locateFailure(this.plan, { values: this.plan.learned.values(x, mode), records, lanes, ...inputs });
    if (place !== undefined) return `; ${place}`;
    return residual === undefined ? `; objectives: ${this.minimizedOf(stage).describe()}` : '';
  }

  private async problemOf(
    stage: TrainingStage,
    isHeld: readonly boolean[],
    seed: number,
  ): Promise<Pick<EnteredStage, 'problem' | 'inputs'>> {
    const { lanes, mode, precision, only, residual } = stage;
    const { learned } = this.plan;
    let last: Inputs = { seed, firstLane: 0 };
    const inputs = (batch: number): Inputs => {
      const turn = Math.floor((batch * lanes) / laneNumbers);
      last = { seed: turn === 0 ? seed : deriveSeed(seed, turn, 'lanes'), firstLane: (batch * lanes) % laneNumbers };
      return last;
    };
    const space = {
      dimension: learned.coordinates.length,
      ...learned.limits(mode),
      rate: learned.rates(mode, only).map((rate, i) => (isHeld[i] ? 0 : rate)),
    };
    if (residual !== undefined) {
      const gradient = await this.gradientOf({ finals: [residual], rows: [] }, lanes, precision, mode);
      const residuals: Problem['residuals'] = (x, batch) => {
        const values = gradient.forward(x, inputs(batch)).finals[0]!.slice();
        return Promise.resolve({ residuals: values, jacobian: gradient.jacobian(0) });
      };
      const refuse = (): never => {
        throw new Error(`internal: '${stage.definition.name}' asked for more than residuals`);
      };
      return { problem: { ...space, residuals, gradient: refuse, loss: refuse }, inputs: () => last };
    }
    const objective = this.minimizedOf(stage);
    const gradient = await this.gradientOf(objective, lanes, precision, mode);
    const lossAt = (x: Float64Array, batch: number): number => objective.judge(gradient.forward(x, inputs(batch))).loss;
    const problem: Problem = {
      ...space,
      gradient: (x, batch) => {
        const loss = lossAt(x, batch);
        return Promise.resolve({ loss, gradient: gradient.backward(objective.cotangents()).learned });
      },
      loss: (x, batch) => Promise.resolve(lossAt(x, batch)),
    };
    return { problem, inputs: () => last };
  }

  private async gradientOf(
    { finals, rows }: Pick<Objective, 'finals' | 'rows'>,
    lanes: number,
    precision: TrainingStage['precision'],
    mode: WeightMode,
  ): Promise<BatchGradient> {
    const { plan, options } = this;
    const key = JSON.stringify([finals, rows, lanes, precision]);
    let known = this.gradients.get(key);
    if (known === undefined) {
      const gradient = await openBatchGradient(plan.program, {
        learned: plan.learned.names,
        formulas: plan.learned.formulas(mode),
        finals,
        rows,
        clock: plan.clock,
        ticks: plan.ticks,
        lanes,
        backend: options.backend,
        precision,
      });
      this.gradients.set(key, (known = { gradient, mode }));
    }
    if (known.mode !== mode) {
      // It may be what the stage that was entered last minimizes.
      this.entered = undefined;
      known.gradient.prepare(plan.learned.formulas(mode));
      known.mode = mode;
    }
    return known.gradient;
  }
}
