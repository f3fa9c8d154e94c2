// Texts to syntax trees and back, and single items of a tree replaced.

import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import type { BenchItem, Expression, Identifier, NameExpression, NetlistFile, SystemItem, Trivia } from '../../src/netlist/ast.js';
import { printLoom } from '../../src/netlist/loom/print-loom.js';
import { readNetlist } from '../../src/netlist/read.js';

export function parse(text: string, name = 'dut.loom'): NetlistFile {
  const bag = new DiagnosticBag();
  const file = readNetlist({ name, text }, bag);
  if (bag.list.length > 0) throw new Error(`${formatDiagnostics(bag.list)}\n${text}`);
  return file;
}

export const print = printLoom;

export const span = { source: { name: 'made', text: '' }, start: 0, end: 0 };
export const trivia: Trivia = { before: [], blankBefore: false };
export const identifier = (name: string): Identifier => ({ name, span });
export const nameOf = (name: string): NameExpression => ({ kind: 'name', name, span });
export const memberOf = (object: string, name: string): Expression => ({ kind: 'member', object: nameOf(object), name, span });
export const numberOf = (value: number): Expression => ({ kind: 'number', text: String(value), value, unit: '', span });

export function systemOf(file: NetlistFile, name: string): SystemItem {
  const found = file.items.find((item) => item.kind === 'system' && item.name.name === name);
  if (found?.kind !== 'system') throw new Error(`no system ${name}`);
  return found;
}

export const replaceSystem = (file: NetlistFile, name: string, ...by: SystemItem[]): NetlistFile => ({
  ...file,
  items: file.items.flatMap((item) => (item.kind === 'system' && item.name.name === name ? by : [item])),
});

/** The system that a bench is of. */
export const benched = (bench: BenchItem): string => (bench.system ?? bench.name).name;
