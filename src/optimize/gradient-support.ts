// What of a block has a gradient: found on the trace of the block's own example, with all its inputs connected.

import type { Block } from '../blocks/define.js';
import { param, surrogate } from '../ir/build.js';
import { argOf, withArena, type Expr } from '../ir/expr.js';
import type { Action, EventKind, Program } from '../ir/program.js';
import { rewriteAction } from '../ir/rewrite-program.js';
import { Rewriter } from '../ir/rewrite.js';
import { programNodes } from '../ir/roots.js';
import { traceExample } from '../schedule/feedthrough.js';
import type { Trace } from '../schedule/trace.js';
import { reachOf } from './gradient-reach.js';

export interface GradientSupport {
  /** Inputs and tunable parameters, without their indices, by which outputs have derivatives. */
  readonly by: readonly string[];
  /** Those that outputs depend on by jumps alone. */
  readonly jumps: readonly string[];
  /** Choices of the block by which it declares derivatives of what has none. */
  readonly declared: readonly string[];
}

export function gradientSupportOf(block: Block): GradientSupport {
  const { trace, path } = traceExample(block);
  const program = withArena(() => programOf(trace));
  const records = program.records.map((_, record) => record);
  const namesIn = (nodes: ReadonlySet<Expr>): string[] => {
    const params = [...nodes].flatMap((node) =>
      node.op === 'param' ? [argOf(node, 'param')] : node.op === 'input' ? [argOf(node, 'input')] : [],
    );
    const own = params.map((name) => (name.startsWith(`${path}.`) ? name.slice(path.length + 1) : name).replace(/\[.*/, ''));
    const declared = [...Object.keys(block.inputs), ...Object.keys(block.params)];
    return declared.filter((name) => own.includes(name));
  };
  const by = namesIn(reachOf(program, records, 'derivative'));
  const jumps = namesIn(reachOf(program, records, 'value')).filter((name) => !by.includes(name));
  const hasSurrogates = [...programNodes(program)].some(({ op, src }) => op === 'surrogate' && src[0]!.op !== 'input');
  const choices = Object.entries(block.params).flatMap(([name, { kind }]) =>
    kind === 'choice' && /(^|_)gradient$/.test(name) ? [name] : [],
  );
  return { by, jumps, declared: hasSurrogates ? choices : [] };
}

/** In a few words, for a table. */
export function gradientText(block: Block): string {
  const { by, jumps, declared } = gradientSupportOf(block);
  const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
  if (by.length === 0) return jumps.length === 0 ? 'none: it depends on nothing' : 'none: it only jumps';
  const how = declared.length === 0 ? 'yes' : `yes; of jumps as ${code(declared)}`;
  return jumps.length === 0 ? how : `${how}; none by ${code(jumps)}`;
}

/** The block by itself: its inputs have the derivatives of parameters of their names, as bits that something decided have; its outputs are records. */
function programOf({ rest, events, states }: Trace): Program {
  const rewriter = new Rewriter((leaf) => {
    if (leaf.op !== 'input') return undefined;
    const own = param(argOf(leaf, 'input'));
    return leaf.type === 'real' ? own : surrogate(leaf, own);
  });
  const outputs = [...rest.keys()];
  const eventOf = (values: ReadonlyMap<string, Expr>, changes: readonly Action[]): EventKind => {
    const records = outputs.map((output, record): Action => ({ do: 'record', record, value: (values.get(output) ?? rest.get(output))! }));
    const actions = [...changes, ...records].map((action) => rewriteAction(action, (expr) => rewriter.rewrite(expr)));
    return { edges: [], begins: [], resets: [], actions };
  };
  const changesIn = (event: string): Action[] =>
    events
      .get(event)!
      .updates.map(({ state, update }): Action => ('do' in update ? { ...update, state } : { do: 'set', state, value: update }));
  return {
    name: 'example',
    grid: { numerator: 1, denominator: 1 },
    clocks: [],
    params: [],
    states,
    records: outputs.map((name) => ({ name, unit: '', type: 'real', clock: 0, offset: 0 })),
    events: [eventOf(rest, []), ...[...events].map(([name, { outputs: values }]) => eventOf(values, changesIn(name)))],
    timeline: { kind: 'table', length: 1, entries: [] },
    signalNames: new Map(),
  };
}
