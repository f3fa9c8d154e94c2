// The verb `doctor`: what this installation is and what it can do, for bug reports.

import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import type { Command } from 'commander';
import { availableBackends, backendNames } from '../backends/compile.js';
import { probeGpu, type GpuProbe } from '../backends/gpu/probe.js';
import { loadTensorBackend, type TensorBackend } from '../backends/tfjs/load-backend.node.js';
import { canCompileJs } from '../backends/js/compile.js';
import { compilerVersion } from '../backends/native/compiler.node.js';
import { batchBackendNames, type BatchBackendName } from '../backends/compile-batch.js';
import type { BackendName } from '../backends/kernel.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { alignColumns, printJson, printResult } from './terminal.js';
import { packageFolder, version } from './version.js';

export function addDoctor(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .summary('say what is installed and what it can do')
    .description('Prints versions, backends and limits: put its output into bug reports.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples:\n  deltaloom doctor\n  deltaloom doctor --json')
    .action(async ({ json }: { json?: true }) => {
      const found = await examine();
      if (json === true) printJson(found);
      else printResult(alignColumns(wordsOf(found)).join('\n'));
      finish(exitCodes.ok);
    });
}

interface Examination {
  readonly deltaloom: string;
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly location: string;
  /** Whether code may be made at run time, which the js backend needs. */
  readonly codeGeneration: boolean;
  /** The C compiler's version, which the native backend needs. */
  readonly compiler: string | null;
  /** gpu.js, which the gpu backend of batches needs. */
  readonly gpu: GpuProbe;
  /** What layers of tfjs stand beside. */
  readonly tfjs: TensorBackend;
  readonly backends: Readonly<Record<BatchBackendName, boolean>>;
  readonly defaultBackend: BackendName;
  readonly heapLimitBytes: number;
  readonly memoryBytes: number;
}

async function examine(): Promise<Examination> {
  const available = availableBackends();
  const has = (name: BackendName): boolean => available.includes(name);
  const compiler = compilerVersion() ?? null;
  const gpu = await probeGpu();
  const tfjs = await loadTensorBackend();
  return {
    deltaloom: version,
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
    location: packageFolder,
    codeGeneration: canCompileJs(),
    compiler,
    gpu,
    tfjs,
    backends: { js: has('js'), wasm: has('wasm'), native: compiler !== null, interpret: true, gpu: gpu.mode !== null },
    defaultBackend: available[0]!,
    heapLimitBytes: getHeapStatistics().heap_size_limit,
    memoryBytes: totalmem(),
  };
}

function wordsOf(found: Examination): [string, string][] {
  const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const ofBatches = batchBackendNames.filter((name) => !(backendNames as readonly string[]).includes(name));
  const backends = [...backendNames, ...ofBatches].map((name) => {
    const notes = [name === found.defaultBackend ? ', default' : '', ofBatches.includes(name) ? ', for sweeps' : ''];
    return `${name} (${found.backends[name] ? 'available' : 'not available'}${notes.join('')})`;
  });
  return [
    ['deltaloom', found.deltaloom],
    ['node', found.node],
    ['v8', found.v8],
    ['platform', found.platform],
    ['location', found.location],
    ['code generation', found.codeGeneration ? 'allowed' : 'forbidden'],
    ['C compiler', found.compiler ?? 'none'],
    ['gpu.js', gpuText(found.gpu)],
    ['tfjs', tfjsText(found.tfjs)],
    ['backends', backends.join(', ')],
    ['heap limit', gigabytes(found.heapLimitBytes)],
    ['memory', gigabytes(found.memoryBytes)],
  ];
}

const gpuText = ({ isInstalled, mode, why }: GpuProbe): string =>
  !isInstalled ? 'not installed' : mode === null ? `not usable: ${why}` : `runs on ${mode} (${why})`;

const tfjsText = ({ version, name, why }: TensorBackend): string =>
  version === null ? `not usable: ${why}` : `${version} on ${name ?? 'nothing'} (${why})`;
