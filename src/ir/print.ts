// Prints a Program as text for people: what it has, what each event computes and changes, and when.
// The same Program always gives the same text; it is not meant to be read back.

import { orderNodes } from './order.js';
import { NodePrinter, dataRefs, valueText } from './print-nodes.js';
import type { Action, EventKind, Program, Timeline } from './program.js';
import { programNodes, rootsOf } from './roots.js';
import type { StateRef } from './types.js';

/** Values of an array that are shown. */
const mostValues = 8;

export function printProgram(program: Program): string {
  const data = dataRefs(programNodes(program));
  const lines = [
    `program ${program.name}`,
    `grid tick = ${program.grid.numerator}/${program.grid.denominator} s`,
    ...program.clocks.map(({ name, period, offset }) => `clock ${name}: period ${period}, offset ${offset}`),
    ...program.params.map(({ name, value, unit }) => `param ${name} = ${valueText('real', value)}${unit === '' ? '' : ` ${unit}`}`),
    ...program.states.map(stateText),
    ...[...data].map(([ref, name]) => `data ${name} ${ref.name}[${ref.values.length}] = ${valuesText('real', ref.values)}`),
    ...program.records.map(
      ({ name, type, unit, clock }) => `record ${name}: ${type}${unit === '' ? '' : ` ${unit}`} @ ${program.clocks[clock]!.name}`,
    ),
  ];
  const events = program.events.flatMap((event, kind) => [
    '',
    ...eventLines(event, kind, program, new NodePrinter(data, program.signalNames)),
  ]);
  return `${[...lines, ...events, '', ...timelineLines(program.timeline)].join('\n')}\n`;
}

function stateText({ name, type, length, init }: StateRef): string {
  const place = length === 0 ? name : `${name}[${length}]`;
  return `state ${place}: ${type} = ${typeof init === 'number' ? valueText(type, init) : valuesText(type, init)}`;
}

function valuesText(type: StateRef['type'], values: ArrayLike<number>): string {
  const shown = Array.from({ length: Math.min(values.length, mostValues) }, (_, i) => valueText(type, values[i]!));
  return [...shown, ...(values.length > mostValues ? ['…'] : [])].join(', ');
}

function eventLines(event: EventKind, kind: number, program: Program, printer: NodePrinter): string[] {
  const region = orderNodes(rootsOf(event));
  const names = (list: readonly { readonly name: string }[]): string => list.map(({ name }) => name).join(', ');
  printer.print(region, region.nodes, '  ');
  for (const action of event.actions) printAction(action, program, printer, region);
  return [
    `event ${kind}: ${event.edges.join(' + ')}`,
    ...(event.begins.length === 0 ? [] : [`  begins ${names(event.begins.map((clock) => program.clocks[clock]!))}`]),
    ...(event.resets.length === 0 ? [] : [`  resets ${names(event.resets)}`]),
    ...printer.lines,
  ];
}

function printAction(action: Action, program: Program, printer: NodePrinter, region: ReturnType<typeof orderNodes>): void {
  switch (action.do) {
    case 'record':
      printer.lines.push(`  record ${program.records[action.record]!.name} = ${printer.text(action.value)}`);
      break;
    case 'set':
      printer.lines.push(`  set ${action.state.name} = ${printer.text(action.value)}`);
      break;
    case 'put':
      printer.lines.push(`  put ${action.state.name}[${printer.text(action.index)}] = ${printer.text(action.value)}`);
      break;
    case 'fill':
      printer.printLoop(`fill ${action.state.name}`, action.loop, action.value, region, '  ');
      break;
  }
}

function timelineLines(timeline: Timeline): string[] {
  if (timeline.kind === 'table') {
    return [`timeline: every ${timeline.length} grid ticks`, ...timeline.entries.map(({ at, event }) => `  at ${at}: event ${event}`)];
  }
  const { edges, eventOf } = timeline;
  const members = (mask: number): string => edges.flatMap(({ name }, i) => (Math.floor(mask / 2 ** i) % 2 === 1 ? [name] : [])).join(' + ');
  return [
    'timeline: merged',
    ...edges.map(({ name, period, offset }) => `  edge ${name}: period ${period}, offset ${offset}`),
    ...eventOf.flatMap((event, mask) => (event < 0 ? [] : [`  at ${members(mask)}: event ${event}`])),
  ];
}
