// The file system as the source of netlists.

import { dirname, isAbsolute, join } from 'node:path';
import { readFileBytes } from '../io/read-file.node.js';
import type { Host } from './host.js';

export const fileHost: Host = {
  readBytes: readFileBytes,
  resolve: (from, relative) => (isAbsolute(relative) ? relative : join(dirname(from), relative)),
};
