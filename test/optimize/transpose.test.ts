// Forward and reverse mode of random Programs are transposes of one another: for every direction d of the parameters and
// every seed s of the records, s . (J d) = (J^T s) . d.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { laneByLane, createTile } from '../../src/backends/batch.js';
import { interpretKernel } from '../../src/backends/interpret.js';
import type { Program } from '../../src/ir/program.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { GradientError } from '../../src/optimize/gradient-error.js';
import { laneGradients } from '../../src/optimize/lane-gradients.js';
import { tangentProgram } from '../../src/optimize/tangent-program.js';
import { anyProgram } from '../ir/arbitrary-program.js';

const ticks = 6;

/** Weight of a row in the objective. */
const seedOf = (record: number, row: number): number => ((record * 7 + row * 3) % 5) - 2;

it('of random Programs', async () => {
  let compared = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      anyProgram,
      fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 8, maxLength: 8 }),
      async (program, directions) => {
        fc.pre(program.timeline.kind === 'table');
        const learned = program.params.map(({ name }) => name);
        const objectives = program.records.filter(({ type }) => type === 'real').map(({ name }) => name);
        fc.pre(objectives.length > 0 && learned.length > 0);
        const values = learned.map((_, i) => 0.3 + 0.2 * i);
        let reverse: number;
        let size = 0;
        try {
          const gradients = await laneGradients(program, { learned, objectives, clock: 0, ticks, backend: 'interpret', hyperperiods: 1 });
          verifyProgram(gradients.adjoint.program);
          const params = gradients.adjoint.program.params.map(({ name }) => values[learned.indexOf(name)]!);
          const result = await gradients.run(1, Float64Array.from(params), (rows) =>
            rows.map((columns, objective) => columns.map((column) => column.map((_, row) => seedOf(objective, row)))),
          );
          reverse = result.reduce((sum, [value], i) => sum + value! * directions[i]!, 0);
          size = result.reduce((sum, [value], i) => sum + Math.abs(value! * directions[i]!), 0);
        } catch (error) {
          if (!(error instanceof GradientError)) throw error;
          refused++;
          return;
        }
        const forward = alongDirection(program, learned, values, directions, objectives);
        if (!Number.isFinite(reverse) || !Number.isFinite(forward.value)) return;
        if (size > 1e12 || forward.size > 1e12) return;
        if (forward.value !== 0) compared++;
        expect(Math.abs(reverse - forward.value)).toBeLessThanOrEqual(1e-9 * Math.max(size, forward.size, 1e-30));
      },
    ),
    { numRuns: 400, seed: 11 },
  );
  expect(compared).toBeGreaterThan(20);
  expect(refused).toBeLessThan(200);
});

function alongDirection(
  program: Program,
  learned: readonly string[],
  values: readonly number[],
  directions: readonly number[],
  objectives: readonly string[],
): { value: number; size: number } {
  const tangent = tangentProgram(program, learned);
  verifyProgram(tangent.program);
  const { period, offset } = program.clocks[0]!;
  const columns = tangent.program.records.map(() => [new Float64Array(64)]);
  const params = tangent.program.params.map(({ name, value }) => {
    const own = learned.indexOf(name);
    const direction = learned.findIndex((one) => tangent.directions.get(one) === name);
    return own >= 0 ? values[own]! : direction >= 0 ? directions[direction]! : value;
  });
  const tile = createTile(tangent.program, 1, columns, Float64Array.from(params));
  void laneByLane(interpretKernel(tangent.program)).run(tile, offset + ticks * period);
  let [value, size] = [0, 0];
  objectives.forEach((name, objective) => {
    const record = program.records.findIndex((one) => one.name === name);
    const rows = tile.position[tile.layout.firstTicks + program.records[record]!.clock]!;
    for (let row = 0; row < rows; row++) {
      const term = seedOf(objective, row) * columns[program.records.length + record]![0]![row]!;
      value += term;
      size += Math.abs(term);
    }
  });
  return { value, size };
}
