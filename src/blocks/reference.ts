// The reference page of all block types as Markdown, generated from their declarations.

import { eventNames, isClocked, type Block, type Param, type Port } from './define.js';
import { families, type BlockFamily } from './registry.js';

/** Backends of the support table, in its order, on each of which every block runs; the gpu column stands behind them. */
const backends = ['interpret', 'js', 'wasm', 'native'] as const;

/** Inputs that an output depends on at the same instant, by output. */
export type Feedthrough = (block: Block) => ReadonlyMap<string, readonly string[]>;

/** Why kernels of the gpu backend do not carry a block; undefined where they do. */
export type GpuRefusal = (block: Block) => string | undefined;

/** What of a block has a gradient, in a few words. */
export type GradientText = (block: Block) => string;

/** The text of docs/blocks.md; feedthrough, what the gpu backend carries and gradients come from traces, which are made in rooms below this one. */
export function blockReference(feedthroughOf: Feedthrough, gpuRefusalOf: GpuRefusal, gradientText: GradientText): string {
  const intro = [
    '# Blocks',
    '',
    'Generated from the declarations in `src/blocks` by `node dist/generate.node.js`. Do not edit.',
    '',
    'A unit `*` is free: it is the same for all ports and parameters of one instance that are marked so. `any` is not checked.',
    'A parameter without a default must be given.',
    '',
  ];
  return [
    ...intro,
    ...contents(),
    ...families.flatMap((family) => familySection(family, feedthroughOf)),
    ...supportTable(gpuRefusalOf, gradientText),
  ].join('\n');
}

function contents(): string[] {
  return [...families.map(({ title, blocks }) => `- ${title}: ${blocks.map(({ type }) => `[\`${type}\`](#${type})`).join(', ')}`), ''];
}

function familySection({ title, blocks }: BlockFamily, feedthroughOf: Feedthrough): string[] {
  return [`## ${title}`, '', ...blocks.flatMap((block) => blockSection(block, feedthroughOf(block)))];
}

function blockSection(block: Block, feedthrough: ReadonlyMap<string, readonly string[]>): string[] {
  return [
    `### ${block.type}`,
    '',
    block.doc,
    '',
    fenced('text', block.equation.split(/;\s+/).join('\n')),
    '',
    ...rows(['Input', 'Unit', 'Meaning', 'Unconnected'], Object.entries(block.inputs).map(inputRow)),
    ...rows(
      ['Output', 'Unit', 'Meaning', 'Feedthrough from'],
      Object.entries(block.outputs).map(([name, port]) => [
        code(name),
        portUnit(port),
        port.doc,
        (feedthrough.get(name) ?? []).map(code).join(', ') || 'none',
      ]),
    ),
    ...rows(['Parameter', 'Unit', 'Default', 'Range', 'Kind', 'Meaning'], Object.entries(block.params).map(paramRow)),
    `Clock: ${clocking(block)}`,
    '',
    fenced('loom', block.example),
    '',
    ...(block.cites === undefined ? [] : [`Source: ${block.cites}`, '']),
  ];
}

function clocking(block: Block): string {
  const events = eventNames(block);
  if (events.length > 0) return `an edge for each event: ${events.map((name) => `\`${name}: clk\``).join(', ')}.`;
  return isClocked(block) ? 'one event, `@ clk`.' : 'none; it follows its inputs.';
}

const code = (text: string): string => `\`${text}\``;
const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** A table with a blank line behind it; nothing without rows. */
function rows(head: readonly string[], body: readonly (readonly string[])[]): string[] {
  if (body.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line), ''];
}

function inputRow([name, port]: [string, Port]): string[] {
  return [code(name), portUnit(port), port.doc, port.default === undefined ? 'an error' : String(port.default)];
}

function portUnit({ type, unit, vector }: Port): string {
  const base = type === 'bit' ? 'bit' : type === 'flex' ? `${unitText(unit)} or bit` : unitText(unit);
  return vector ? `vector of ${base}` : base;
}

/** `*` would be emphasis in Markdown. */
const unitText = (unit: string): string => (unit === '' ? '1' : unit === '*' ? '`*`' : unit);

function paramRow([name, param]: [string, Param]): string[] {
  return [code(name), paramUnit(param), defaultText(param), rangeText(param), kinds[param.kind], meaningOf(param)];
}

const meaningOf = (param: Param): string =>
  param.kind === 'tunable' && param.effect !== undefined ? `${param.doc} Effect: ${param.effect}.` : param.doc;

const kinds: { readonly [K in Param['kind']]: string } = {
  tunable: 'tunable',
  tunables: 'list of tunables',
  integer: 'whole number',
  number: 'number',
  choice: 'choice',
  matrix: 'matrix of tunables',
  table: 'table',
  samples: 'path',
  text: 'text',
};

function paramUnit(param: Param): string {
  if (param.kind === 'choice' || param.kind === 'samples' || param.kind === 'text') return '';
  return param.kind === 'number' && param.flex ? `${unitText(param.unit)} or bit` : unitText(param.unit);
}

function defaultText(param: Param): string {
  if (!('default' in param) || param.default === undefined) return 'required';
  const value = param.default;
  if (typeof value === 'string') return value === '' ? 'none' : code(value);
  if (typeof value === 'number') return numberText(value);
  return value.length === 0 ? 'none' : JSON.stringify(value);
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'unlimited' : '-unlimited';
}

function rangeText(param: Param): string {
  if (param.kind === 'choice') return param.choices.map(code).join(', ');
  if (param.kind === 'samples') return `a ${param.format === 'wav' ? 'wav' : 'csv'} file`;
  if (param.kind !== 'tunable' && param.kind !== 'integer') return '';
  const { min, max } = param;
  if (min === undefined) return max === undefined ? '' : `at most ${max}`;
  if (min === Number.MIN_VALUE) return max === undefined ? 'above 0' : `above 0 to ${max}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}

function supportTable(gpuRefusalOf: GpuRefusal, gradientText: GradientText): string[] {
  const blocks = families.flatMap((family) => family.blocks);
  return [
    '## Support',
    '',
    'gpu: whether a kernel carries the example above with inputs that differ from lane to lane; more states or operations may be',
    'too many for one, an effect that draws noise every tick is carried by none, and what is the same in all lanes always runs.',
    'gradient: whether outputs have derivatives by inputs and tunable parameters, in both modes and on every backend but gpu; a choice',
    'named there declares those of jumps. Bits pass on the derivatives of what decided them, where that declares some.',
    '',
    ...rows(
      ['Block', ...backends, 'gpu', 'gradient'],
      blocks.map((block) => [code(block.type), ...backends.map(() => 'yes'), gpuText(gpuRefusalOf(block)), gradientText(block)]),
    ),
  ];
}

const gpuText = (refusal: string | undefined): string => (refusal === undefined ? 'yes' : `no: ${refusal}`);
