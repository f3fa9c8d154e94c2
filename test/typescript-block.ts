// A fenced ts block as the module it is: type-checked against the declarations of the build, then run by
// Node. The folder sees the build as the package `deltaloom`, as a user's project does.

import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Makes `folder` an ES module project that has deltaloom among its packages, and tfjs, which comes with it. */
export function installPackage(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'deltaloom'), 'junction');
  symlinkSync(join(root, 'node_modules', '@tensorflow'), join(folder, 'node_modules', '@tensorflow'), 'junction');
}

/** Writes `text` as `name`.ts, compiles it beside itself, and returns what the compiler finds wrong. */
export function compileBlock(folder: string, name: string, text: string): string[] {
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, text);
  const program = ts.createProgram([path], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules', '@types')],
  });
  const { diagnostics } = program.emit();
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(({ file, start, messageText }) => {
    const line = file === undefined || start === undefined ? '' : `line ${file.getLineAndCharacterOfPosition(start).line + 1}: `;
    return line + ts.flattenDiagnosticMessageText(messageText, '\n');
  });
}

/** Runs the compiled block in `folder`; returns its exit status and all it printed. */
export function runBlock(folder: string, name: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${name}.js`], { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}
