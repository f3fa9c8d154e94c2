// Where a node of a Program comes from: the nearest signal that is made of it, the block that drives the signal, and its line.

import type { Span } from '../diagnostics/span.js';
import { signalName, type BlockInstance, type Graph, type Instance } from '../graph/graph.js';
import type { Expr } from '../ir/expr.js';
import type { EventKind, Program } from '../ir/program.js';
import { reachableNodes } from '../ir/leaves.js';
import { rootsOf } from '../ir/roots.js';

export interface NodePlace {
  /** The signal or state that is made of it. */
  readonly signal: string;
  /** The block or formula that has it; absent where there is no graph to tell. */
  readonly instance?: Instance | undefined;
}

export class NodePlaces {
  private readonly program: Program;
  private readonly instances: readonly Instance[];
  private readonly users = new Map<EventKind, Map<Expr, Expr[]>>();

  constructor(program: Program, graph?: Pick<Graph, 'instances'>) {
    this.program = program;
    this.instances = graph?.instances ?? [];
  }

  /** Undefined where no event computes it. */
  placeOf(node: Expr): NodePlace | undefined {
    for (const event of this.program.events) {
      const place = this.placeIn(event, node);
      if (place !== undefined) return place;
    }
    return undefined;
  }

  /** The instance with this path, or the one that a dotted name lies in. */
  instanceOf(name: string): Instance | undefined {
    const plain = name.replace(/\[\d+\]/g, '');
    const paths = this.instances.filter(({ path }) => [name, plain].some((one) => one === path || one.startsWith(`${path}.`)));
    return paths.sort((a, b) => b.path.length - a.path.length)[0] ?? this.driverOf(name);
  }

  spanOf(name: string): Span | undefined {
    return this.instanceOf(name)?.span;
  }

  private driverOf(signal: string): Instance | undefined {
    const drives = (instance: BlockInstance): boolean =>
      Object.entries(instance.block.outputs).some(([port]) => signalName({ instance, port, element: 0 }) === signal);
    return this.instances.find((instance) => instance.kind === 'block' && drives(instance));
  }

  private placeIn(event: EventKind, node: Expr): NodePlace | undefined {
    const users = this.usersIn(event);
    if (!users.has(node)) return undefined;
    const seen = new Set([node]);
    for (const one of seen) {
      const signal = this.program.signalNames.get(one);
      if (signal !== undefined) return { signal, instance: this.instanceOf(signal) };
      for (const action of event.actions) {
        if (action.value !== one) continue;
        const name = action.do === 'record' ? this.program.records[action.record]!.name : action.state.name;
        return { signal: name, instance: this.instanceOf(name) };
      }
      for (const user of users.get(one) ?? []) seen.add(user);
    }
    return undefined;
  }

  /** Users of each node of the event. */
  private usersIn(event: EventKind): Map<Expr, Expr[]> {
    let users = this.users.get(event);
    if (users !== undefined) return users;
    const nodes = reachableNodes(rootsOf(event).map(({ expr }) => expr));
    users = new Map([...nodes].map((node): [Expr, Expr[]] => [node, []]));
    for (const node of nodes) for (const operand of new Set(node.src)) users.get(operand)!.push(node);
    this.users.set(event, users);
    return users;
  }
}
