// The plan of a system as text: clocks, the order of events, and for each kind of event who acts, in which
// order signals are evaluated, and what is recorded.

import type { BlockInstance, Graph, GraphClock } from '../graph/graph.js';
import { reachableNodes } from '../ir/leaves.js';
import type { EventKind, Program, Timeline } from '../ir/program.js';
import { rationalToNumber } from '../numeric/rational.js';
import type { Compiled } from '../simulate/compile-netlist.js';
import { formatQuantity } from '../units/engineering.js';
import type { Rational } from '../units/quantity.js';
import { alignColumns } from './terminal.js';

export function planText({ graph, bench, program }: Compiled): string {
  const { numerator, denominator } = program.grid;
  const seconds = (ticks: number): string => formatQuantity((ticks * numerator) / denominator, 's');
  const states = program.states.map(({ name, type, length, init }) => [
    `  ${name}`,
    length === 0 ? type : `${type}[${length}]`,
    typeof init === 'number' ? `from ${init}` : 'from a table',
  ]);
  return [
    `system ${graph.system}${bench === undefined ? '' : `, bench ${bench.name}`}`,
    '',
    'clocks',
    ...alignColumns(graph.clocks.map(clockCells)),
    '',
    `grid of time: ${numerator === 1 ? '' : numerator}${denominator === 1 ? (numerator === 1 ? '1' : '') : `${numerator === 1 ? '1' : ''}/${denominator}`} s = ${seconds(1)}`,
    ...timelineLines(program.timeline, program.events, seconds),
    ...program.events.flatMap((event) => ['', ...eventLines(event, program, graph)]),
    '',
    `states: ${program.states.length}`,
    ...alignColumns(states),
  ].join('\n');
}

function clockCells({ name, period, offset, phases }: GraphClock): string[] {
  const seconds = rationalToNumber(period);
  const edges = phases.filter((phase) => phase.name !== '').map((phase) => `${phase.name} at ${fraction(phase.at)}`);
  const start = rationalToNumber(offset) === 0 ? '' : `offset ${formatQuantity(rationalToNumber(offset), 's')}`;
  const notes = [edges.length === 0 ? '' : `phases ${edges.join(', ')}`, start].filter((part) => part !== '');
  return [`  ${name}`, formatQuantity(1 / seconds, 'Hz', 6), `period ${formatQuantity(seconds, 's')}`, notes.join(', ')];
}

const fraction = ({ numerator, denominator }: Rational): string => (denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`);

function timelineLines(timeline: Timeline, events: readonly EventKind[], seconds: (ticks: number) => string): string[] {
  if (timeline.kind === 'merged') {
    const edges = timeline.edges.map(({ name, period, offset }) => [`  ${name}`, `every ${period} grid ticks`, `from ${offset}`]);
    return ['events: merged from the edges, which have no short common period', ...alignColumns(edges)];
  }
  const { length, entries } = timeline;
  const rows = entries.map(({ at, event }) => [`  at ${at}`, nameOf(events[event]!)]);
  return [`events: a table of ${entries.length} that repeats every ${length} grid ticks = ${seconds(length)}`, ...alignColumns(rows)];
}

const nameOf = ({ edges }: EventKind): string => edges.join(' + ');

function eventLines(event: EventKind, program: Program, graph: Graph): string[] {
  const acting = graph.instances.filter((instance) => instance.kind === 'block').flatMap((instance) => actsAt(instance, event, graph));
  const records = event.actions.flatMap((action) => (action.do === 'record' ? [program.records[action.record]!.name] : []));
  const roots = event.actions.flatMap((action) => (action.do === 'put' ? [action.index, action.value] : [action.value]));
  // An operand is made before its user, so ids are an order of evaluation. What is a state is there already.
  const computed = [...reachableNodes(roots)].filter(({ op }) => op !== 'state').sort((a, b) => a.id - b.id);
  const order = [...new Set(computed.flatMap((expr) => program.signalNames.get(expr) ?? []).reverse())].reverse();
  const line = (label: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`  ${label.padEnd(10)}${names.join(', ')}`];
  return [
    `event ${nameOf(event)}`,
    ...line(
      'resets',
      event.resets.map(({ name }) => name),
    ),
    ...line('evaluates', order),
    ...line('acts', acting),
    ...line('records', records),
  ];
}

/** `vapp (transfer)`: the instance and which of its events it is, where it has several. */
function actsAt({ path, edges }: BlockInstance, event: EventKind, { clocks }: Graph): string[] {
  return [...edges].flatMap(([name, { clock, phase }]) => {
    const { name: clockName, phases } = clocks[clock]!;
    const edge = phases[phase]!.name === '' ? clockName : `${clockName}.${phases[phase]!.name}`;
    if (!event.edges.includes(edge)) return [];
    return [name === '' ? path : `${path} (${name})`];
  });
}
