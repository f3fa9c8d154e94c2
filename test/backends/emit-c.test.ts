// Exported C: strict compilers take it, its functions give the interpreter's bits, inputs are inputs, and no name
// of a netlist can be more than a name or a comment.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretKernel } from '../../src/backends/interpret.js';
import { createMachine } from '../../src/backends/kernel.js';
import { emitC } from '../../src/backends/native/emit-c.js';
import { commentText, identifierOf, identifiersOf, isPrefix } from '../../src/backends/native/names.js';
import { loadText } from '../../src/index.js';
import type { Program } from '../../src/ir/program.js';
import { specialize } from '../../src/ir/specialize.js';
import { compileNetlist, compileSystem } from '../../src/simulate/compile-netlist.js';
import { examplePrograms } from '../ir/example-programs.js';
import { loadNetlist, netlistFiles } from '../netlists/bench.js';
import { hasCompiler, useOwnCache } from './compiler.js';
import { bitsOf } from './run-pieces.js';

const folder = useOwnCache();
const strict = ['-std=c99', '-O1', '-Wall', '-Wextra', '-pedantic', '-Werror', '-ffp-contract=off'];

/** Doubles that a main with `body` writes; it has `put` and includes the exported header. */
function runC(program: Program, prefix: string, body: string, clock = 0): Float64Array {
  const { header, source } = emitC(program, { prefix, clock });
  const place = join(folder, prefix);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, `${prefix}.h`), header);
  writeFileSync(join(place, `${prefix}.c`), source);
  const main = `#include "${prefix}.h"
#include "${prefix}.h"
#include <stdio.h>
static void put(double x) { fwrite(&x, sizeof x, 1, stdout); }
static struct ${prefix} self;
int main(void) {
${body}
  return 0;
}
`;
  writeFileSync(join(place, 'main.c'), main);
  const compiled = spawnSync('cc', [...strict, '-o', 'main', 'main.c', `${prefix}.c`], { cwd: place, encoding: 'utf8' });
  expect(compiled.stderr).toBe('');
  expect(compiled.status).toBe(0);
  const { stdout, status } = spawnSync(join(place, 'main'), { maxBuffer: 2 ** 26 });
  expect(status).toBe(0);
  return new Float64Array(Uint8Array.from(stdout).buffer);
}

/** Every record of so many ticks of the clock, one after the other. */
function expectedRecords(program: Program, ticks: number, clock = 0): string[][] {
  const { period, offset } = program.clocks[clock]!;
  const machine = createMachine(
    program,
    program.records.map(() => new Float64Array(ticks)),
  );
  interpretKernel(program).run(machine, offset + ticks * period);
  return machine.records.map(bitsOf);
}

const constant = (program: Program): Program => specialize(program, new Map(), new Set());

