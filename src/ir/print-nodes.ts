// Text of nodes: one line each, `%3 = add real %1, s:x1.x`. Leaves are written where they are used:
// s: a state, p: a parameter, tick: a clock; 3i is an int, 0b and 1b are bits, i0 is a loop's index.

import { argOf, type Expr } from './expr.js';
import type { Region } from './order.js';
import type { ArrayRef, DataRef, LoopRef, ScalarType } from './types.js';

export function valueText(type: ScalarType, value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return type === 'int' ? `${text}i` : type === 'bit' ? `${text}b` : text;
}

/** Short names of the constant arrays that nodes read, in order of their first use. */
export function dataRefs(nodes: Iterable<Expr>): Map<DataRef, string> {
  const names = new Map<DataRef, string>();
  for (const node of [...nodes].sort((a, b) => a.id - b.id)) {
    const array = node.op === 'load' ? argOf(node, 'load') : undefined;
    if (array?.kind === 'data' && !names.has(array)) names.set(array, `d${names.size}`);
  }
  return names;
}

/** Prints the nodes of one event; numbers of nodes and loops begin at 0. */
export class NodePrinter {
  readonly lines: string[] = [];
  private readonly texts = new Map<Expr, string>();
  private readonly indices = new Map<LoopRef, string>();
  private readonly data: ReadonlyMap<DataRef, string>;
  private readonly signalNames: ReadonlyMap<Expr, string>;
  private numbers = 0;

  constructor(data: ReadonlyMap<DataRef, string>, signalNames: ReadonlyMap<Expr, string>) {
    this.data = data;
    this.signalNames = signalNames;
  }

  text(expr: Expr): string {
    return this.texts.get(expr)!;
  }

  /** Lines of the nodes in computing order; `region` knows the loops inside. */
  print(region: Region, nodes: readonly Expr[], indent: string): void {
    for (const node of nodes) {
      const leaf = this.leafText(node);
      if (leaf !== undefined) {
        this.texts.set(node, leaf);
        continue;
      }
      const name = `%${this.numbers++}`;
      const signal = this.signalNames.get(node);
      const comment = signal === undefined ? '' : `  // ${signal}`;
      if (node.op === 'sum') this.printLoop(`${name} = sum real`, argOf(node, 'sum'), node.src[0]!, region, indent, comment);
      else this.lines.push(`${indent}${name} = ${node.op} ${node.type} ${this.operands(node)}${comment}`);
      this.texts.set(node, name);
    }
  }

  /** A loop whose turns each give a value. */
  printLoop(head: string, loop: LoopRef, value: Expr, region: Region, indent: string, comment = ''): void {
    const index = `i${this.indices.size}`;
    this.indices.set(loop, index);
    this.lines.push(`${indent}${head} for ${index} in 0 .. ${loop.length - 1} {${comment}`);
    this.print(region, region.loops.get(loop)!.nodes, `${indent}  `);
    this.lines.push(`${indent}  give ${this.text(value)}`, `${indent}}`);
  }

  private operands(node: Expr): string {
    const operands = node.src.map((operand) => this.text(operand)).join(', ');
    if (node.op === 'load') return `${this.arrayText(argOf(node, 'load'))}[${operands}]`;
    return node.op === 'uniform' ? `${operands}: ${argOf(node, 'uniform')}` : operands;
  }

  private arrayText(array: ArrayRef): string {
    return array.kind === 'data' ? this.data.get(array)! : `s:${array.name}`;
  }

  private leafText(node: Expr): string | undefined {
    switch (node.op) {
      case 'const':
        return valueText(node.type, argOf(node, 'const'));
      case 'param':
        return `p:${argOf(node, 'param')}`;
      case 'input':
        return `in:${argOf(node, 'input')}`;
      case 'state':
        return `s:${argOf(node, 'state').name}`;
      case 'time':
        return 'time';
      case 'tick':
        return `tick:${argOf(node, 'tick')}`;
      case 'index':
        return this.indices.get(argOf(node, 'index'))!;
      default:
        return undefined;
    }
  }
}
