// Switched-capacitor circuits: charge is taken in one phase and moved in another.

import { add, addAll, clip, div, gt, int, max, min, mul, real, select, sub, toReal } from '../ir/build.js';
import { bitPort, bitVectorPort, defineBlock, integer, intState, number, port, realState, tunable, tunables } from './define.js';

const scIntegrator = defineBlock({
  type: 'sc_integrator',
  doc: 'Switched-capacitor integrator: in the sample phase the input capacitor is charged to the input, in the transfer phase its charge moves to the feedback capacitor. Within the transfer event the output already shows the new value.',
  equation: 'sample: q = in*c_in/c_fb;  transfer: v = clip(v + q, low, high), q = 0;  out = v',
  example: 'y = sc_integrator(u, c_in: 10fF, c_fb: 100fF, sample: clk.p1, transfer: clk.p2)',
  inputs: { in: port('V', 'Input voltage.'), c_in: port('F', 'Input capacitance: a constant or an array.') },
  outputs: { out: port('V', 'Output voltage.') },
  params: {
    c_fb: tunable(undefined, 'Feedback capacitance.', { unit: 'F', min: Number.MIN_VALUE }),
    low: tunable(-Infinity, 'Lower end of the output range.', { unit: 'V' }),
    high: tunable(Infinity, 'Upper end of the output range.', { unit: 'V' }),
    initial: number(0, 'Output before the first transfer.', 'V'),
  },
  state: (p) => ({ v: realState(p.initial), q: realState() }),
  events: {
    sample: ({ in: u, c_in }, _, p) => ({ next: { q: div(mul(u, c_in), p.c_fb) } }),
    transfer: (_, { v, q }, p) => {
      const moved = clip(add(v, q), p.low, p.high);
      return { out: moved, next: { v: moved, q: real(0) } };
    },
  },
  rest: ({ v }) => ({ out: v }),
});

const capacitorArray = defineBlock({
  type: 'capacitor_array',
  doc: 'Array of equal capacitors of which a code switches some on.',
  equation: 'out = unit * min(max(count, 0), size)',
  example: 'c = capacitor_array(3, unit: 10fF, size: 8)',
  inputs: { count: port('', 'How many capacitors are on.') },
  outputs: { out: port('F', 'Capacitance switched on.') },
  params: {
    unit: tunable(undefined, 'Unit capacitance.', { unit: 'F', min: 0 }),
    size: integer(undefined, 'Number of unit capacitors.', { min: 1, max: 1 << 20 }),
  },
  step: ({ count }, _, p) => ({ out: mul(p.unit, clip(count, 0, p.size)) }),
});

const weightedArray = defineBlock({
  type: 'weighted_array',
  doc: 'Binary-weighted or otherwise weighted capacitor array, one switch for each weight.',
  equation: 'out = unit * sum_i weights[i] * bits[i]',
  example: 'c = weighted_array([b, !b], unit: 10fF, weights: [1, 2])',
  inputs: { bits: bitVectorPort('Switches.', (s) => s.length('weights')) },
  outputs: { out: port('F', 'Capacitance switched on.') },
  params: {
    unit: tunable(undefined, 'Unit capacitance.', { unit: 'F', min: 0 }),
    weights: tunables(undefined, 'Units of each switch.'),
  },
  step: ({ bits }, _, p) => ({ out: mul(p.unit, addAll(bits.map((on, i) => select(on, p.weights[i]!, 0)))) }),
});

const temperatureCounter = defineBlock({
  type: 'temperature_counter',
  doc: 'Thermometer-code up/down counter: a row of ones that grows or shrinks by one place each event; the least significant bit is always 1.',
  equation: 'count[n+1] = up[n] ? min(count[n] + 1, bits) : max(count[n] - 1, 1);  out[n] = count[n]',
  example: 'y = temperature_counter(b, bits: 8) @ clk.p2',
  inputs: { up: bitPort('Grows when 1, shrinks when 0.') },
  outputs: {
    out: port('', 'Number of ones, 1 to bits.'),
    code: bitVectorPort('The thermometer code, least significant bit first.', (s) => s.integer('bits')),
  },
  params: {
    bits: integer(8, 'Length of the code.', { min: 1, max: 1024 }),
    initial: integer(1, 'Count before the first event.', { min: 1, max: 1024 }),
  },
  check: (s) => (s.integer('initial') <= s.integer('bits') ? undefined : 'the initial count is above the length of the code'),
  state: (p) => ({ count: intState(p.initial) }),
  step: ({ up }, { count }, p) => ({
    out: toReal(count),
    code: Array.from({ length: p.bits }, (_, i) => gt(count, int(i))),
    next: { count: select(up, min(add(count, int(1)), int(p.bits)), max(sub(count, int(1)), int(1))) },
  }),
});

export const switchedCapacitor = {
  title: 'Switched capacitors',
  blocks: [scIntegrator, capacitorArray, weightedArray, temperatureCounter],
};
