// The files of src as TypeScript's parser sees them: what each imports, in every form an import can take,
// and which names of the host's globals it mentions. It resolves nothing but relative paths.

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export interface ImportEdge {
  /** `file:line` of the import, the file from src. */
  readonly at: string;
  /** As written, such as `../ir/expr.js`; undefined if it is not a literal. */
  readonly specifier: string | undefined;
  /** The imported file from src, such as `ir/expr.ts`; undefined for a package. */
  readonly target: string | undefined;
  /** True if nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
  /** True for `import()`: it is loaded when it is reached. */
  readonly isLazy: boolean;
}

export interface SourceFile {
  /** Path from src, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportEdge[];
  /** `file:line name` of each host global that is read. */
  readonly hostGlobals: readonly string[];
}

const hostGlobalNames = new Set(['Buffer', 'process', 'global', '__dirname', '__filename', 'require', 'setImmediate', 'clearImmediate']);

export const sourceFolder = fileURLToPath(new URL('../src/', import.meta.url));

/** Every .ts file of src, ordered by path. */
export function readSourceFiles(): SourceFile[] {
  return readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => parseSourceFile(path, readFileSync(posix.join(sourceFolder, path), 'utf8')));
}

/** Parses one text as the file at `path`. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const imports: ImportEdge[] = [];
  const hostGlobals: string[] = [];
  const placeOf = (node: ts.Node): string => `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      const name = ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
      const target = name === undefined ? undefined : targetOf(path, name);
      imports.push({ at: placeOf(node), specifier: name, target, isTypeOnly: isTypeOnly(node), isLazy: ts.isCallExpression(node) });
    }
    if (ts.isIdentifier(node) && hostGlobalNames.has(node.text) && isFreeName(node)) hostGlobals.push(`${placeOf(node)} ${node.text}`);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path, text, imports, hostGlobals };
}

/** What stands for the module in `import … from`, `export … from`, `import()` and the type `import('…')`. */
function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  return undefined;
}

/** `import { type A }` is none: with verbatimModuleSyntax the import itself stays. */
function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return ts.isImportTypeNode(node) || (ts.isExportDeclaration(node) && node.isTypeOnly);
}

function targetOf(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
}

/** True for a name that is read or written as a variable: not a member, a key, a label or a declared name. */
function isFreeName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isBindingElement(parent)) return false;
  return !('name' in parent && parent.name === node);
}

/** The strongly connected components with more than one member, and the self-loops (Tarjan 1972). */
export function findCycles(nodes: Iterable<string>, next: (node: string) => Iterable<string>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const cycles: string[][] = [];
  const connect = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    onStack.add(node);
    let hasSelfLoop = false;
    for (const other of next(node)) {
      if (other === node) hasSelfLoop = true;
      if (!index.has(other)) {
        connect(other);
        low.set(node, Math.min(low.get(node)!, low.get(other)!));
      } else if (onStack.has(other)) low.set(node, Math.min(low.get(node)!, index.get(other)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const component = stack.splice(stack.indexOf(node));
    for (const member of component) onStack.delete(member);
    if (component.length > 1 || hasSelfLoop) cycles.push(component.sort());
  };
  for (const node of nodes) if (!index.has(node)) connect(node);
  return cycles;
}
