// Bundles the library for the browser with Vite, in memory.

import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface Bundle {
  readonly code: string;
  /** What the code still imports beside itself, statically or at run time. */
  readonly imports: readonly string[];
  /** Paths of the modules in it; Vite puts a stub named `__vite-browser-external` where one of Node was imported. */
  readonly modules: readonly string[];
}

/** One ES module of everything that `entry` (a file of this folder) imports. Throws where that is more than one file. */
export async function bundlePage(entry: string): Promise<Bundle> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      // What is loaded on demand, as gpu.js is, comes in the same file.
      rolldownOptions: { output: { codeSplitting: false } },
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['es'], fileName: 'page' },
    },
  });
  const files = [output].flat().flatMap((result) => ('output' in result ? result.output : []));
  const [file, second] = files;
  if (file?.type !== 'chunk' || second !== undefined) throw new Error(`the bundle has ${files.length} files`);
  const imports = [...file.imports, ...file.dynamicImports].filter((name) => name !== file.fileName);
  return { code: file.code, imports, modules: file.moduleIds };
}
