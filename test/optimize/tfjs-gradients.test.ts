// The adjoint against tfjs's own gradients through the same Program, unrolled: on every block, and on random Programs, with
// surrogates.

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { families } from '../../src/blocks/registry.js';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { elaborate } from '../../src/graph/elaborate.js';
import { loadText } from '../../src/index.js';
import * as build from '../../src/ir/build.js';
import { neg, sub, surrogate, tanh } from '../../src/ir/build.js';
import { withArena, type Expr, type Op } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import { rebuildNode, Rewriter, type Replace } from '../../src/ir/rewrite.js';
import { rewriteProgram } from '../../src/ir/rewrite-program.js';
import { differentiableParams } from '../../src/optimize/check-gradient.js';
import { GradientError } from '../../src/optimize/gradient-error.js';
import { elaborateExample } from '../../src/schedule/block-example.js';
import { lowerDifferentiable } from '../../src/schedule/lower.js';
import { anyProgram } from '../ir/arbitrary-program.js';
import { tensorBackends, useTensorBackend } from '../backends/tfjs-place.js';
import { compareGradients, lanes } from './tensor-gradients.js';

const blocks = families.flatMap((family) => family.blocks);

/** Blocks that decide: their examples have outputs of steps alone. */
const decides = new Set([
  'not',
  'and',
  'or',
  'xor',
  'nand',
  'nor',
  'xnor',
  'mux',
  'all',
  'any',
  'ones',
  'comparator',
  'schmitt',
  'temperature_counter',
  // Values of a file: nothing to learn.
  'column',
]);

/** Two cells, noise, and the decoder of their bits. */
const converter = (gradient: string): string => `
  system converter {
    clock clk = 1MHz
    input u : V
    enc = rcnet_encoder(u, weights: [[0.9, 0, 0, 0, 0, 0.8, 0, -0.7, 0.2], [0.1, 0.5, 0, 0.3, 0, 0, 0.9, 0, -0.6]],
      unit_capacitors: [1pF, 2pF], steps: [0.1, 0.05], temperature: 300, quantizer_gradient: "${gradient}") @ clk
    dec = srnn_decoder(enc, a: [1, 0.9], b: [1, 0.5]) @ clk
    output dec
  }`;

function compileDifferentiable(text: string): Program {
  const bag = new DiagnosticBag();
  return lowerDifferentiable(elaborate(loadText(text), { openInputs: true }, bag), bag);
}

describe.each(tensorBackends)('gradients on %s', (backend) => {
  beforeAll(() => useTensorBackend(backend));

  it.each(blocks.map((block) => [block.type, block] as const))('of %s', async (_, block) => {
    const program = lowerDifferentiable(elaborateExample(block), new DiagnosticBag());
    const learned = differentiableParams(program).map(({ name }) => name);
    const values = differentiableParams(program).map(({ value, isInput }, i) =>
      Array.from({ length: lanes }, (_lane, lane) => (isInput ? 0.3 - 0.17 * lane + 0.05 * i : value * (1 + 0.07 * lane))),
    );
    const { compared, nonZero, faults } = await compareGradients(program, 8, learned, values);
    expect(faults).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(0.8 * learned.length * lanes);
    expect(nonZero > 0, 'passes something on').toBe(!decides.has(block.type));
  });

  it.each(['clipped', 'straight', 'tanh', 'none'])('of an encoder and its decoder with the quantizer gradient %s', async (kind) => {
    const program = compileDifferentiable(converter(kind));
    const learned = differentiableParams(program).map(({ name }) => name);
    const values = differentiableParams(program).map(({ value, isInput }) =>
      Array.from({ length: lanes }, (_lane, lane) => (isInput ? 0.11 - 0.09 * lane : value * (1 + 0.07 * lane))),
    );
    const { compared, nonZero, faults } = await compareGradients(program, 12, learned, values);
    expect(faults).toEqual([]);
    expect(compared).toBeGreaterThan(0.8 * learned.length * lanes);
    expect(nonZero).toBeGreaterThan(kind === 'none' ? 0 : 0.4 * learned.length * lanes);
  });

  it('of decisions with a slope, in logic and choices', async () => {
    const program = logicProgram();
    const values = [0.3, 0.8].map((value) => Array.from({ length: lanes }, (_, lane) => value * (1 - 0.3 * lane)));
    const { compared, nonZero, faults } = await compareGradients(program, 3, ['p', 'q'], values);
    expect(faults).toEqual([]);
    expect([compared, nonZero]).toEqual([2 * lanes, 2 * lanes]);
  });

  it('of random Programs', async () => {
    let [compared, nonZero, refused] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(anyProgram, fc.boolean(), async (random, isSmoothed) => {
        fc.pre(random.timeline.kind === 'table');
        const program = isSmoothed ? withSurrogates(random) : random;
        const learned = program.params.map(({ name }) => name);
        const values = learned.map((_, i) => Array.from({ length: lanes }, (_lane, lane) => 0.3 + 0.21 * i - 0.13 * lane));
        try {
          const found = await compareGradients(program, 6, learned, values);
          expect(found.faults).toEqual([]);
          compared += found.compared;
          nonZero += found.nonZero;
        } catch (error) {
          if (!(error instanceof GradientError)) throw error;
          refused++;
        }
      }),
      { numRuns: 400, seed: 11 },
    );
    expect(compared).toBeGreaterThan(2000);
    expect(nonZero).toBeGreaterThan(150);
    expect(refused).toBeLessThan(100);
  });
});

/** Every operation on bits, each from a decision that has a slope; a slope of another value. */
function logicProgram(): Program {
  return withArena(() => {
    const [p, q] = [build.param('p'), build.param('q')];
    const a = surrogate(build.lt(p, 0.25), build.mul(p, q));
    const b = surrogate(build.lt(q, 0.7), tanh(sub(p, q)));
    const bits = [build.and(a, b), build.or(a, b), build.xor(a, b), build.not(a), build.select(a, b, build.not(b))];
    const chosen = build.select(a, build.mul(p, 3), build.mul(q, q));
    const terms = bits.map((bit, i) => build.mul(1 + 0.7 * i, build.toReal(bit)));
    const value = build.addAll([...terms, chosen, surrogate(build.mul(p, p), build.mul(p, q))]);
    return {
      name: 'logic',
      grid: { numerator: 1, denominator: 1 },
      clocks: [{ name: 'clk', period: 1, offset: 0 }],
      params: ['p', 'q'].map((name) => ({ name, value: 0.5, unit: '' })),
      states: [],
      records: [{ name: 'y', unit: '', type: 'real', clock: 0, offset: 0 }],
      events: [{ edges: ['clk'], begins: [0], resets: [], actions: [{ do: 'record', record: 0, value }] }],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
  });
}

/** The Program with a smooth gradient for every staircase and every decision between reals. */
function withSurrogates(program: Program): Program {
  const rules: Partial<Record<Op, (value: Expr, a: Expr, b: Expr) => Expr>> = {
    floor: (value, a) => surrogate(value, a),
    round: (value, a) => surrogate(value, tanh(a)),
    lt: (value, a, b) => surrogate(value, tanh(sub(b, a))),
    le: (value, a, b) => surrogate(value, neg(tanh(sub(a, b)))),
  };
  const smoothed: Replace = (node, operands) => {
    const [a, b] = operands as [Expr, Expr];
    return a?.type === 'real' ? rules[node.op]?.(rebuildNode(node, operands), a, b) : undefined;
  };
  return withArena(() => rewriteProgram(program, new Rewriter(smoothed)));
}
