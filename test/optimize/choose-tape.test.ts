// What is kept for the reverse of an event: the cheapest choice, by trying all, and that of cases with a plain answer.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { StateRef } from '../../src/ir/types.js';
import { chooseTape } from '../../src/optimize/choose-tape.js';
import { CutGraph } from '../../src/optimize/min-cut.js';

const scalar = (name: string): StateRef => ({ kind: 'state', name, type: 'real', length: 0, init: 0 });
const line: StateRef = { kind: 'state', name: 'line', type: 'real', length: 4, init: 0 };
const never = (): boolean => false;
const isParam = ({ op }: Expr): boolean => op === 'param' || op === 'const';

describe('the tape', () => {
  it('has a long sum and not its terms, and not what is one step away from it', () => {
    withArena(() => {
      const states = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => build.state(scalar(name)));
      const sum = build.addAll(states.map((state, i) => build.mul(state, build.param(`w${i}`))));
      const bounded = build.clip(sum, -1, 1);
      const isNegative = build.lt(bounded, 0);
      expect(chooseTape([bounded, isNegative, build.gt(sum, 1)], isParam)).toEqual(new Set([sum]));
    });
  });

  it('has the states and not what is quickly made of them', () => {
    withArena(() => {
      const [a, b] = [build.state(scalar('a')), build.state(scalar('b'))];
      expect(chooseTape([a, b, build.add(a, b), build.mul(a, b)], isParam)).toEqual(new Set([a, b]));
    });
  });

  it('has noise once, as it is read', () => {
    withArena(() => {
      const words = Array.from({ length: 6 }, (_, i) => build.toInt(build.add(build.time(), i)));
      const noise = build.mul(build.sqrt(build.mul(-2, build.log(build.uniform(0, words)))), build.cos(build.uniform(1, words)));
      expect(chooseTape([noise, build.add(noise, 1)], isParam)).toEqual(new Set([noise]));
    });
  });

  it('has a sum over an array as a whole, and nothing where all is at hand', () => {
    withArena(() => {
      const sum = build.sumOver(4, (i) => build.load(line, i));
      expect(chooseTape([build.mul(sum, 2)], isParam).size).toBe(1);
      expect(chooseTape([build.param('p')], isParam)).toEqual(new Set());
    });
  });

  it('leaves elements that a loop reads to the loop', () => {
    withArena(() => {
      const element = build.load(line, build.indexOf(build.makeLoop(4)));
      expect(chooseTape([build.mul(element, 2)], never).size).toBe(0);
    });
  });
});

const inner = 5;
const anyEdges = fc.array(fc.tuple(fc.nat(inner + 1), fc.nat(inner + 1), fc.oneof(fc.nat(9), fc.constant(Infinity))), { maxLength: 16 });

describe('a cut', () => {
  it('is the cheapest of all', () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        const graph = new CutGraph();
        for (let i = 0; i < inner; i++) graph.addNode();
        for (const [from, to, capacity] of edges) graph.addEdge(from, to, capacity);
        const costOf = (isOnSide: (node: number) => boolean): number =>
          edges.reduce((sum, [from, to, capacity]) => sum + (isOnSide(from) && !isOnSide(to) ? capacity : 0), 0);
        const costs = Array.from({ length: 1 << inner }, (_, mask) =>
          costOf((node) => node === graph.source || (node !== graph.sink && ((mask >> (node - 2)) & 1) === 1)),
        );
        const least = Math.min(...costs);
        const cut = graph.cut();
        if (least === Infinity) expect(cut).toBeUndefined();
        else {
          expect([cut![graph.source], cut![graph.sink]]).toEqual([true, false]);
          expect(costOf((node) => cut![node]!)).toBe(least);
        }
      }),
    );
  });
});
