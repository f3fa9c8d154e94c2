// Decoders of incremental converters: a bit-stream of a conversion becomes the number it stands for.

import { add, div, mul, real } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { atCycle, cycleStates, nextCycle } from './by-cycle.js';
import { choice, defineBlock, integer, port, realState, tunable, tunables, vectorPort, type Shapes } from './define.js';

/** More would make the program long: each has a selection of its own. */
const mostCycles = 4096;

/** A cascade of first-order recurrent stages: y_1 = a_1*y_1 + b_1*in, y_m = a_m*y_m + b_m*y_(m-1). */
interface Cascade {
  readonly a: readonly Expr[];
  readonly b: readonly Expr[];
}

function advance({ a, b }: Cascade, before: readonly Expr[], input: Expr): Expr[] {
  const outputs: Expr[] = [];
  a.forEach((kept, m) => outputs.push(add(mul(kept, before[m]!), mul(b[m]!, outputs[m - 1] ?? input))));
  return outputs;
}

/** The stages after so many cycles of a constant 1. */
function afterOnes(cascade: Cascade, cycles: number): Expr[] {
  let stages = cascade.a.map(() => real(0));
  for (let cycle = 0; cycle < cycles; cycle++) stages = advance(cascade, stages, real(1));
  return stages;
}

function checkSrnn(s: Shapes): string | undefined {
  if (s.length('a') !== s.length('b') || s.length('a') === 0) return 'a and b need a value for each stage';
  return s.length('gains') <= mostCycles ? undefined : `${s.length('gains')} gains: there are at most ${mostCycles}`;
}

export const srnnDecoder = defineBlock({
  type: 'srnn_decoder',
  doc: 'Decoder of an incremental converter: a cascade of first-order recurrent stages. Normalized, its output is the weighted mean of the inputs so far: a constant input comes out as it is at every cycle. Gains of the cycles, counted from the last reset, may be learned on top.',
  equation:
    'y_1[i] = a_1*y_1[i-1] + b_1*in[i];  y_m[i] = a_m*y_m[i-1] + b_m*y_(m-1)[i];  out[i] = gains[i]*y_M (normalize: no), gains[i]*y_M/e_M (yes), e the same cascade driven by 1;  cycles > 0: y_m stands for y_m/e_m[cycles]',
  example: 'y = srnn_decoder(u, a: [1, 1], b: [1, 1]) @ clk.p1',
  cites: 'Verdant, Guicquero, Chossat: RCNet, arXiv 2506.16903, section III, figure 4',
  inputs: { in: port('*', 'Bit-stream.') },
  outputs: { out: port('*', 'The number it stands for.'), y: vectorPort('*', 'Outputs of the stages.', (s) => s.length('a')) },
  params: {
    a: tunables(undefined, 'Part of its output that each stage keeps.'),
    b: tunables(undefined, 'Gain of each stage.'),
    normalize: choice(['yes', 'no'], 'yes', 'Whether the output is divided by that of a constant 1.'),
    cycles: integer(0, 'Cycles of a conversion: a constant 1 brings each stage to 1 in its last; 0: stages as they are.', {
      min: 0,
      max: mostCycles,
    }),
    gains: tunables([], 'Gain of the output in each cycle, the last one also in later ones; none: 1.'),
  },
  check: checkSrnn,
  state: (p) => ({
    ...Object.fromEntries(
      p.a.flatMap((_, m) => [[`y${m + 1}`, realState()], ...(p.normalize === 'yes' ? [[`e${m + 1}`, realState()] as const] : [])]),
    ),
    ...cycleStates(Math.max(0, p.gains.length - 1)),
  }),
  step: ({ in: u }, state, p) => {
    const before = (name: string): Expr[] => p.a.map((_, m) => state[`${name}${m + 1}`]!);
    const keep = (name: string, values: readonly Expr[]): Record<string, Expr> =>
      Object.fromEntries(values.map((value, m) => [`${name}${m + 1}`, value]));
    const y = advance(p, before('y'), u);
    const e = p.normalize === 'yes' ? advance(p, before('e'), real(1)) : undefined;
    const full = p.cycles === 0 ? undefined : afterOnes(p, p.cycles);
    const scaled = full === undefined ? y : y.map((value, m) => div(value, full[m]!));
    const number = e === undefined ? scaled.at(-1)! : div(y.at(-1)!, e.at(-1)!);
    const last = p.gains.length - 1;
    return {
      out: last < 0 ? number : mul(atCycle(p.gains, state, last, p.gains[last]!), number),
      y: scaled,
      next: { ...keep('y', y), ...(e === undefined ? {} : keep('e', e)), ...(last < 0 ? {} : nextCycle(state, last)) },
    };
  },
});

export const firDecoder = defineBlock({
  type: 'fir_decoder',
  doc: 'Decoder of an incremental converter with a tap for each cycle of a conversion: the sum of the taps times the inputs since the last reset, such as that of a `frame`. After the last tap the output stays. Least squares over many conversions give the best taps.',
  equation: 'out[i] = offset + sum_{j <= i} taps[j]*in[j];  j: cycles since the reset, from 0',
  example: 'y = fir_decoder(u, taps: [0.25, 0.5, 0.25]) @ clk.p1',
  inputs: { in: port('*', 'Bit-stream.') },
  outputs: { out: port('*', 'The number it stands for.') },
  params: {
    taps: tunables(undefined, 'Weight of each cycle.'),
    offset: tunable(0, 'Added to the output.', { unit: '*' }),
  },
  check: (s) => {
    const count = s.length('taps');
    return count >= 1 && count <= mostCycles ? undefined : `${count} taps: there are 1 to ${mostCycles}`;
  },
  state: (p) => ({ sum: realState(), ...cycleStates(p.taps.length) }),
  step: ({ in: u }, state, p) => {
    const count = p.taps.length;
    const sum = add((state as Readonly<Record<string, Expr>>)['sum']!, mul(atCycle(p.taps, state, count), u));
    return { out: add(p.offset, sum), next: { sum, ...nextCycle(state, count) } };
  },
});
