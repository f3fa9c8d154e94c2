// Programs unrolled on tensors give the interpreter's rows, within the error of floats: as far as the rows themselves bear a change of
// the parameters by a few times that error.

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/backends/tfjs/tfjs.js';
import { toTensors } from '../../src/backends/tfjs/to-tensors.js';
import type { Program } from '../../src/ir/program.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { anyProgram } from '../ir/arbitrary-program.js';
import { examplePrograms } from '../ir/example-programs.js';
import { interpretColumns, type InterpretedColumns } from './interpret-columns.js';
import { tensorBackends, useTensorBackend } from './tfjs-place.js';

const ticks = 7;
const lanes = 3;
/** Factors of the parameters in the lanes. */
const factors = [1, 0.9, 1.2].map(Math.fround);
const errors = [0, 1e-6, -1e-6, 3e-6];

/** Parameters of moderate size: floats have no others. */
const tame = (value: number, i: number): number => (Math.abs(value) < 1e6 && Math.abs(value) > 1e-6 ? Math.fround(value) : 0.25 * (i + 1));

/** A lane with every parameter changed by a part of its value. */
function runLane(program: Program, lane: number, error: number): InterpretedColumns {
  const params = new Map(program.params.map(({ name, value }, i) => [name, Math.fround(tame(value, i) * factors[lane]!) * (1 + error)]));
  return interpretColumns(program, ticks, params, 64);
}

/** Compares what bears comparison, and says how many numbers that were. */
function compareRows(program: Program): number {
  const params = Object.fromEntries(
    program.params.map(({ name, value }, i) => [name, tf.tensor1d(factors.map((factor) => tame(value, i) * factor))]),
  );
  const { rows, finals } = toTensors(program, { clock: 0, ticks }).run(params, { lanes });
  let compared = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const [nominal, ...others] = errors.map((error) => runLane(program, lane, error)) as [InterpretedColumns, ...InterpretedColumns[]];
    program.records.forEach(({ name }, record) => {
      const found = rows[name]!;
      const values = found.dataSync();
      for (let row = 0; row < found.shape[0]; row++) {
        const value = values[row * lanes + lane]!;
        if (row === found.shape[0] - 1) expect(finals[name]!.dataSync()[lane]).toBe(value);
        const expected = nominal.columns[record]![row]!;
        const spread = Math.max(...others.map(({ columns }) => Math.abs(columns[record]![row]! - expected)));
        if (!nominal.fitsFloats || !Number.isFinite(expected) || spread > 1e-3 * Math.abs(expected)) continue;
        compared++;
        expect(Math.abs(value - expected), `${name}, row ${row}, lane ${lane}: ${value}, not ${expected}`).toBeLessThanOrEqual(
          1e-5 * Math.max(1, Math.abs(expected)) + 20 * spread,
        );
      }
    });
  }
  return compared;
}

describe.each(tensorBackends)('on tensors of %s', (backend) => {
  beforeAll(() => useTensorBackend(backend));

  it.each([...examplePrograms])('%s has the rows of the interpreter', (_, make) => {
    expect(compareRows(make())).toBeGreaterThanOrEqual(lanes);
  });

  it('random Programs have the rows of the interpreter', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyProgram, (program) => {
        verifyProgram(program);
        tf.tidy(() => void (compared += compareRows(program)));
      }),
      { numRuns: 150, seed: 5 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('leaves no tensors behind but its results', () => {
    const program = examplePrograms.get('integrator')!();
    const before = tf.memory().numTensors;
    const { finals, rows } = toTensors(program, { clock: 0, ticks }).run({}, { lanes: 1 });
    tf.dispose([finals, rows]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
