// What the items of a file are called in messages.

import type { Item } from './ast.js';

export const itemWords: { readonly [K in Item['kind']]: string } = {
  import: 'import',
  system: 'system',
  bench: 'bench',
  optimize: 'optimization',
};
