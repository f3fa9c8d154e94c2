// JSON schemas of block types, as their instances are written in YAML: one small schema for each type. The
// rules that need more than one value (units, shapes, relations) stay with the elaborator.

import { eventNames, isClocked, type Block, type Param, type Port } from './define.js';

/** A JSON schema of draft 2020-12. */
export type JsonSchema = {
  readonly [key: string]: JsonSchema | readonly JsonSchema[] | string | number | boolean | readonly (string | number | boolean)[];
};

/** A number with or without a unit, or an expression. */
const scalar = ['number', 'string', 'boolean'] as const;
const anyValue: JsonSchema = { type: [...scalar, 'array'], items: { type: [...scalar, 'array'] } };

/** The schema of `{type: …, in: …, gain: …, at: …}` for one block type. */
export function blockSchema(block: Block): JsonSchema {
  const { type, doc, equation, inputs, params } = block;
  const properties: Record<string, JsonSchema> = {
    type: { const: type },
    args: { type: 'array', items: anyValue, description: 'Arguments without names, in the order of the inputs.' },
  };
  for (const [name, port] of Object.entries(inputs)) properties[name] = inputSchema(port);
  for (const [name, param] of Object.entries(params)) properties[name] = paramSchema(param);
  for (const name of eventNames(block))
    properties[name] = { type: 'string', description: `Clock edge of the ${name} event, such as clk.p1.` };
  if (takesEdge(block)) properties['at'] = { type: 'string', description: 'Clock edge, such as clk.p1.' };
  const required = requiredNames(block);
  return {
    description: `${doc} ${equation}`,
    type: 'object',
    properties,
    required: ['type'],
    additionalProperties: false,
    ...(required.length > 0 && { if: { not: { required: ['args'] } }, then: { required } }),
  };
}

/** Whether `at` names the clock edge of the block: it has one event, and no parameter of that name. */
const takesEdge = (block: Block): boolean => isClocked(block) && block.events === undefined && !declares(block, 'at');

/** Whether the block has an input, parameter or event of that name. */
export function declares(block: Block, name: string): boolean {
  return Object.hasOwn(block.inputs, name) || Object.hasOwn(block.params, name) || eventNames(block).includes(name);
}

/** Whether a parameter is written as bare text in YAML: one of several choices, a path or a name. */
export function takesText(block: Block, name: string): boolean {
  const kind = Object.hasOwn(block.params, name) ? block.params[name]!.kind : undefined;
  return kind === 'choice' || kind === 'samples' || kind === 'text';
}

/** Inputs that must be connected and parameters without a default. */
function requiredNames(block: Block): string[] {
  const inputs = Object.entries(block.inputs).filter(([, port]) => port.default === undefined);
  const params = Object.entries(block.params).filter(([, param]) => !('default' in param) || param.default === undefined);
  return [...inputs, ...params].map(([name]) => name);
}

function inputSchema(port: Port): JsonSchema {
  const description = describe(port.doc, port.type === 'bit' ? 'bit' : port.unit);
  const optional = port.default === undefined ? {} : { default: port.default };
  return port.vector
    ? { type: ['array', 'string'], items: { type: scalar }, description, ...optional }
    : { type: scalar, description, ...optional };
}

const list: JsonSchema = { type: ['array', 'string'], items: { type: ['number', 'string'] } };

function paramSchema(param: Param): JsonSchema {
  const description =
    describe(param.doc, param.unit) + (param.kind === 'tunable' && param.effect !== undefined ? ` Effect: ${param.effect}.` : '');
  switch (param.kind) {
    case 'tunable':
      return { type: ['number', 'string'], ...limits(param.min, param.max), description, ...numericDefault(param.default) };
    case 'integer':
      return { type: ['integer', 'string'], ...limits(param.min, param.max), description, ...numericDefault(param.default) };
    case 'number':
      return { type: param.flex ? scalar : ['number', 'string'], description, ...numericDefault(param.default) };
    case 'choice':
      return { enum: param.choices, description, ...(param.default !== undefined && { default: param.default }) };
    case 'tunables':
    case 'table':
      return { ...list, description };
    case 'matrix':
      return { type: ['array', 'string'], items: { type: ['array', 'string'], items: { type: ['number', 'string'] } }, description };
    case 'samples':
      return { type: 'string', description };
    case 'text':
      return { type: 'string', description, ...(param.default !== undefined && { default: param.default }) };
  }
}

/** A bound of the smallest positive number means: above 0. */
function limits(min: number | undefined, max: number | undefined): JsonSchema {
  const low: JsonSchema = min === undefined ? {} : min === Number.MIN_VALUE ? { exclusiveMinimum: 0 } : { minimum: min };
  return max === undefined ? low : { ...low, maximum: max };
}

/** JSON has no infinity. */
const numericDefault = (value: number | undefined): JsonSchema => (value !== undefined && Number.isFinite(value) ? { default: value } : {});

/** `*` and `any` are no units of their own. */
function describe(doc: string, unit: string): string {
  return unit === '' || unit === '*' || unit === 'any' ? doc : `${doc} Unit: ${unit}.`;
}
