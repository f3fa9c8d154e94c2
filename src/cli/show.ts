// The verb `show`: what a system looks like inside, without running it.

import { Argument, type Command } from 'commander';
import { jsSource } from '../backends/js/compile.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import { printProgram } from '../ir/print.js';
import { specialize } from '../ir/specialize.js';
import { diagramFigure } from '../plot/diagram/diagram-figure.js';
import { graphDiagram } from '../plot/graph-diagram.js';
import { compileNetlist, type Compiled } from '../simulate/compile-netlist.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { graphText } from './graph-text.js';
import { loadNetlist } from './load-netlist.js';
import { planText } from './plan-text.js';
import { addSelection, compileSelection, type SelectionOptions } from './selection.js';
import { printResult } from './terminal.js';

const views = {
  plan: planText,
  diagram: ({ graph }) => diagramFigure({ ...graphDiagram(graph), title: graph.system }),
  graph: ({ graph }) => graphText(graph),
  ir: ({ program }) => printProgram(program),
  js: ({ program }) => jsSource(specialize(program, new Map(), new Set())).source,
} as const satisfies Record<string, (compiled: Compiled) => string>;

type View = keyof typeof views;

export function addShow(program: Command, finish: (code: ExitCode) => void): void {
  const command = program
    .command('show')
    .summary('show the plan, diagram or code of a system')
    .argument('<file>', 'netlist (.loom or .yaml)');
  command.addArgument(new Argument('[view]', 'what to show').choices(Object.keys(views)).default('plan'));
  addSelection(
    command.description(
      'Shows a system as a plan of its events, an SVG diagram, its flat graph, its program or the code of the js backend.',
    ),
  )
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  deltaloom show adm.loom\n  deltaloom show adm.loom diagram -o adm.svg\n  deltaloom show mod2.loom js',
    )
    .action((file: string, view: View, options: SelectionOptions & { output?: string }) => {
      const { library } = loadNetlist(file);
      const text = views[view](compileNetlist(library, compileSelection(library, options, true)));
      if (options.output === undefined) printResult(text);
      else writeFileAtomic(options.output, text.endsWith('\n') ? text : `${text}\n`);
      finish(exitCodes.ok);
    });
}
