// Data for many conversions: blocks that give each lane of a batch, and each event of a long run, a value of its own.

import { add, div, floor, load, mul, sub, toInt } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { Samples } from '../io/samples.js';
import { defineBlock, integer, port, samples, text, tunable, type Shapes } from './define.js';

const rangeParams = {
  low: tunable(-1, 'Lower end of the range.', { unit: '*' }),
  high: tunable(1, 'Upper end of the range.', { unit: '*' }),
};
const between = (p: { readonly low: Expr; readonly high: Expr }, part: Expr): Expr => add(p.low, mul(sub(p.high, p.low), part));

/** n modulo a count, exact for whole numbers below 2^52. */
const modulo = (n: Expr, count: number): Expr => sub(n, mul(count, floor(div(n, count))));

const uniform = defineBlock({
  type: 'uniform',
  doc: 'Evenly distributed random value: a new one at each event, held until the next. It follows from the seed, the lane and the number of the event, and is a signal: `--ideal` leaves it as it is.',
  equation: 'out[n] = low + (high - low)*r[n];  r: evenly distributed in (0, 1)',
  example: 'x = uniform(low: -0.25V, high: 0.25V) @ clk.p1',
  inputs: {},
  outputs: { out: port('*', 'The value of this event.') },
  params: rangeParams,
  clocked: true,
  step: (_, __, p, { noise }) => ({ out: between(p, noise.uniformPerTick('value')) }),
});

const grid = defineBlock({
  type: 'grid',
  doc: 'Even grid over a range: a new value at each event, held until the next. The range has `count` equal parts and the values are their middles, so that each stands for a part of an evenly distributed input; a lane begins at the value of its number.',
  equation: 'i = (lane + n) mod count;  out[n] = low + (high - low)*(i + 1/2)/count',
  example: 'x = grid(low: -0.25V, high: 0.25V, count: 1000) @ clk.p1',
  inputs: {},
  outputs: { out: port('*', 'The value of this event.') },
  params: { ...rangeParams, count: integer(undefined, 'Number of values.', { min: 1, max: 1 << 30 }) },
  clocked: true,
  step: (_, __, p, { caseNumber }) => ({ out: between(p, div(add(modulo(caseNumber(), p.count), 0.5), p.count)) }),
});

function checkColumn(s: Shapes): string | undefined {
  const { names } = s.samples('file');
  const name = s.text('name');
  if (name !== '') return names.includes(name) ? undefined : `the file has no column '${name}'; columns: ${names.join(', ')}`;
  return s.integer('index') <= names.length ? undefined : `the file has ${names.length} column${names.length === 1 ? '' : 's'}`;
}

function columnOf({ channels, names }: Samples, name: string, index: number): Float64Array {
  return channels[name === '' ? index - 1 : names.indexOf(name)]!;
}

const column = defineBlock({
  type: 'column',
  doc: 'Column of a CSV file as data: the next row at each event, held until the next. A lane begins at the row of its number; after the last row comes the first. For a recording in time see `csv`.',
  equation: 'out[n] = rows[(lane + n) mod length]',
  example: 'x = column(file: "data/step.csv", index: 2) @ clk.p1',
  inputs: {},
  outputs: { out: port('*', 'The value of this event.') },
  params: {
    file: samples('columns', 'Path of the file, relative to the netlist.'),
    name: text('', 'Name of the column, from the header.'),
    index: integer(1, 'Number of the column, from 1, where it is not named.', { min: 1, max: 65536 }),
  },
  check: checkColumn,
  clocked: true,
  step: (_, __, p, { caseNumber, path }) => {
    const values = columnOf(p.file as Samples, p.name, p.index);
    return { out: load({ kind: 'data', name: `${path}.rows`, values }, toInt(modulo(caseNumber(), values.length))) };
  },
});

export const data = { title: 'Data', blocks: [uniform, grid, column] };
