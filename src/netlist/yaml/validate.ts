// Checks YAML data against the schemas: the outer shape once, then every block by the schema of its type.
// Validators are compiled when they are first needed, and kept.

import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { fail } from '../../diagnostics/diagnostic.js';
import { blockSchema, type JsonSchema } from '../../blocks/schema.js';
import { findBlock } from '../../blocks/registry.js';
import { formulaSchema, instanceSchema, netlistSchema } from './netlist-schema.js';

/** What a mapping under `blocks` is checked as; `block:integrator` is a block of a known type. */
export type SchemaName = 'netlist' | 'formula' | 'instance' | `block:${string}`;

let ajv: Ajv2020 | undefined;
const validators = new Map<SchemaName, ValidateFunction>();

function schemaOf(name: SchemaName): JsonSchema {
  if (name === 'netlist') return netlistSchema('outer');
  if (name === 'formula') return formulaSchema;
  if (name === 'instance') return instanceSchema;
  return blockSchema(findBlock(name.slice('block:'.length))!);
}

/** The errors of data against a schema, all of them; none if it fits. */
export function validate(name: SchemaName, data: unknown): readonly ErrorObject[] {
  let validator = validators.get(name);
  if (validator === undefined) {
    ajv ??= new Ajv2020({
      validateSchema: false,
      meta: false,
      code: { optimize: false },
      allErrors: true,
      verbose: true,
      ownProperties: true,
      strict: false,
      logger: false,
    });
    validator = compile(ajv, schemaOf(name));
    validators.set(name, validator);
  }
  return validator(data) ? [] : (validator.errors ?? []);
}

/** ajv makes code; where a page's content security policy forbids that, DL801. */
function compile(compiler: Ajv2020, schema: JsonSchema): ValidateFunction {
  try {
    return compiler.compile(schema);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    return fail('DL801', undefined, 'YAML netlists cannot be read here', {
      why: 'their schemas are checked by code made at run time, which this place forbids',
      help: 'convert the netlist to .loom',
    });
  }
}
