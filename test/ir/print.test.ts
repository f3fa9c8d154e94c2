// The text of Programs, as golden files.

import { describe, expect, it } from 'vitest';
import { printProgram } from '../../src/ir/print.js';
import { specialize } from '../../src/ir/specialize.js';
import { goldenIn } from '../golden.js';
import { examplePrograms } from './example-programs.js';

const expectGolden = goldenIn(new URL('./golden/', import.meta.url), 'txt');

describe('printProgram', () => {
  it.each([...examplePrograms])('prints %s', (name, make) => {
    expectGolden(name, printProgram(make()));
  });

  it('gives the same text for a Program that was built again', () => {
    for (const make of examplePrograms.values()) expect(printProgram(make())).toBe(printProgram(make()));
  });

  it('shows constants where parameters were', () => {
    const special = specialize(examplePrograms.get('integrator')!(), new Map([['int.gain', 1]]), new Set());
    const text = printProgram(special);
    expect(text).not.toContain('p:');
    expect(text).toContain('= mul real 0.99, s:int.x');
  });
});
