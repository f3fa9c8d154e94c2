// The version of the installed package, and where it lives.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json: two above this file once it is built. */
export const packageFolder: string = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const version: string = (JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }).version;
