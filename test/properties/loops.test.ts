// Algebraic loops: random systems with a circle of feedthrough are refused, every edge of the circle has
// its place, and a register anywhere in the circle makes them run.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadText, NetlistError } from '../../src/index.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { randomNetlists } from './arbitrary-netlist.js';
import { compileText, runText } from './run-netlist.js';

/** What feeds its input through at `at`; those without a clock do so at every event. */
const links: readonly ((input: string, at: string) => string)[] = [
  (input) => `0.5 * ${input}`,
  (input) => `gain(${input}, gain: 0.3)`,
  (input) => `clip(${input} + u)`,
  (input) => `quantizer(${input})`,
  (input) => `${input} > 0 ? 0.1V : u`,
  (input) => `sum([u, w, ${input}])`,
  (input) => `[u, 0.1 * ${input}][1]`,
  (input) => `mux(${input} > 0.1, u, w)`,
  (input) => `helper(a: ${input})`,
  (input, at) => `accumulator(${input}, leak: 0.5) @ ${at}`,
  (input, at) => `fir(${input}, taps: [0.1, 0.2]) @ ${at}`,
  (input, at) => `sample_hold(${input}) @ ${at}`,
  (input, at) => `differentiator(${input}, gain: 0.2) @ ${at}`,
  (input, at) => `low_pass(${input}, corner: 10kHz, interpolation: "foh") @ ${at}`,
  (input, at) => `state_space([${input}], A: [[0.5]], B: [[0]], C: [[0]], D: [[0.2]]) @ ${at}`,
];
const offers = (link: number, name: string): string => (link === links.length - 1 ? `${name}[0]` : name);

function withCircle(text: string, edge: string, circle: readonly number[], registerAt?: number): string {
  const names = circle.map((link, i) => offers(link, `ring${i}`));
  const lines = circle.map((link, i) => {
    const input = names[(i + circle.length - 1) % circle.length]!;
    return `  ring${i} = ${links[link]!(i === registerAt ? 'cut' : input, edge)}`;
  });
  const cut = registerAt === undefined ? [] : [`  cut = register(${names[(registerAt + circle.length - 1) % circle.length]!}) @ ${edge}`];
  const helper = 'system helper {\n  input a\n  b = 0.25*a\n  output b\n}\n';
  return (
    helper + text.replace('  output y', `${[...lines, ...cut].join('\n')}\n  output y`).replace('  record y', '  record ring0\n  record y')
  );
}

test('a circle of feedthrough is an algebraic loop until a register cuts it', () => {
  const circles = fc.array(fc.nat(links.length - 1), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(randomNetlists, circles, fc.nat(), ({ text, edge }, circle, where) => {
      const closed = withCircle(text, edge, circle);
      const loops = diagnosticsOf(closed);
      expect(
        loops.map(({ code }) => code),
        closed,
      ).toEqual(loops.map(() => 'DL401'));
      expect(loops.length, closed).toBeGreaterThan(0);
      for (const { related, message, help } of loops) {
        expect(related!.length).toBeGreaterThanOrEqual(circle.length);
        const edges = related!.map(({ message: text, span }) => {
          expect(span, text).toBeDefined();
          return /^'(.*)' reads '(.*)'$/.exec(text)!.slice(1) as [string, string];
        });
        // Each edge goes on where the one before ends, and the last ends where the first begins.
        edges.forEach(([, to], i) => expect(edges[(i + 1) % edges.length]![0]).toBe(to));
        for (let i = 0; i < circle.length; i++) expect(edges.map(([from]) => from.replace(/[.[].*/, ''))).toContain(`ring${i}`);
        expect(message).toBe(`algebraic loop: ${[...edges.map(([from]) => from), edges[0]![0]].join(' <- ')}`);
        expect(help).toContain('register');
      }
      const open = withCircle(text, edge, circle, where % circle.length);
      compileText(open);
      runText(open, { ticks: 20 });
    }),
    { numRuns: 60 },
  );
});

function diagnosticsOf(text: string) {
  try {
    compileNetlist(loadText(text));
    return [];
  } catch (error) {
    if (!(error instanceof NetlistError)) throw error;
    return error.diagnostics;
  }
}
