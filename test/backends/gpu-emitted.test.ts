// Kernels of five tiny Programs, or why they have none, as golden text; and that names of a netlist never reach a kernel.

import { describe, expect, it } from 'vitest';
import { BackendError } from '../../src/backends/backend-error.js';
import { emitKernel } from '../../src/backends/gpu/emit.js';
import { planOf } from '../../src/backends/gpu/kernel.js';
import { add, param } from '../../src/ir/build.js';
import { withArena } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import { goldenIn } from '../golden.js';
import { examplePrograms } from '../ir/example-programs.js';
import { sweptProgram } from './gpu-systems.js';

const expectGolden = goldenIn(new URL('./golden/', import.meta.url), 'kernel.txt');

/** The Program with a parameter added to all real values, so that lanes differ. */
function withSpread(program: Program): Program {
  return withArena(() => {
    const spread = param('spread');
    const events = program.events.map((event) => ({
      ...event,
      actions: event.actions.map((action) => (action.value.type === 'real' ? { ...action, value: add(action.value, spread) } : action)),
    }));
    return { ...program, events, params: [...program.params, { name: 'spread', value: 0.125, unit: '' }] };
  });
}

/** The kernel, or why there is none. */
function kernelText(program: Program): string {
  try {
    const { source, args, packed } = emitKernel(planOf(program));
    return `${source}// takes ${args.join(', ')}; packs the records ${[...packed.keys()].join(', ') || 'none'}\n`;
  } catch (error) {
    if (error instanceof BackendError) return `${error.message}\n`;
    throw error;
  }
}

describe('kernels', () => {
  it.each([...examplePrograms])('of %s', (name, make) => {
    expectGolden(name, kernelText(withSpread(make())));
  });

  it('are the same whatever things are called', () => {
    const sourceWith = (state: string, other: string, swept: string): string => {
      const text = `system ${other}s(${swept} = 0.5) {
  clock clk = 1MHz
  input u : V
  ${state} = integrator(u, leak: ${swept})
  ${other} = delay(${state}, ticks: 2)
  output ${other}
}
bench ${other}s {
  u = sine(freq: 1kHz)
  run 10 ticks of clk
  record ${other}, ${state}
}
`;
      return emitKernel(planOf(sweptProgram({ name: 'names', text, swept: [swept] }))).source;
    };
    const plain = sourceWith('first', 'second', 'third');
    expect(plain).not.toMatch(/first|second|third/);
    expect(sourceWith('kernelResult', 'thread', 'gl_FragColor')).toBe(plain);
  });
});
