// Gradients by forward mode: a lane for each lane and parameter, all running forwards once. It costs a run for each
// parameter and no tape; for few parameters and long runs.

import { createTile, type BatchKernel } from '../backends/batch.js';
import { compileBatch } from '../backends/compile-batch.js';
import type { Program } from '../ir/program.js';
import { rowsBefore } from '../simulate/recording.js';
import type { LaneGradientsOptions, Rows } from './lane-gradients.js';
import type { Seeds } from './sow-seeds.js';
import { tangentProgram, type TangentProgram } from './tangent-program.js';
import { withRecords } from './with-records.js';

/** As laneGradients. Throws BackendError. */
export async function tangentGradients(program: Program, options: LaneGradientsOptions): Promise<TangentGradients> {
  const tangent = tangentProgram(withRecords(program, options.objectives), options.learned);
  const kernel = await compileBatch(tangent.program, options);
  return new TangentGradients(program, options, tangent, kernel);
}

export class TangentGradients {
  readonly kernel: BatchKernel;
  private readonly program: Program;
  private readonly options: LaneGradientsOptions;
  private readonly tangent: TangentProgram;
  private readonly end: number;

  constructor(program: Program, options: LaneGradientsOptions, tangent: TangentProgram, kernel: BatchKernel) {
    const { offset, period } = program.clocks[options.clock]!;
    this.program = program;
    this.options = options;
    this.tangent = tangent;
    this.kernel = kernel;
    this.end = offset + options.ticks * period;
  }

  /** As LaneGradients. */
  async run(lanes: number, params: Float64Array, seed: (rows: Rows) => Seeds): Promise<Float64Array[]> {
    const { learned } = this.options;
    const gradients = learned.map(() => new Float64Array(lanes));
    const together = Math.max(1, Math.floor(this.kernel.tileLanes / lanes));
    let seeds: Seeds | undefined;
    for (let first = 0; first < learned.length; first += together) {
      const some = learned.slice(first, first + together);
      const columns = await this.runDirections(lanes, params, some);
      const count = columns.length / 2;
      seeds ??= seed(columns.slice(0, count).map((column) => column.slice(0, lanes)));
      for (let i = 0; i < some.length * lanes; i++) {
        const [direction, lane] = [Math.floor(i / lanes), i % lanes];
        for (let objective = 0; objective < count; objective++) {
          const slopes = columns[count + objective]![i]!;
          const weights = seeds[objective]![lane]!;
          for (let row = 0; row < slopes.length; row++) gradients[first + direction]![lane]! += (weights[row] ?? 0) * slopes[row]!;
        }
      }
    }
    return gradients;
  }

  /** Columns of the tangent Program's records; those of direction d and lane l stand at `d * lanes + l`. */
  private async runDirections(lanes: number, params: Float64Array, learned: readonly string[]): Promise<Float64Array[][]> {
    const { program, tangent } = this;
    const all = lanes * learned.length;
    const columns = rowsBefore(tangent.program, this.end).map((rows) => Array.from({ length: all }, () => new Float64Array(rows)));
    const values = new Float64Array(tangent.program.params.length * all);
    program.params.forEach((_, i) => {
      const own = params.subarray(i * lanes, (i + 1) * lanes);
      learned.forEach((__, direction) => values.set(own, i * all + direction * lanes));
    });
    learned.forEach((name, direction) => {
      const component = tangent.directions.get(name)!;
      const at = tangent.program.params.findIndex((param) => param.name === component) * all + direction * lanes;
      values.fill(1, at, at + lanes);
    });
    await this.kernel.run(createTile(tangent.program, all, columns, values), this.end);
    return columns;
  }
}
