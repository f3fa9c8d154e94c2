// Printing and reading are inverse but for spans, and printing is idempotent.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import { parseExpression } from '../../src/netlist/loom/fragment.js';
import { printExpression } from '../../src/netlist/loom/print-expression.js';
import { printLoom } from '../../src/netlist/loom/print-loom.js';
import { readLoom } from '../../src/netlist/loom/read-loom.js';
import { expressions, netlistFiles } from './arbitraries.js';
import { stripSpans } from './strip-spans.js';

describe('random trees', () => {
  test('an expression printed and read is the same', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const text = printExpression(expression);
        const bag = new DiagnosticBag();
        const read = parseExpression({ name: 'e', text }, 0, text.length, bag);
        expect(formatDiagnostics(bag.list)).toBe('');
        expect(stripSpans(read)).toEqual(stripSpans(expression));
      }),
      { numRuns: 500 },
    );
  });

  test('a file printed and read is the same, and prints the same again', () => {
    fc.assert(
      fc.property(netlistFiles, (file) => {
        const text = printLoom(file);
        const bag = new DiagnosticBag();
        const read = readLoom({ name: 'f.loom', text }, bag);
        expect(formatDiagnostics(bag.list)).toBe('');
        expect(stripSpans(read)).toEqual(stripSpans(file));
        expect(printLoom(read)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
