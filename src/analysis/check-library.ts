// Checks a whole netlist file without running it: every bench, and every system that nothing in the file uses.

import { DiagnosticBag, NetlistError, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { CallExpression, SystemItem } from '../netlist/ast.js';
import type { Library } from '../netlist/library.js';
import { mapStatementCalls } from '../netlist/map-calls.js';
import type { Compiled, CompileOptions } from '../simulate/compile-netlist.js';
import { prepareBench } from './run-bench.js';

/** Diagnostics, each once: benches and systems share what they are made of. `inspect` may find more in what was compiled. */
export function checkLibrary(library: Library, inspect: (compiled: Compiled) => void = () => {}): readonly Diagnostic[] {
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
  const used = usedSystems(library);
  for (const { name } of library.benches) collect({ bench: name.name });
  for (const item of library.file.items) {
    if (item.kind === 'system' && !used.has(item.name.name)) collect({ system: item.name.name, openInputs: true }, (found) => !comesFromUser(found, item));
  }
  return bag.list;
}

/** Systems of benches and those that other systems are made of: what they are used in checks them. */
function usedSystems({ file, benches }: Library): ReadonlySet<string> {
  const used = new Set(benches.map((bench) => (bench.system ?? bench.name).name));
  const note = (call: CallExpression): CallExpression => {
    used.add(call.callee.name);
    return call;
  };
  for (const item of file.items) if (item.kind !== 'import') for (const statement of item.body) mapStatementCalls(statement, note);
  return used;
}

/** What a part alone cannot have, because whoever uses it gives it: parameters and, if it declares none, clocks. */
function comesFromUser({ code }: Diagnostic, { body }: SystemItem): boolean {
  const hasClock = body.some(({ kind }) => kind === 'clock');
  return code === 'DL206' || (!hasClock && (code === 'DL402' || code === 'DL403'));
}
