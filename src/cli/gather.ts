// The verb `gather`: the shards of a sweep become its results, the same bytes as those of a sweep that ran in one go.

import { shellCommand } from '../campaign/shell-command.js';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { campaignFiles, isFinished, readManifest, shardsIn } from '../campaign/campaign-folder.node.js';
import { keyOf } from '../campaign/campaign-manifest.js';
import { lockFolder } from '../campaign/folder-lock.node.js';
import { gatherShards } from '../campaign/gather-shards.node.js';
import { slotName } from '../campaign/shards.js';
import { readSummary, writeCampaign } from '../campaign/write-campaign.node.js';
import { fail } from '../diagnostics/diagnostic.js';
import type { ExitCode } from './exit-codes.js';
import { exitCodeOf, summaryText } from './sweep-text.js';
import { printJson, printNote, printResult } from './terminal.js';
import { version } from './version.js';

interface GatherOptions {
  readonly json?: true;
  readonly quiet?: true;
}

export function addGather(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('gather')
    .summary('put the shards of a sweep together')
    .description('Puts the shards of a sweep together: checks that all are there and writes the results.')
    .argument('<dir>', 'the folder that the shards were written to')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'nothing but errors on stderr')
    .addHelpText('after', '\nExamples:\n  deltaloom gather out/mismatch')
    .action(async (folder: string, options: GatherOptions) => finish(await gather(folder, options)));
}

async function gather(folder: string, { json, quiet }: GatherOptions): Promise<ExitCode> {
  const manifest = readManifest(folder);
  if (manifest.deltaloom !== version)
    fail('DL605', undefined, `'${folder}' holds results of deltaloom ${manifest.deltaloom}; this is ${version}`, {
      why: 'another version may give other numbers',
      help: `gather them with deltaloom ${manifest.deltaloom}, or run the sweep anew`,
    });
  const files = Object.values(campaignFiles).map((name) => join(folder, name));
  const lock = lockFolder(folder);
  try {
    if (!isFinished(folder)) {
      const commandOf = ({ index, count }: { index: number; count: number }): string =>
        shellCommand(manifest.command, ['--out', folder, '--shard', `${index}/${count}`]);
      writeCampaign(folder, manifest, gatherShards(folder, manifest, await keyOf(manifest), commandOf));
      if (quiet !== true) printNote(`wrote ${files.join(', ')}`);
    } else if (quiet !== true) printNote(`'${folder}' has its results already`);
    // Those of a gather that was killed after its summary, too.
    for (const shard of shardsIn(folder)) rmSync(join(folder, slotName(shard)), { force: true });
  } finally {
    lock.release();
  }
  const summary = readSummary(folder);
  if (json === true) printJson({ system: manifest.system, bench: manifest.bench, status: 'done', ...summary, files });
  else printResult(summaryText(manifest, summary));
  return exitCodeOf(summary);
}
