// The random Programs that backends are tested on hold everything the ir has.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Op } from '../../src/ir/expr.js';
import { programNodes } from '../../src/ir/roots.js';
import { anyProgram } from './arbitrary-program.js';

const sample = fc.sample(anyProgram, { numRuns: 600, seed: 7 });

// prettier-ignore
const allOps: { readonly [K in Op]: true } = {
  const: true, param: true, input: true, state: true, time: true, tick: true, index: true, load: true, sum: true,
  add: true, sub: true, mul: true, min: true, max: true, neg: true, abs: true, div: true, floor: true, round: true,
  sqrt: true, exp: true, log: true, sin: true, cos: true, tanh: true, pow: true, lt: true, le: true, eq: true,
  not: true, and: true, or: true, xor: true, select: true, toReal: true, toInt: true, pow2: true, exponent: true,
  uniform: true,
};

describe('anyProgram', () => {
  it('reaches every operation that a Program may hold', () => {
    const reached = new Set(sample.flatMap((program) => [...programNodes(program)].map((node) => node.op)));
    expect([...reached].sort()).toEqual(
      Object.keys(allOps)
        .filter((op) => op !== 'input')
        .sort(),
    );
  });

  it('reaches sums inside sums', () => {
    const nodes = sample.flatMap((program) => [...programNodes(program)]);
    const outer = nodes.filter(
      (node) => node.op === 'sum' && [...node.src].some((body) => body.op === 'sum' || body.src.some((part) => part.op === 'sum')),
    );
    expect(outer.length).toBeGreaterThan(0);
  });

  it('reaches every action on every type, resets, and every kind of timeline', () => {
    const actions = new Set<string>();
    const timelines = new Set<string>();
    let resets = 0;
    for (const { events, timeline } of sample) {
      for (const event of events) {
        resets += event.resets.length;
        for (const action of event.actions) actions.add(`${action.do} ${action.value.type}`);
      }
      const length = timeline.kind === 'table' ? timeline.entries.length : 0;
      timelines.add(timeline.kind === 'merged' ? 'merged' : length === 1 ? '1' : length <= 16 ? 'to 16' : 'more');
    }
    const types = ['bit', 'int', 'real'];
    expect([...actions].sort()).toEqual(['fill', 'put', 'record', 'set'].flatMap((action) => types.map((type) => `${action} ${type}`)));
    expect([...timelines].sort()).toEqual(['1', 'merged', 'more', 'to 16']);
    expect(resets).toBeGreaterThan(0);
  });
});
