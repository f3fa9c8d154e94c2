// What the test page of the gpu backend runs, by its address: operations or swept systems in a mode of gpu.js. It shows
// what came of it as JSON.

import type { GpuMode } from '../../src/backends/gpu/gpu-js.js';
import { runOperations, type OperationReport } from '../backends/gpu-operations.js';
import { runSystem, systems, type SystemReport } from '../backends/gpu-systems.js';

export type GpuPageReport =
  | { readonly kind: 'operations'; readonly ran: readonly string[]; readonly reports: readonly OperationReport[] }
  | { readonly kind: 'systems'; readonly reports: readonly SystemReport[] }
  | { readonly kind: 'error'; readonly name: string; readonly message: string };

async function run(): Promise<GpuPageReport> {
  const query = new URLSearchParams(location.search);
  const mode = query.get('mode') as GpuMode | 'async';
  try {
    if (query.get('run') === 'operations') return { kind: 'operations', ...(await runOperations(mode)) };
    const reports: SystemReport[] = [];
    for (const system of systems) reports.push(await runSystem({ ...system, ticks: 200 }, mode, 5));
    return { kind: 'systems', reports };
  } catch (error) {
    const { name, message } = error as Error;
    return { kind: 'error', name, message };
  }
}

const shown = document.createElement('pre');
shown.id = 'report';
// JSON has no NaN: it becomes a text, which is equal to itself.
shown.textContent = JSON.stringify(await run(), (_, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
);
document.body.append(shown);
