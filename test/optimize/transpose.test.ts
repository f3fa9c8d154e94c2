// Forward and reverse mode of random Programs are transposes of one another: for every direction d of the parameters and
// every seed s of the records, s . (J d) = (J^T s) . d. And no bit of the reverse depends on how time is cut.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { laneByLane, createTile } from '../../src/backends/batch.js';
import type { BatchBackendName } from '../../src/backends/compile-batch.js';
import { interpretKernel } from '../../src/backends/interpret.js';
import type { Program } from '../../src/ir/program.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { laneGradients } from '../../src/optimize/lane-gradients.js';
import { tangentProgram } from '../../src/optimize/tangent-program.js';
import { anyProgram } from '../ir/arbitrary-program.js';

const ticks = 40;
const directionsOf = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 8, maxLength: 8 });

/** Weight of a row in the objective. */
const seedOf = (record: number, row: number): number => ((record * 7 + row * 3) % 5) - 2;
const valueOf = (param: number): number => 0.3 + 0.2 * param;

async function reverseOf(program: Program, objectives: readonly string[], backend: BatchBackendName, hyperperiods?: number) {
  const learned = program.params.map(({ name }) => name);
  const gradients = await laneGradients(program, { learned, objectives, clock: 0, ticks, backend, hyperperiods });
  verifyProgram(gradients.adjoint.program);
  const params = gradients.adjoint.program.params.map(({ name }) => valueOf(learned.indexOf(name)));
  const result = await gradients.run(1, Float64Array.from(params), (rows) =>
    rows.map((columns, objective) => columns.map((column) => column.map((_, row) => seedOf(objective, row)))),
  );
  return result.map(([value]) => value!);
}

const objectivesOf = (program: Program): string[] => program.records.filter(({ type }) => type === 'real').map(({ name }) => name);

it('of random Programs', async () => {
  const compared = { table: 0, merged: 0, arrays: 0, resets: 0 };
  await fc.assert(
    fc.asyncProperty(anyProgram, directionsOf, fc.integer({ min: 1, max: 9 }), async (program, directions, hyperperiods) => {
      const learned = program.params.map(({ name }) => name);
      const objectives = objectivesOf(program);
      const gradient = await reverseOf(program, objectives, 'interpret');
      expect(await reverseOf(program, objectives, 'interpret', hyperperiods)).toEqual(gradient);
      const terms = gradient.map((value, i) => value * directions[i]!);
      const reverse = terms.reduce((sum, term) => sum + term, 0);
      const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
      const forward = alongDirection(
        program,
        learned,
        learned.map((_, i) => valueOf(i)),
        directions,
        objectives,
      );
      if (!Number.isFinite(reverse) || !Number.isFinite(forward.value)) return;
      if (size > 1e12 || forward.size > 1e12) return;
      if (forward.value !== 0) {
        compared[program.timeline.kind]++;
        if (program.states.some(({ length }) => length > 0)) compared.arrays++;
        if (program.events.some(({ resets }) => resets.length > 0)) compared.resets++;
      }
      expect(Math.abs(reverse - forward.value)).toBeLessThanOrEqual(1e-9 * Math.max(size, forward.size, 1e-30));
    }),
    { numRuns: 500, seed: 11 },
  );
  for (const count of Object.values(compared)) expect(count).toBeGreaterThan(15);
});

it.each(['js', 'wasm'] as const)('of random Programs, bit by bit on %s as on the interpreter', async (backend) => {
  await fc.assert(
    fc.asyncProperty(anyProgram, fc.integer({ min: 1, max: 9 }), async (program, hyperperiods) => {
      const objectives = objectivesOf(program);
      expect(await reverseOf(program, objectives, backend, hyperperiods)).toEqual(await reverseOf(program, objectives, 'interpret'));
    }),
    { numRuns: 60, seed: 5 },
  );
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
  const columns = tangent.program.records.map(() => [new Float64Array(2 * ticks)]);
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
