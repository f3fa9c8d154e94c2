#!/usr/bin/env node
// The command `deltaloom`: starts the built command line. It is under version control, and the build is not,
// because npx links the command of a clone only once: a target that is missing then is never found again,
// and one that the build writes anew has lost its execute permission.

import { existsSync } from 'node:fs';

const main = new URL('../../dist/cli/main.node.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error('deltaloom is not built yet: run npm start, or npm run build');
  process.exitCode = 70;
}
