// Where a run, an objective or a gradient left the finite numbers: signal, operation, tick and lane.

import { expect, it } from 'vitest';
import { formatDiagnostic } from '../../src/diagnostics/format.js';
import { describeNonFinite, findNonFinite } from '../../src/optimize/find-non-finite.js';
import { compileDifferentiable } from './compile-differentiable.js';

const text = `system s(a = 0.5, b = 0.25) {
  clock clk = 1MHz
  x = integrator(a, leak: 0.5) @ clk
  root = sqrt((x - 0.75)*(x - 0.75))
  narrow = log(1.25 + b - x)
  y = root + 0*narrow
  z = x*sqrt(b - 0.25)
  output y, narrow, z
}
bench s {
  run 20 ticks of clk
  record y, narrow, z
}
`;

function find(objective: string, lanes: readonly Readonly<Record<string, number>>[], slope = (_: number): number => 1): string {
  const { program, graph } = compileDifferentiable(text);
  const params = Float64Array.from(program.params.flatMap(({ name, value }) => lanes.map((lane) => lane[name] ?? value)));
  const found = findNonFinite(program, {
    learned: ['a', 'b'],
    objectives: [objective],
    clock: 0,
    ticks: 20,
    lanes: lanes.length,
    params,
    seed: (rows) => rows.map((columns) => columns.map((column) => column.map((_, row) => slope(row)))),
    graph,
  });
  return found === undefined ? 'finite' : formatDiagnostic(describeNonFinite(found));
}

it('is nowhere in what is finite', () => {
  expect(find('narrow', [{}, { a: 0.4 }])).toBe('finite');
});

it('is an operation of the run, in the lane that has it', () => {
  expect(find('narrow', [{}, { a: 0.9 }])).toBe(`\
learn.loom:5:12 error[DL701] signal 'narrow' became NaN at tick 3, in lane 1
  5 |   narrow = log(1.25 + b - x)
    |            ^^^^^^^^^^^^^^^^^
  why:  it comes of log(-0.07500000000000018)`);
});

it('is a slope of the objective', () => {
  expect(find('narrow', [{}], (row) => (row === 7 ? NaN : 1))).toBe(`\
error[DL904] the objective's derivative by 'narrow' became NaN at tick 7, in lane 0
  why:  the objective has no finite slope there`);
});

it('is the derivative of an operation', () => {
  expect(find('y', [{ a: 0.3 }, {}])).toBe(`\
learn.loom:4:10 error[DL904] a derivative in 'root' became Infinity at tick 2, in lane 1
  4 |   root = sqrt((x - 0.75)*(x - 0.75))
    |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  why:  it is that of sqrt(0)`);
});

it('is the derivative of what is made of parameters alone', () => {
  expect(find('z', [{ b: 0.3 }, {}])).toBe(`\
learn.loom:7:7 error[DL904] a derivative in 'z' became Infinity in what is computed of parameters alone, in lane 1
  7 |   z = x*sqrt(b - 0.25)
    |       ^^^^^^^^^^^^^^^^
  why:  it is that of sqrt(0)`);
});
