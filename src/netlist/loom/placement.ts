// Which statements a block of .loom text may hold, and what to say about one that stands elsewhere.

import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../diagnostics/span.js';
import { benchStatements, optimizeStatements, systemStatements, type Item, type Statement } from '../ast.js';
import { itemWords } from '../item-words.js';

type Holder = 'system' | 'bench' | 'optimize';
export type BlockKind = Holder | 'for';
type Kind = Statement['kind'] | Item['kind'];

const topLevel: ReadonlySet<Kind> = new Set<Kind>(['import', 'system', 'bench', 'optimize']);
const holds: { readonly [K in BlockKind]: ReadonlySet<Kind> } = {
  system: systemStatements,
  bench: benchStatements,
  optimize: optimizeStatements,
  for: new Set<Kind>(['let', 'for']),
};
const holders: readonly Holder[] = ['system', 'bench', 'optimize'];

export const isBlockKind = (word: string): word is BlockKind => Object.hasOwn(holds, word);

/** A block in words: `'for'`, `optimization`. */
export const blockWord = (kind: BlockKind): string => (kind === 'for' ? "'for'" : itemWords[kind]);

const oneOf = (holder: Holder): string => `${holder === 'optimize' ? 'an' : 'a'} ${itemWords[holder]}`;

/** True if a block (undefined: the file itself) may hold a statement; else reports DL107 at its first word. */
export function checkPlacement(kind: Kind, block: BlockKind | undefined, span: Span, bag: DiagnosticBag): boolean {
  const allowed = block === undefined ? topLevel : holds[block];
  if (allowed.has(kind)) return true;
  const what = kind === 'let' ? 'a block' : `'${kind}'`;
  const place =
    block === undefined ? 'outside of systems, benches and optimizations' : block === 'for' ? "inside 'for'" : `in ${oneOf(block)}`;
  const names = [...allowed].map((name) => (name === 'let' ? 'blocks (name = …)' : name));
  const holder = block === undefined ? 'a file' : block === 'for' ? "the body of a 'for'" : oneOf(block);
  bag.error('DL107', span, `${what} is not allowed ${place}`, {
    why: `${holder} holds only ${names.join(', ')}`,
    help: moveTo(kind, block),
  });
  return false;
}

function moveTo(kind: Kind, block: BlockKind | undefined): string {
  if (kind === 'import') return 'move it to the top of the file';
  const homes = holders.filter((holder) => holds[holder].has(kind));
  if (homes.length === 0)
    return `close the ${blockWord(block!)} before it; blocks of other systems are made by calling them: name = system(…)`;
  if (block === 'for') {
    if (homes.length === holders.length) return "move it before the 'for'";
    return `move it out of the 'for', into the ${homes.map(blockWord).join(' or ')}`;
  }
  const [home] = homes;
  if (homes.length === 1)
    return home === 'optimize' ? 'move it into an optimization: optimize name { … }' : `move it into ${oneOf(home!)} { … }`;
  const names = homes.map(oneOf);
  return `move it into ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
