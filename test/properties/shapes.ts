// Lengths of the vectors of a system, found by recording every block and every output that is read.

import type { BenchItem, NetlistFile, RecordItem, Statement } from '../../src/netlist/ast.js';
import { declaredNames, mapReads } from './map-names.js';
import { benched, identifier, memberOf, nameOf, print, span, systemOf, trivia } from './netlist-text.js';
import { compileText, type RunSettings } from './run-netlist.js';
import { flatName, type Shapes } from './wrap-netlist.js';

export function shapesOf(file: NetlistFile, bench: BenchItem, settings: RunSettings = {}): Shapes {
  const { body } = systemOf(file, benched(bench));
  const blocks = new Set(body.flatMap(declaredNames));
  const inputs = body.flatMap((statement) => (statement.kind === 'input' ? statement.inputs.map(({ name }) => name.name) : []));
  const items = new Map<string, RecordItem>();
  const add = (label: string, value: RecordItem['value']): void =>
    void items.set(label, { name: identifier(`shape_${label}`), value, span });
  for (const name of [...blocks, ...inputs]) add(name, nameOf(name));
  for (const statement of body) {
    mapReads(statement, (read) => {
      if (read.kind === 'member' && blocks.has(read.object.name))
        add(flatName(read.object.name, read.name), memberOf(read.object.name, read.name));
      return undefined;
    });
  }
  const run = bench.body.filter((statement) => !['record', 'measure', 'check', 'write'].includes(statement.kind));
  const record: Statement = { kind: 'record', items: [...items.values()], trivia, span };
  const probe = { ...file, items: file.items.map((item) => (item === bench ? { ...bench, body: [...run, record] } : item)) };
  const { program } = compileText(print(probe), { ...settings, bench: bench.name.name });
  const shapes = new Map<string, number>();
  for (const { name } of program.records) {
    const match = /^shape_(\w+)\[(\d+)\]$/.exec(name);
    if (match !== null) shapes.set(match[1]!, Math.max(shapes.get(match[1]!) ?? 0, Number(match[2]) + 1));
  }
  return shapes;
}
