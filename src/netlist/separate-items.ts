// One blank line stands above every item but imports, and none at the top of a file.

import type { Item } from './ast.js';

/** The items with the blank lines of the canonical form; between imports they are as written. */
export function separateItems(items: readonly Item[]): Item[] {
  return items.map((item, i) => {
    const above = items[i - 1];
    const isApart = above !== undefined && (item.kind !== 'import' || above.kind !== 'import' || item.trivia.blankBefore);
    return isApart === item.trivia.blankBefore ? item : { ...item, trivia: { ...item.trivia, blankBefore: isApart } };
  });
}
