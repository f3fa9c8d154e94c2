// Schemas of blocks and netlists: sound themselves, and in agreement with the declarations' examples.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { families } from '../../src/blocks/registry.js';
import { blockSchema } from '../../src/blocks/schema.js';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import { convertNetlist } from '../../src/netlist/convert.js';
import { readNetlist } from '../../src/netlist/read.js';
import { netlistSchema } from '../../src/netlist/yaml/netlist-schema.js';

const blocks = families.flatMap((family) => family.blocks);

function readSound(name: string, text: string) {
  const bag = new DiagnosticBag();
  const file = readNetlist({ name, text }, bag);
  expect(formatDiagnostics(bag.list)).toBe('');
  return file;
}

describe('schemas', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false, discriminator: true });
  const complete = ajv.compile(netlistSchema('complete'));

  test.each(blocks.map((block) => [block.type, block] as const))('the example of %s fits', (_, block) => {
    const loom = `system s {\n  clock clk = 1MHz phases [p1, p2]\n  input u\n  input b : bit\n  ${block.example}\n}\n`;
    const yaml = convertNetlist(readSound('e.loom', loom), 'yaml');
    readSound('e.yaml', yaml);
    const data = parse(yaml) as { systems: { s: { blocks: Record<string, unknown> } } };
    expect(complete(data), JSON.stringify(complete.errors)).toBe(true);
    const [instance] = Object.values(data.systems.s.blocks);
    expect(instance).toMatchObject({ type: block.type });
    expect(ajv.compile(blockSchema(block))(instance)).toBe(true);
  });

  test.each([
    ['an unknown parameter', '{type: gain, in: u, gian: 2}'],
    ['a missing input', '{type: gain}'],
    ['a choice that does not exist', '{type: quantizer, in: u, at_threshold: sideways}'],
    ['a fraction of a level', '{type: quantizer, in: u, levels: 2.5}'],
    ['an edge of a block without clock', '{type: gain, in: u, at: clk}'],
    ['neither type nor expression', '{in: u}'],
  ])('the schema for editors sees %s', (_, text) => {
    expect(complete(parse(`systems: {s: {blocks: {x: ${text}}}}`))).toBe(false);
    expect(complete(parse(`systems: {s: {blocks: {'for i in 0..3': {x: ${text}}}}}`))).toBe(false);
  });

  test('the schema for editors admits systems as block types, expressions and loops', () => {
    const text = 'systems: {s: {blocks: {x: {type: cell, in: u}, y: u - v, z: {expr: u, at: clk}, "for i in 0..3": {w: u}}}}';
    expect(complete(parse(text)), JSON.stringify(complete.errors)).toBe(true);
  });

  test('the schema for editors admits optimizations and sees what is wrong in them', () => {
    const body = `learn: {enc.weights: {init: 'normal(0, 0.3)', levels: 32}, unit: null}, vary: {cells: [2, 3]}, objective: {e: mean(u)}, minimize: e,
      method: [{type: adam, rate: 1}, sgd()], finish: {type: search}, judge: e of b, batch: 8, restarts: 2, finalists: 1`;
    expect(complete(parse(`optimizations: {o: {${body}}}`)), JSON.stringify(complete.errors)).toBe(true);
    for (const wrong of ['lern: {x: null}', 'learn: {x: 3}', 'method: {rate: 1}', 'judge: {value: e}', 'batch: {a: 1}'])
      expect(complete(parse(`optimizations: {o: {${wrong}}}`)), wrong).toBe(false);
  });

  test('the committed files are those of the declarations', () => {
    const committed = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../schemas/${path}`, import.meta.url), 'utf8'));
    expect(committed('netlist.schema.json')).toEqual(netlistSchema('complete'));
    for (const block of blocks) expect(committed(`blocks/${block.type}.schema.json`)).toMatchObject(blockSchema(block));
  });
});
