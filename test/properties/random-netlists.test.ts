// What must not change a sample of a random system: order of statements, grouping, names, backend,
// pieces of a run.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileKernel } from '../../src/backends/compile.js';
import { createMachine } from '../../src/backends/kernel.js';
import { drawnEffects, randomNetlists } from './arbitrary-netlist.js';
import { parse, print } from './netlist-text.js';
import { renameBlocks } from './rename-netlist.js';
import { compileText, expectSameBits, runCompiled, runText } from './run-netlist.js';
import { shapesOf } from './shapes.js';
import { shuffleNetlist } from './shuffle-netlist.js';
import { wrapBlocks } from './wrap-netlist.js';

const keys = fc.array(fc.nat(1000), { minLength: 7, maxLength: 23 });
const runs = { numRuns: 60 };
/** Noise follows from the path of an instance: without it, grouping and names change nothing. */
const ideal = drawnEffects;

/** The names whose keys are in the lower half. */
const pick = (names: readonly string[], by: readonly number[]): Set<string> => new Set(names.filter((_, i) => by[i % by.length]! < 500));

describe('a random system', () => {
  test('runs without a warning but for unused blocks, on the interpreter as in js and wasm', () => {
    fc.assert(
      fc.property(randomNetlists, ({ text }) => {
        const compiled = compileText(text);
        expect(compiled.warnings.map(({ message }) => message)).toEqual([]);
        const expected = runCompiled(compiled, { backend: 'interpret' });
        for (const backend of ['js', 'wasm'] as const) expectSameBits(expected, runCompiled(compiled, { backend }), text);
      }),
      runs,
    );
  });

  test('does not depend on the order of its statements', () => {
    fc.assert(
      fc.property(randomNetlists, keys, ({ text }, order) => {
        const shuffled = print(shuffleNetlist(parse(text), order));
        expectSameBits(runText(shuffled), runText(text), `${text}\n${shuffled}`);
      }),
      runs,
    );
  });

  test('does not change when some of its blocks become a sub-system, nor when some of those do', () => {
    fc.assert(
      fc.property(randomNetlists, keys, keys, ({ text, blocks }, first, second) => {
        const file = parse(text);
        const bench = file.items.find((item) => item.kind === 'bench')!;
        const shapes = shapesOf(file, bench);
        const outer = pick(blocks, first);
        const once = wrapBlocks(file, 'dut', outer, shapes, 'part', 'p');
        const twice = outer.size === 0 ? once : wrapBlocks(once, 'part', pick([...outer], second), shapes, 'kernel', 'k');
        const plain = runText(text, { ideal });
        expectSameBits(runText(print(once), { ideal }), plain, print(once));
        expectSameBits(runText(print(twice), { ideal }), plain, print(twice));
        const whole = wrapBlocks(file, 'dut', new Set(blocks), shapes, 'part', 'p');
        expectSameBits(runText(print(whole), { ideal }), plain, print(whole));
      }),
      runs,
    );
  });

  test('does not depend on the names of its blocks', () => {
    const words = fc.uniqueArray(
      fc.stringMatching(/^[a-z][A-Za-z0-9_]{0,6}$/).map((word) => `${word}_`),
      { minLength: 14, maxLength: 14 },
    );
    fc.assert(
      fc.property(randomNetlists, words, ({ text, blocks }, names) => {
        const renamed = print(renameBlocks(parse(text), 'dut', new Map(blocks.map((name, i) => [name, names[i]!]))));
        expectSameBits(runText(renamed, { ideal }), runText(text, { ideal }), renamed);
      }),
      runs,
    );
  });

  test('runs in pieces as in one go', () => {
    fc.assert(
      fc.property(
        randomNetlists,
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('js' as const, 'wasm' as const, 'interpret' as const),
        ({ text }, steps, backend) => {
          const compiled = compileText(text);
          const { program, bench, graph } = compiled;
          const whole = runCompiled(compiled, { backend });
          const clock = program.clocks.find(({ name }) => name === graph.clocks[bench!.run.clock]!.name)!;
          const end = clock.offset + bench!.run.ticks * clock.period;
          const machine = createMachine(
            program,
            [...whole.values()].map((values) => new Float64Array(values.length)),
          );
          const kernel = compileKernel(program, backend);
          const unit = Math.max(1, Math.floor(clock.period / 7));
          // Grid ticks of any size, also those that end between two phases or between two events.
          for (let at = 0, i = 0; at < end; i++) {
            at = Math.min(end, at + steps[i % steps.length]! * unit);
            kernel.run(machine, at);
          }
          expectSameBits(new Map(program.records.map(({ name }, i) => [name, machine.records[i]!])), whole, text);
        },
      ),
      runs,
    );
  });
});
