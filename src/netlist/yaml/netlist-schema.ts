// JSON schema of a netlist in YAML. The reader checks the outer shape with it and each block with the schema
// of its type; the schema for editors holds those as well.

import { blockSchema, type JsonSchema } from '../../blocks/schema.js';
import { families } from '../../blocks/registry.js';
import { reservedWords } from '../loom/grammar.generated.js';

const scalar = ['number', 'string', 'boolean'] as const;
const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });
const text = (description: string): JsonSchema => ({ type: 'string', description });

/** A name: an identifier that is no word of the language. */
const name: JsonSchema = { pattern: `^(?!(?:${[...reservedWords].join('|')})$)[A-Za-z_][A-Za-z0-9_]*$` };

/** What arguments are called: any word. */
const word: JsonSchema = { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' };

/** Entries by name: a mapping, or a list of mappings (and of bare names), which says the same and may repeat a name. */
function group(member: JsonSchema, description: string, bare: JsonSchema | undefined, names = name): JsonSchema {
  const entries: JsonSchema = { propertyNames: names, additionalProperties: member };
  const item: JsonSchema = bare === undefined ? { type: 'object', ...entries } : { ...bare, ...entries };
  return { type: ['object', 'array', 'null'], ...entries, items: item, description };
}
const bareName: JsonSchema = { type: ['object', 'string'], ...name };

/** One of them, or a list. */
function oneOrMore(types: readonly string[], rest: JsonSchema, description: string): JsonSchema {
  return { type: [...types, 'array', 'null'], ...rest, items: { type: types, ...rest }, description };
}

function object(properties: Record<string, JsonSchema>, description: string, required: readonly string[] = []): JsonSchema {
  return { type: ['object', 'null'], properties, required, additionalProperties: false, description };
}

/** Blocks by name; `for i in 0..16` holds blocks of its own. */
const blockEntries: JsonSchema = { patternProperties: { '^for\\s': ref('blocks') }, additionalProperties: ref('block') };
const blocks: JsonSchema = {
  type: ['object', 'array', 'null'],
  ...blockEntries,
  items: { type: 'object', ...blockEntries },
  description: 'Blocks by name. `for i in 0..16` holds blocks of its own; `bank[i]` is an element.',
};

/** `detail`: the outer shape alone leaves what a block says to the schema of its type. */
export function netlistSchema(detail: 'outer' | 'complete'): JsonSchema {
  const locals = group(ref('value'), 'Constants derived from the parameters.', undefined);
  const system = object(
    {
      params: group(ref('optionalValue'), 'Parameters and their defaults; null for none.', bareName),
      locals,
      clocks: group(ref('clock'), 'Clocks: a frequency, or frequency, phases and offset.', undefined),
      inputs: group(ref('input'), 'Inputs: a unit such as V, `bit`, null for any, or unit and length.', bareName),
      blocks: ref('blocks'),
      frame: oneOrMore(['string', 'number'], {}, 'States return to their initial values each so many ticks: `80 ticks of clk`.'),
      outputs: group(ref('optionalValue'), 'Outputs: names of signals, or names with an expression.', bareName),
    },
    'A system: clocks, inputs, blocks and outputs.',
  );
  const bench = object(
    {
      system: { ...text('The system it runs; without it the one of the same name.'), ...name },
      args: group(ref('value'), 'Parameters of the system.', { type: [...scalar, 'object'] }, word),
      locals,
      blocks: ref('blocks'),
      run: oneOrMore(scalar, {}, 'How long: `65536 ticks of clk` or `10ms`.'),
      record: oneOrMore(scalar, {}, 'Signals to keep: `v`, `e = u - v`, `v @ clk.p1`.'),
      measure: oneOrMore(
        ['string', 'object'],
        { additionalProperties: ref('measure') },
        'Figures: `sndr(v)`, `peak = max(v)`, or by name.',
      ),
      check: oneOrMore(scalar, {}, 'What must hold: `sndr > 80dB`.'),
      write: oneOrMore(
        ['string', 'object'],
        {
          required: ['signal', 'file'],
          properties: { signal: { ...text('A recorded signal.'), ...name }, file: text('Path of the file.') },
          propertyNames: word,
          additionalProperties: ref('value'),
        },
        'Signals to write to files.',
      ),
    },
    'A bench: runs a system and measures it.',
  );
  const optimization = object(
    {
      system: { ...text('The system whose parameters are learned; without it the one of the same name.'), ...name },
      args: group(ref('value'), 'Parameters of the system.', { type: [...scalar, 'object'] }, word),
      locals,
      blocks: ref('blocks'),
      run: oneOrMore(scalar, {}, 'How long each lane of a batch runs: `80 ticks of clk` or `10ms`.'),
      learn: group(
        { type: ['object', 'array', 'null'], ...group(ref('value'), 'Options by name.', { type: [...scalar, 'object'] }, word) },
        'Parameters that are learned, of the system or of a block, with their options: `enc.weights: {levels: 32}`; null for none.',
        { type: ['object', 'string'] },
        {},
      ),
      vary: group(ref('value'), 'Parameters of the system, each with the values that restarts take in turn.', undefined),
      objective: oneOrMore(
        ['string', 'object'],
        { additionalProperties: ref('measure') },
        'Figures of a batch: `error: rms(u - y)` by name, or `error = rms(u - y)`.',
      ),
      minimize: oneOrMore(scalar, {}, 'An expression of objectives and constants.'),
      batch: oneOrMore(scalar, {}, 'Lanes of a step.'),
      restarts: oneOrMore(scalar, {}, 'How many times it begins anew.'),
      method: oneOrMore(['string', 'object'], method, 'What each restart runs, in order: `{type: adam, rate: 0.003}`.'),
      finish: oneOrMore(['string', 'object'], method, 'What the best restarts run after that.'),
      finalists: oneOrMore(scalar, {}, 'How many restarts are finished.'),
      judge: oneOrMore(
        ['string', 'object'],
        {
          required: ['value', 'bench'],
          properties: { value: { type: scalar }, bench: { ...text('A bench of the file.'), ...name } },
          additionalProperties: false,
        },
        'What ranks the restarts, the highest first: `enob of conversions`.',
      ),
    },
    'An optimization: which parameters of a system are learned, by what objective and how.',
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Deltaloom netlist',
    ...object(
      {
        imports: {
          type: ['array', 'null'],
          items: { type: 'string' },
          description: 'Files whose systems become known here, by relative path.',
        },
        systems: group(ref('system'), 'Systems by name.', undefined),
        benches: group(ref('bench'), 'Benches by name.', undefined),
        optimizations: group(ref('optimization'), 'Optimizations by name.', undefined),
      },
      'Systems, benches and optimizations of a netlist.',
    ),
    $defs: {
      value,
      optionalValue: { type: [...scalar, 'array', 'null'], items: ref('value') },
      clock: {
        type: ['object', ...scalar],
        properties: {
          frequency: { type: scalar },
          phases: { type: 'array', items: { type: 'string' }, description: 'Phases in order: p1, or `p2 at 0.5`.' },
          offset: { type: scalar },
        },
        required: ['frequency'],
        additionalProperties: false,
      },
      input: {
        type: ['object', 'string', 'number', 'null'],
        properties: { unit: { type: ['string', 'number', 'null'] }, length: ref('value') },
        additionalProperties: false,
      },
      measure: { type: ['object', 'string'], ...call },
      system,
      bench,
      optimization,
      blocks,
      ...(detail === 'outer' ? { block: { type: [...scalar, 'array', 'object'] } } : completeBlocks()),
    },
  };
}

/** `type` and arguments of any name. */
const call: JsonSchema = {
  properties: { type: { type: 'string' }, args: { type: 'array', items: ref('value') } },
  required: ['type'],
  propertyNames: word,
  additionalProperties: ref('value'),
};

/** A way to search: a name and options. */
const method: JsonSchema = { ...call, properties: { ...(call['properties'] as JsonSchema), type: { type: 'string', ...name } } };

const value: JsonSchema = {
  type: [...scalar, 'array'],
  items: ref('value'),
  description: 'A number with or without a unit, an expression, or a list.',
};

/** An instance of a system, or of a block type that is not known. */
const instance: JsonSchema = { type: 'object', ...call, properties: { ...(call['properties'] as JsonSchema), at: { type: 'string' } } };
export const instanceSchema: JsonSchema = { ...instance, $defs: { value } };
export const formulaSchema: JsonSchema = {
  type: 'object',
  properties: { expr: { type: scalar }, at: { type: 'string', description: 'Clock edge, such as clk.p1.' } },
  required: ['expr'],
  additionalProperties: false,
  description: 'An expression, perhaps with a clock edge.',
};

function completeBlocks(): Record<string, JsonSchema> {
  const all = families.flatMap((family) => family.blocks);
  const types = all.map(({ type }) => type);
  const known: JsonSchema = { properties: { type: { enum: types } }, required: ['type'] };
  return {
    block: {
      type: [...scalar, 'array', 'object'],
      if: { type: 'object' },
      then: { if: known, then: ref('knownBlock'), else: { if: { required: ['expr'] }, then: ref('formula'), else: ref('instance') } },
    },
    knownBlock: {
      type: 'object',
      required: ['type'],
      discriminator: { propertyName: 'type' },
      oneOf: types.map((type) => ref(`block.${type}`)),
    },
    formula: formulaSchema,
    instance,
    ...Object.fromEntries(all.map((block) => [`block.${block.type}`, blockSchema(block)])),
  };
}
