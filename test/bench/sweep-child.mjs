// One sweep in a process of its own, for its greatest memory: arguments as those of deltaloom; one line of JSON.

import { runCommandLine } from '../../dist/cli/program.js';

const written = [];
process.stdout.write = (text) => written.push(text) > 0;
await runCommandLine(process.argv.slice(2));
const { runMs, ran } = JSON.parse(written.join(''));
process.stderr.write(JSON.stringify({ runMs, ran, maxRssMiB: process.resourceUsage().maxRSS / 1024 }));
