// Checks the benches of a netlist file without running them, and every system that nothing in the file uses.

import { DiagnosticBag, NetlistError, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { CallExpression, SystemItem } from '../netlist/ast.js';
import type { Library } from '../netlist/library.js';
import { mapStatementCalls } from '../netlist/map-calls.js';
import type { Compiled, CompileOptions } from '../simulate/compile-netlist.js';
import { prepareBench } from './run-bench.js';

/** Diagnostics, each once: benches and systems share what they are made of. `inspect` may find more in what was compiled. */
export function checkBenches(library: Library, inspect: (compiled: Compiled) => void = () => {}): readonly Diagnostic[] {
  const bag = new DiagnosticBag();
  const collect = (options: CompileOptions, isMissed: (diagnostic: Diagnostic) => boolean = () => true): void => {
    try {
      const { compiled } = prepareBench(library, options);
      inspect(compiled);
      compiled.warnings.forEach((warning) => bag.report(warning));
    } catch (error) {
      if (!(error instanceof NetlistError)) throw error;
      error.diagnostics.filter(isMissed).forEach((diagnostic) => bag.report(diagnostic));
    }
  };
  const benched = library.benches.map((bench) => (bench.system ?? bench.name).name);
  for (const { name } of library.benches) collect({ bench: name.name });
  for (const item of systemsToCheckAlone(library, benched))
    collect({ system: item.name.name, openInputs: true }, (found) => !comesFromUser(found, item));
  return bag.list;
}

/** Systems that no bench reaches: those that nobody uses, and of those that use each other in a circle all. */
function systemsToCheckAlone({ file }: Library, benched: readonly string[]): readonly SystemItem[] {
  const items = file.items.filter((item) => item.kind === 'system');
  const uses = new Map(items.map((item) => [item.name.name, calledIn(item)]));
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    uses.get(name)?.forEach(reach);
  };
  benched.forEach(reach);
  const isUsed = new Set([...uses].flatMap(([name, called]) => [...called].filter((other) => other !== name)));
  const unused = items.filter(({ name }) => !reached.has(name.name) && !isUsed.has(name.name));
  unused.forEach(({ name }) => reach(name.name));
  return [...unused, ...items.filter(({ name }) => !reached.has(name.name))];
}

function calledIn(item: SystemItem): ReadonlySet<string> {
  const called = new Set<string>();
  const note = (call: CallExpression): CallExpression => {
    called.add(call.callee.name);
    return call;
  };
  for (const statement of item.body) mapStatementCalls(statement, note);
  return called;
}

/** What a part alone cannot have, because whoever uses it gives it: parameters of its header and, if it declares none, clocks. */
function comesFromUser({ code, span }: Diagnostic, { body, params }: SystemItem): boolean {
  const isHeader = span !== undefined && params.some((param) => param.span.start === span.start && param.span.source === span.source);
  const hasClock = body.some(({ kind }) => kind === 'clock');
  return (code === 'DL206' && isHeader) || (!hasClock && (code === 'DL402' || code === 'DL403'));
}
