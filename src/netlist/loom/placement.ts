// Which statements a block of .loom text may hold, and what to say about one that stands elsewhere.

import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../diagnostics/span.js';
import { benchStatements, systemStatements, type Item, type Statement } from '../ast.js';

export type BlockKind = 'system' | 'bench' | 'for';
type Kind = Statement['kind'] | Item['kind'];

const topLevel: ReadonlySet<Kind> = new Set<Kind>(['import', 'system', 'bench']);
const holds: { readonly [K in BlockKind]: ReadonlySet<Kind> } = {
  system: systemStatements,
  bench: benchStatements,
  for: new Set<Kind>(['let', 'for']),
};

/** True if a block (undefined: the file itself) may hold a statement; else reports DL107 at its first word. */
export function checkPlacement(kind: Kind, block: BlockKind | undefined, span: Span, bag: DiagnosticBag): boolean {
  const allowed = block === undefined ? topLevel : holds[block];
  if (allowed.has(kind)) return true;
  const what = kind === 'let' ? 'a block' : `'${kind}'`;
  const place = block === undefined ? 'outside of systems and benches' : block === 'for' ? "inside 'for'" : `in a ${block}`;
  const names = [...allowed].map((name) => (name === 'let' ? 'blocks (name = …)' : name));
  const holder = block === undefined ? 'a file' : block === 'for' ? "the body of a 'for'" : `a ${block}`;
  bag.error('DL107', span, `${what} is not allowed ${place}`, {
    why: `${holder} holds only ${names.join(', ')}`,
    help: moveTo(kind, block),
  });
  return false;
}

function moveTo(kind: Kind, block: BlockKind | undefined): string {
  if (kind === 'import') return 'move it to the top of the file';
  if (kind === 'system' || kind === 'bench')
    return `close the ${block} before it; blocks of other systems are made by calling them: name = system(…)`;
  const inSystem = (systemStatements as ReadonlySet<Kind>).has(kind);
  const inBench = (benchStatements as ReadonlySet<Kind>).has(kind);
  if (inSystem && inBench) return block === 'for' ? "move it before the 'for'" : 'move it into a system or bench';
  if (block === 'for') return `move it out of the 'for', into the ${inSystem ? 'system' : 'bench'}`;
  return inSystem ? 'move it into a system { … }' : 'move it into a bench { … }';
}
