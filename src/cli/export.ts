// The verb `export`: a system as code for other places, or with its recurrent encoders unfolded.

import { basename, dirname, extname, join } from 'node:path';
import { statSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { emitC } from '../backends/native/emit-c.js';
import { identifierOf, isPrefix } from '../backends/native/names.js';
import { fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import type { Program } from '../ir/program.js';
import { noiseParams, withNoiseParams } from '../ir/noise.js';
import { specialize } from '../ir/specialize.js';
import type { Library } from '../netlist/library.js';
import { printLoom } from '../netlist/loom/print-loom.js';
import { languageOf } from '../netlist/read.js';
import { printYaml } from '../netlist/yaml/print-yaml.js';
import { unfoldEncoders } from '../optimize/unfold-encoders.js';
import { keepLive } from '../schedule/live.js';
import { compileNetlist, compileSystem, type Compiled } from '../simulate/compile-netlist.js';
import { printDiagnostics } from './diagnostic-output.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { loadNetlist } from './load-netlist.js';
import { makeFolder, requireMakeableFolder } from './output-folder.js';
import { findBenchItem, pairOption } from './selection.js';
import { printJson, printNote, printResult } from './terminal.js';

interface ExportOptions {
  readonly output: string;
  readonly bench?: string;
  readonly system?: string;
  readonly set: ReadonlyMap<string, string>;
  readonly tune: readonly string[];
  readonly prefix?: string;
  readonly json?: true;
}

export function addExport(program: Command, finish: (code: ExitCode) => void): void {
  const command = program
    .command('export')
    .summary('write a system as C, or a recurrent encoder as its cells')
    .description('Writes a system as C for firmware and test benches, or a netlist with its recurrent encoders as cells.')
    .helpCommand(false)
    .addHelpText('after', '\nExamples:\n  deltaloom export c mod2.loom -o firmware\n  deltaloom export cells rcnet.loom -o cells.loom');
  addExportC(command, finish);
  addExportCells(command, finish);
}

function addExportCells(command: Command, finish: (code: ExitCode) => void): void {
  command
    .command('cells')
    .summary('write a netlist with its recurrent encoders as cells')
    .description(
      'Writes the netlist with lines in place of each rcnet_encoder: the sum of every cell, its quantizer and its delays. Without thermal noise it gives the same bits.',
    )
    .argument('<file>', 'netlist (.loom or .yaml)')
    .option('--instance <name>', 'unfold encoders of this name (default: all of the file)')
    .option('-o, --output <file>', 'write to a file (.loom or .yaml) instead of stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  deltaloom export cells rcnet.loom -o cells.loom\n  deltaloom export cells rcnet.loom --instance enc',
    )
    .action((file: string, { instance, output }: { instance?: string; output?: string }) => {
      const { library } = loadNetlist(file);
      const netlist = unfoldEncoders(library, { instance });
      const text = output !== undefined && languageOf(output) === 'yaml' ? printYaml(netlist) : printLoom(netlist);
      if (output === undefined) printResult(text);
      else writeFileAtomic(output, text);
      finish(exitCodes.ok);
    });
}

function addExportC(command: Command, finish: (code: ExitCode) => void): void {
  command
    .command('c')
    .summary('write a system as C for firmware and test benches')
    .description(
      'Writes a system as a C99 header and source: a struct, and functions that run its ticks to the same bits. Inputs of the system are fields of a struct; a bench brings its own sources.',
    )
    .argument('<file>', 'netlist (.loom or .yaml)')
    .option('-o, --output <path>', 'folder to write to, or the source file (.c)', '.')
    .option('--bench <name>', 'take this bench: its sources, and its records as outputs')
    .addOption(new Option('--system <name>', 'take this system (default: the one of the first bench)').conflicts('bench'))
    .addOption(pairOption('--set <name=value>', 'set a parameter or an input to a constant; repeatable'))
    .option(
      '--tune <name>',
      'keep a parameter as a field instead of a literal; repeatable',
      (name, names: string[]) => [...names, name],
      [],
    )
    .option('--prefix <name>', "what the files' and all external names begin with (default: after the system)", checkPrefix)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  deltaloom export c mod2.loom\n  deltaloom export c mod2.loom -o firmware --set osr=64 --prefix adc\n  deltaloom export c adm.loom --bench tone -o build/adm.c',
    )
    .action((file: string, options: ExportOptions) => finish(exportC(file, options)));
}

function checkPrefix(text: string): string {
  if (!isPrefix(text)) throw new InvalidArgumentError('It has to be a C identifier that is not reserved: letters, digits and single _.');
  return text;
}

function exportC(file: string, options: ExportOptions): ExitCode {
  const { library } = loadNetlist(file);
  const compiled = compileSelected(library, options);
  const program = keepTuned(compiled.program, options.tune);
  if (program.clocks.length === 0)
    fail('DL402', undefined, `system '${program.name}' has no clock to run`, { help: 'declare one: clock clk = 1MHz' });
  const { folder, prefix } = placeOf(options, program);
  const code = emitC(program, { prefix, clock: clockOf(compiled) });
  const files = [
    { path: join(folder, `${prefix}.h`), text: code.header },
    { path: join(folder, `${prefix}.c`), text: code.source },
  ];
  requireMakeableFolder(folder);
  makeFolder(folder);
  for (const { path, text } of files) writeFileAtomic(path, text);
  printDiagnostics(compiled.warnings);
  const paths = files.map(({ path }) => path);
  if (options.json === true) printJson({ system: program.name, bench: compiled.bench?.name ?? null, language: 'c', prefix, files: paths });
  else printNote(`wrote ${paths.join(', ')}`);
  return exitCodes.ok;
}

/** A bench that is named; else a system by itself, whose inputs stay inputs. */
function compileSelected(library: Library, { bench, system, set }: ExportOptions): Compiled {
  if (bench !== undefined) return compileNetlist(library, { bench, set });
  const first = findBenchItem(library, {});
  return compileSystem(library, { system: system ?? (first?.system ?? first?.name)?.name, set });
}

/** Index in the Program's clocks of the bench's clock, or of the first of the system. */
function clockOf({ bench, graph, program }: Compiled): number {
  if (bench === undefined) return 0;
  return program.clocks.findIndex(({ name }) => name === graph.clocks[bench.run.clock]!.name);
}

/** Inputs, the parameters named, and seed and lane of the noise stay parameters; the others become literals. */
function keepTuned(program: Program, tune: readonly string[]): Program {
  const ofNoise: readonly string[] = Object.values(noiseParams);
  const known = program.params.flatMap(({ name, isInput }) => (isInput || ofNoise.includes(name) ? [] : [name]));
  for (const name of tune) {
    if (!known.includes(name)) fail('DL306', undefined, `there is no parameter '${name}' to tune`, { help: didYouMean(name, known) });
  }
  const free = program.params.flatMap(({ name, isInput }) => (isInput || tune.includes(name) ? [name] : []));
  // A noise that its parameters switch off needs no seed.
  const withoutNoise = program.params.filter(({ name }) => !ofNoise.includes(name));
  return withNoiseParams(keepLive(specialize({ ...program, params: withoutNoise }, new Map(), new Set(free))));
}

/** `-o` names a folder, or the source file, whose name is the prefix then. */
function placeOf({ output, prefix }: ExportOptions, { name }: Program): { folder: string; prefix: string } {
  if (extname(output) !== '.c' || statSync(output, { throwIfNoEntry: false })?.isDirectory() === true)
    return { folder: output, prefix: prefix ?? identifierOf(name) };
  const stem = basename(output, '.c');
  if (!isPrefix(stem) || (prefix !== undefined && prefix !== stem))
    fail('DL604', undefined, `cannot write '${output}': the files are named after the prefix '${prefix ?? identifierOf(name)}'`, {
      help: `-o '${join(dirname(output), `${prefix ?? identifierOf(name)}.c`)}'`,
    });
  return { folder: dirname(output), prefix: stem };
}