describe.skipIf(!hasCompiler)('exported C', () => {
  it.each(netlistFiles)('%s: runs and steps like the interpreter', (file) => {
    const ticks = 300;
    const { program, graph, bench } = compileNetlist(loadNetlist(file));
    const clock = program.clocks.findIndex(({ name }) => name === graph.clocks[bench!.run.clock]!.name);
    const fixed = constant(program);
    const width = program.records.length;
    const counts = program.records.map((record) => (record.clock === clock ? ticks : 0));
    const body = `
  static double rows[${width}][20 * ${ticks}];
  double *columns[${width}];
  for (int i = 0; i < ${width}; i++) columns[i] = rows[i];
  d_init(&self);
  if (d_run(&self, columns, 100) != 100 || d_run(&self, columns, ${ticks - 100}) != ${ticks}) return 1;
  static const int counts[] = {${counts.join(',')}};
  for (int i = 0; i < ${width}; i++) for (int k = 0; k < counts[i]; k++) put(rows[i][k]);
  struct d_outputs out = {${program.records.map(() => '0').join(',')}};
  d_reset(&self);
  for (int k = 0; k < ${ticks}; k++) {
    d_step(&self, &out);
    for (int i = 0; i < ${width}; i++) if (counts[i] > 0) put(((const double *)&out)[i]);
  }`;
    const values = runC(fixed, 'd', body, clock);
    const expected = expectedRecords(fixed, ticks, clock).filter((_, i) => counts[i]! > 0);
    const run = expected.map((_, i) => bitsOf(values.subarray(i * ticks, (i + 1) * ticks)));
    const stepped = values.subarray(expected.length * ticks);
    const steps = expected.map((_, i) => bitsOf(stepped.filter((_value, at) => at % expected.length === i)));
    expect(expected.length).toBeGreaterThan(0);
    expect(run).toEqual(expected);
    expect(steps).toEqual(expected);
  });

  it('takes inputs, bits and vectors included, and tuned parameters from structs', () => {
    const text = `system mixed(k = 0.5) {
  clock clk = 1kHz phases [p1, p2]
  input u : V
  input go : bit
  input bank[2] : V
  held = sample_hold(go ? u : bank[1]) @ clk.p1
  x = integrator(held - bank[0], gain: k) @ clk.p2
  output x, held
}`;
    const { program } = compileSystem(loadText(text));
    expect(program.params.filter(({ isInput }) => isInput).map(({ name }) => name)).toEqual(['u', 'go', 'bank[0]', 'bank[1]']);
    const free = specialize(program, new Map(), new Set(['u', 'go', 'bank[0]', 'bank[1]', 'k']));
    const body = `
  struct m_outputs out;
  m_init(&self);
  put(self.params.k);
  for (int i = 0; i < 6; i++) {
    const struct m_inputs in = {.u = i, .go = i % 2 ? 2 : 0, .bank_0 = 0.25, .bank_1 = -1};
    if (i == 4) self.params.k = 2;
    m_step(&self, &in, &out);
    put(out.held);
    put(out.x);
  }`;
    let x = 0;
    const expected = [0.5];
    for (let i = 0; i < 6; i++) {
      const held = i % 2 === 1 ? i : -1;
      expected.push(held, x);
      x += (i >= 4 ? 2 : 0.5) * (held - 0.25);
    }
    expect([...runC(free, 'm', body)]).toEqual(expected);
  });

  it('survives hostile names', () => {
    const hostile = '*/ #include <a> \\\n int x; /* "%s" ??/\n\u202e é';
    const names = [hostile, `${hostile}.gain`, 'int', 'NULL', 'linux', '9', '', 'a b', 'a.b', '__x'];
    const base = [...examplePrograms.values()][0]!();
    const records = names.map((name) => ({ ...base.records[0]!, name, unit: hostile }));
    const value = base.events[0]!.actions.find((action) => action.do === 'record')!.value;
    const events = base.events.map((event) => ({
      ...event,
      edges: [hostile],
      actions: [
        ...event.actions.filter((action) => action.do !== 'record'),
        ...names.map((_, record) => ({ do: 'record' as const, record, value })),
      ],
    }));
    const params = base.params.map((param) => ({ ...param, unit: hostile }));
    const program = { ...base, name: hostile, params, records, events, clocks: [{ ...base.clocks[0]!, name: hostile }] };
    const prefix = identifierOf(hostile);
    const values = runC(
      program,
      prefix,
      `struct ${prefix}_outputs out; ${prefix}_init(&self); ${prefix}_step(&self, &out); put(out.int_);`,
    );
    expect([...values]).toEqual([0.25]);
    const { header } = emitC(program, { clock: 0 });
    expect(header).not.toContain('#include <a>\n');
    expect(readFileSync(join(folder, prefix, `${prefix}.h`), 'utf8')).toBe(header);
  });
});

describe('names in C', () => {
  it('are identifiers, reserved for nobody, and all different', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 80 })), (names) => {
        const identifiers = identifiersOf(names);
        for (const name of identifiers) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,70}$/);
        expect(new Set(identifiers).size).toBe(names.length);
      }),
    );
    expect(identifiersOf(['x1.gain', 'x1_gain', 'bank[2]', 'int', 'uint8_t', 'INT8_MAX', '2nd', '_a'])).toEqual([
      'x1_gain',
      'x1_gain_2',
      'bank_2',
      'int_',
      'uint8_t_',
      'INT8_MAX_',
      'x2nd',
      'x_a',
    ]);
  });

  it('make prefixes of netlist names', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => isPrefix(identifierOf(name))));
    for (const bad of ['', 'a b', 'a;b', '_a', 'a__b', 'int', '1a', 'a'.repeat(61), '../a', 'DBL_MAX']) expect(isPrefix(bad)).toBe(false);
  });

  it('stay within their comment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(commentText(text)).toMatch(/^[\x20-\x7e]*$/);
        expect(commentText(text)).not.toMatch(/[*\\?]/);
      }),
    );
  });
});
