// Gates. The operators !, &&, ||, == and != on bits say the same in expressions.

import { addAll, and, bit, not, or, select, toReal, xor } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { bitPort, bitVectorPort, defineBlock, port } from './define.js';

/** A gate of two inputs. */
function gate(type: string, doc: string, equation: string, value: (a: Expr, b: Expr) => Expr) {
  return defineBlock({
    type,
    doc,
    equation,
    example: `y = ${type}(b, !b)`,
    inputs: { a: bitPort('First input.'), b: bitPort('Second input.') },
    outputs: { out: bitPort('Result.') },
    params: {},
    step: ({ a, b }) => ({ out: value(a, b) }),
  });
}

const andGate = gate('and', 'AND gate.', 'out = a && b', and);
const orGate = gate('or', 'OR gate.', 'out = a || b', or);
const xorGate = gate('xor', 'Exclusive OR: one when the inputs differ.', 'out = a != b', xor);
const nandGate = gate('nand', 'NAND gate.', 'out = !(a && b)', (a, b) => not(and(a, b)));
const norGate = gate('nor', 'NOR gate.', 'out = !(a || b)', (a, b) => not(or(a, b)));
const xnorGate = gate('xnor', 'Exclusive NOR: one when the inputs are equal.', 'out = a == b', (a, b) => not(xor(a, b)));

const inverter = defineBlock({
  type: 'not',
  doc: 'Inverter.',
  equation: 'out = !in',
  example: 'y = not(b)',
  inputs: { in: bitPort('Input.') },
  outputs: { out: bitPort('Inverted input.') },
  params: {},
  step: ({ in: a }) => ({ out: not(a) }),
});

const multiplexer = defineBlock({
  type: 'mux',
  doc: 'Selects one of two signals by a bit.',
  equation: 'out = sel ? a : b',
  example: 'y = mux(b, 1V, -1V)',
  inputs: { sel: bitPort('Selector.'), a: port('*', 'Signal for 1.'), b: port('*', 'Signal for 0.') },
  outputs: { out: port('*', 'The selected signal.') },
  params: {},
  step: ({ sel, a, b }) => ({ out: select(sel, a, b) }),
});

const all = defineBlock({
  type: 'all',
  doc: 'AND of a vector of bits; 1 for none.',
  equation: 'out = in[0] && in[1] && ...',
  example: 'y = all([b, !b])',
  inputs: { in: bitVectorPort('Bits.') },
  outputs: { out: bitPort('Whether all are 1.') },
  params: {},
  step: ({ in: bits }) => ({ out: bits.reduce(and, bit(true)) }),
});

const anyOf = defineBlock({
  type: 'any',
  doc: 'OR of a vector of bits; 0 for none.',
  equation: 'out = in[0] || in[1] || ...',
  example: 'y = any([b, !b])',
  inputs: { in: bitVectorPort('Bits.') },
  outputs: { out: bitPort('Whether at least one is 1.') },
  params: {},
  step: ({ in: bits }) => ({ out: bits.reduce(or, bit(false)) }),
});

const ones = defineBlock({
  type: 'ones',
  doc: 'Number of ones in a vector of bits, as a thermometer code is read.',
  equation: 'out = in[0] + in[1] + ...',
  example: 'y = ones([b, !b])',
  inputs: { in: bitVectorPort('Bits.') },
  outputs: { out: port('', 'How many are 1.') },
  params: {},
  step: ({ in: bits }) => ({ out: addAll(bits.map((one) => toReal(one))) }),
});

export const logic = {
  title: 'Logic',
  blocks: [inverter, andGate, orGate, xorGate, nandGate, norGate, xnorGate, multiplexer, all, anyOf, ones],
};
