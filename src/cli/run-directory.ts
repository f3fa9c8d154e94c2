// The result directory of a run: report, waveforms, what the bench writes, manifest and result. Every file
// is there whole or not at all; result.json comes last, so its presence says that all others are there.

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchResult } from '../analysis/run-bench.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import { benchReport } from '../plot/bench-report.js';
import { makeManifest, printManifest, type RunOrigin } from '../simulate/manifest.js';
import { makeFolder } from './output-folder.js';
import { runDocument, type RunDocument } from './run-document.js';
import { countCells, encodeWaves } from './wave-file.js';
import { ownFiles, type EncodedFile } from './write-statements.js';

/** Larger tables are left to the NPZ file. */
const mostCsvCells = 200_000;

/** Writes the directory and returns its document; `others` are files written elsewhere. Throws NetlistError DL604. */
export async function writeRunDirectory(
  folder: string,
  result: BenchResult,
  written: readonly EncodedFile[],
  origin: RunOrigin,
  others: readonly string[],
): Promise<RunDocument> {
  const manifest = await makeManifest(result.compiled, result, origin);
  const { waveforms } = result;
  const hasWaves = waveforms.length > 0;
  const hasTable = hasWaves && countCells(waveforms) <= mostCsvCells;
  const names = [
    ownFiles.report,
    ...(hasWaves ? [ownFiles.npz] : []),
    ...(hasTable ? [ownFiles.csv] : []),
    ...written.map(({ file }) => file),
    ownFiles.manifest,
    ownFiles.result,
  ];
  const report = benchReport(result, {
    version: origin.version,
    sources: manifest.sources,
    files: names.filter((name) => name !== ownFiles.report),
  });
  const document = runDocument(result, [...others, ...names.map((name) => join(folder, name))]);

  makeFolder(folder);
  // What an earlier run left here and this one does not replace would tell of another run.
  if (existsSync(join(folder, ownFiles.manifest)))
    for (const name of Object.values(ownFiles)) if (!names.includes(name)) rmSync(join(folder, name), { force: true });
  if (hasWaves) writeFileAtomic(join(folder, ownFiles.npz), encodeWaves(waveforms, 'npz', ownFiles.npz));
  if (hasTable) writeFileAtomic(join(folder, ownFiles.csv), encodeWaves(waveforms, 'csv', ownFiles.csv));
  for (const { file, content } of written) writeFileAtomic(join(folder, file), content);
  writeFileAtomic(join(folder, ownFiles.report), report);
  writeFileAtomic(join(folder, ownFiles.manifest), printManifest(manifest));
  writeFileAtomic(join(folder, ownFiles.result), `${JSON.stringify(document, undefined, 2)}\n`);
  return document;
}
