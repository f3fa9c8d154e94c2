// Which axes of a plan are frequencies that the bench moves to coherent ones.

import type { Compiled } from '../simulate/compile-netlist.js';
import type { Axis, CoherentAxes } from './plan.js';

/** Undefined where there are none. */
export function coherentAxes({ graph, bench }: Pick<Compiled, 'graph' | 'bench'>, axes: readonly Axis[]): CoherentAxes | undefined {
  const moved = new Set(graph.params.flatMap(({ name, isCoherent }) => (isCoherent === true ? [name] : [])));
  const names = axes.map(({ name }) => name).filter((name) => moved.has(name));
  if (bench === undefined || names.length === 0) return undefined;
  const { numerator, denominator } = graph.clocks[bench.run.clock]!.period;
  return { names, period: `${numerator}/${denominator}`, ticks: bench.run.ticks };
}
