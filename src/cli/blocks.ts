// The verb `blocks`: the list of block types, or the reference of one.

import type { Command } from 'commander';
import { didYouMean } from '../diagnostics/suggest.js';
import { blockDocuments, type BlockDocument, type ParamDocument, type PortDocument } from './block-document.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { UsageError } from './report-failure.js';
import { alignColumns, paintFor, printJson, printResult } from './terminal.js';

export function addBlocks(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('blocks')
    .summary('list block types, or explain one')
    .description('Lists the block types by family, or prints the reference of one.')
    .argument('[name]', 'a block type, such as integrator')
    .option('--json', 'print one JSON document: {blocks: [...]}')
    .addHelpText('after', '\nExamples:\n  deltaloom blocks\n  deltaloom blocks sc_integrator\n  deltaloom blocks --json')
    .action((name: string | undefined, { json }: { json?: true }) => {
      const blocks = blockDocuments();
      const wanted = name === undefined ? blocks : blocks.filter(({ type }) => type === name);
      if (wanted.length === 0) {
        const types = blocks.map(({ type }) => type);
        throw new UsageError(`there is no block '${name!}' (${didYouMean(name!, types) ?? 'deltaloom blocks lists all'})`);
      }
      if (json === true) printJson({ blocks: wanted });
      else printResult(name === undefined ? listText(blocks) : referenceText(wanted[0]!));
      finish(exitCodes.ok);
    });
}

const heading = (text: string): string => paintFor(process.stdout, 'bold', text);

function listText(blocks: readonly BlockDocument[]): string {
  const rows = alignColumns(blocks.map(({ type, doc }) => [`  ${type}`, doc]));
  const lines: string[] = [];
  blocks.forEach(({ family }, i) => {
    if (family !== blocks[i - 1]?.family) lines.push(...(i === 0 ? [] : ['']), heading(family));
    lines.push(rows[i]!);
  });
  return lines.join('\n');
}

function referenceText(block: BlockDocument): string {
  const section = (title: string, rows: readonly (readonly string[])[]): string[] =>
    rows.length === 0 ? [] : ['', heading(title), ...alignColumns(rows)];
  return [
    `${heading(block.type)}  ${block.doc}`,
    ...section(
      'equation',
      block.equation.split(/;\s+/).map((line) => [`  ${line}`]),
    ),
    ...section(
      'inputs',
      block.inputs.map((port) => [...portCells(port), port.default === null ? '' : `unconnected: ${port.default}`, port.doc]),
    ),
    ...section(
      'outputs',
      block.outputs.map((port) => [...portCells(port), port.doc]),
    ),
    ...section(
      'parameters',
      block.params.map((param) => [
        `  ${param.name}`,
        param.unit === '' ? '1' : param.unit,
        defaultText(param),
        rangeText(param),
        param.effect === null ? param.doc : `${param.doc} Effect: ${param.effect}.`,
      ]),
    ),
    ...section('clock', [[`  ${clockText(block)}`]]),
    ...section('example', [[`  ${block.example}`]]),
    ...(block.cites === null ? [] : section('source', [[`  ${block.cites}`]])),
  ].join('\n');
}

function portCells({ name, type, unit, vector }: PortDocument): [string, string] {
  const base = type === 'bit' ? 'bit' : `${unit === '' ? '1' : unit}${type === 'flex' ? ' or bit' : ''}`;
  return [`  ${name}`, vector ? `vector of ${base}` : base];
}

function defaultText({ default: value }: ParamDocument): string {
  if (value === null) return 'required';
  return `default ${typeof value === 'object' ? JSON.stringify(value) : value}`;
}

function rangeText({ kind, min, max, choices }: ParamDocument): string {
  if (choices !== null) return choices.join(' | ');
  if (min === Number.MIN_VALUE) return max === null ? 'above 0' : `above 0, at most ${max}`;
  if (min !== null) return max === null ? `at least ${min}` : `${min} to ${max}`;
  return max === null ? (kind === 'tunable' ? '' : kind) : `at most ${max}`;
}

function clockText({ clocked, events }: BlockDocument): string {
  if (events.length > 0) return `an edge for each event: ${events.map((name) => `${name}: clk`).join(', ')}`;
  return clocked ? 'one event: @ clk' : 'none; it follows its inputs';
}
