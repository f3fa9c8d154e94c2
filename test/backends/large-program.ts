// A Program of many blocks: leaky integrators in a ring, each behind an adder, with a running sum of them
// all that makes one long chain.

import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Action, Program } from '../../src/ir/program.js';
import type { StateRef } from '../../src/ir/types.js';

/** `count` integrators and as many adders; each integrator has a gain of its own as a parameter. */
export function ringOfIntegrators(count: number): Program {
  return withArena(() => {
    const states = Array.from({ length: count }, (_, i): StateRef => ({
      kind: 'state',
      name: `b${i}.x`,
      type: 'real',
      length: 0,
      init: 1 / (1 + i),
    }));
    const outputs = states.map(build.state);
    const actions = states.map((state, i): Action => {
      const sum = build.add(outputs[i]!, build.mul(-0.5, outputs[(i + 1) % count]!));
      const gain = build.div(build.param(`b${i}.gain`), 4);
      return { do: 'set', state, value: build.add(build.mul(0.75, outputs[i]!), build.mul(gain, sum)) };
    });
    const total = outputs.reduce((sum: Expr, output) => build.add(sum, output), build.real(0));
    return {
      name: 'ring',
      grid: { numerator: 1, denominator: 1000 },
      clocks: [{ name: 'clk', period: 1, offset: 0 }],
      params: states.map((_, i) => ({ name: `b${i}.gain`, value: 1 / (2 + (i % 3)), unit: '' })),
      states,
      records: [{ name: 'total', unit: '', type: 'real', clock: 0, offset: 0 }],
      events: [{ edges: ['clk'], begins: [0], resets: [], actions: [...actions, { do: 'record', record: 0, value: total }] }],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
  });
}
