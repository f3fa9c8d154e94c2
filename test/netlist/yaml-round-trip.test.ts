// Printing as YAML and reading gives the normal form of a tree, comments included, for random trees.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import type { NetlistFile } from '../../src/netlist/ast.js';
import { convertNetlist } from '../../src/netlist/convert.js';
import { readLoom } from '../../src/netlist/loom/read-loom.js';
import { normalizeNetlist } from '../../src/netlist/normalize.js';
import { readNetlist } from '../../src/netlist/read.js';
import { printYaml } from '../../src/netlist/yaml/print-yaml.js';
import { readYaml } from '../../src/netlist/yaml/read-yaml.js';
import { netlistFiles } from './arbitraries.js';
import { knownBlockFiles } from './block-arbitraries.js';
import { stripSpans } from './strip-spans.js';

const normalForm = (file: NetlistFile): unknown => stripSpans(normalizeNetlist(file));

/** Reads a text that must be sound. */
function readSoundly(name: string, text: string): NetlistFile {
  const bag = new DiagnosticBag();
  const file = readNetlist({ name, text }, bag);
  expect(formatDiagnostics(bag.list)).toBe('');
  return file;
}

describe('random trees', () => {
  test('the normal form is normal', () => {
    fc.assert(
      fc.property(netlistFiles, (file) => {
        expect(normalForm(normalizeNetlist(file))).toEqual(normalForm(file));
      }),
      { numRuns: 100 },
    );
  });

  test('a file printed as YAML and read is the same, and prints the same again', () => {
    fc.assert(
      fc.property(netlistFiles, (file) => {
        const text = printYaml(file);
        const read = readSoundly('f.yaml', text);
        expect(normalForm(read)).toEqual(normalForm(file));
        expect(printYaml(read)).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  test('loom to yaml to loom is the same tree', () => {
    fc.assert(
      fc.property(netlistFiles, (file) => {
        const loom = convertNetlist(file, 'loom');
        const yaml = convertNetlist(readSoundly('f.loom', loom), 'yaml');
        const again = convertNetlist(readSoundly('f.yaml', yaml), 'loom');
        expect(again).toBe(loom);
        expect(normalForm(readSoundly('f.loom', again))).toEqual(normalForm(file));
      }),
      { numRuns: 100 },
    );
  });

  test('calls of known blocks survive, whatever their arguments', () => {
    fc.assert(
      fc.property(knownBlockFiles, (file) => {
        const loom = convertNetlist(file, 'loom');
        const read = readLoom({ name: 'f.loom', text: loom }, new DiagnosticBag());
        const yaml = convertNetlist(read, 'yaml');
        // The arguments need not fit the blocks: that is reported, and the tree is complete all the same.
        const again = readYaml({ name: 'f.yaml', text: yaml }, new DiagnosticBag());
        expect(normalForm(again)).toEqual(normalForm(file));
        expect(convertNetlist(again, 'yaml')).toBe(yaml);
      }),
      { numRuns: 150 },
    );
  });
});
