// The loop over events of emitted C, and the variables it keeps: base (grid tick at which the present
// hyperperiod began), e (next entry of the table), n (grid tick now); merged clocks have n and x0, x1, …
// (next grid tick of each edge) instead. All are int64_t.

import type { Program } from '../../ir/program.js';
import type { Layout } from '../layout.js';

/** Up to this many events in a hyperperiod are written one after the other; beyond, a table picks them. */
const longestUnrolled = 16;
/** Statements beyond which events are not repeated in the text for the sake of that. */
const mostUnrolledLines = 1000;

/** Statements that take the loop's variables from the position Q. */
export function openTimeline({ timeline }: Program, { nextEdge }: Layout): string[] {
  if (timeline.kind === 'merged') return timeline.edges.map((_, i) => `  int64_t x${i} = Q[${nextEdge + i}];`);
  if (timeline.entries.length === 0) return [];
  return ['  int64_t base = Q[0];', ...(timeline.entries.length > 1 ? ['  int64_t e = Q[1];'] : [])];
}

/** Statements that put the loop's variables back into the position. */
export function closeTimeline({ timeline }: Program, { nextEdge }: Layout): string[] {
  if (timeline.kind === 'merged') return timeline.edges.map((_, i) => `  Q[${nextEdge + i}] = x${i};`);
  if (timeline.entries.length === 0) return [];
  return ['  Q[0] = base;', ...(timeline.entries.length > 1 ? ['  Q[1] = e;'] : [])];
}

const indented = (lines: readonly string[], by: string): string[] => lines.map((line) => by + line);
const offsetText = (at: number): string => (at === 0 ? 'base' : `base + ${at}`);
const tables = (name: string, values: readonly number[]): string => `  static const int64_t ${name}[] = {${values.join(',')}};`;

/** The loop over the events before the grid tick `end`, with the statements of each kind of event. */
export function eventLoop({ timeline }: Program, events: readonly (readonly string[])[]): string[] {
  const kinds = events.flatMap((lines, kind) => [`      case ${kind}: {`, ...indented(lines, '        '), '        break;', '      }']);
  if (timeline.kind === 'merged') {
    const { edges, eventOf } = timeline;
    if (edges.length === 0) return [];
    return [
      tables('E', eventOf),
      '  for (;;) {',
      '    int64_t n = x0;',
      ...edges.slice(1).map((_, i) => `    if (x${i + 1} < n) n = x${i + 1};`),
      '    if (n >= end) break;',
      `    switch (E[${edges.map((_, i) => `(x${i} == n ? ${2 ** i} : 0)`).join(' + ')}]) {`,
      ...kinds,
      '    }',
      ...edges.map(({ period }, i) => `    if (x${i} == n) x${i} += ${period};`),
      '  }',
    ];
  }
  const { entries, length } = timeline;
  if (entries.length === 0) return [];
  const eventAt = ({ at, event }: { at: number; event: number }, by: string): string[] => [
    `${by}const int64_t n = ${offsetText(at)};`,
    `${by}(void)n;`,
    ...indented(events[event]!, by),
  ];
  if (entries.length === 1) {
    const [entry] = entries as [{ at: number; event: number }];
    return [`  for (; ${offsetText(entry.at)} < end; base += ${length}) {`, ...eventAt(entry, '    '), '  }'];
  }
  const lineCount = entries.reduce((sum, { event }) => sum + events[event]!.length, 0);
  // Whole hyperperiods need no choice of the event.
  const whole =
    entries.length <= longestUnrolled && lineCount <= mostUnrolledLines
      ? [
          `    if (e == 0 && ${offsetText(entries.at(-1)!.at)} < end) {`,
          `      do {`,
          ...entries.flatMap((entry) => ['        {', ...eventAt(entry, '          '), '        }']),
          `        base += ${length};`,
          `      } while (${offsetText(entries.at(-1)!.at)} < end);`,
          '      continue;',
          '    }',
        ]
      : [];
  return [
    tables(
      'AT',
      entries.map((entry) => entry.at),
    ),
    tables(
      'E',
      entries.map((entry) => entry.event),
    ),
    '  for (;;) {',
    ...whole,
    '    const int64_t n = base + AT[e];',
    '    if (n >= end) break;',
    '    switch (E[e]) {',
    ...kinds,
    '    }',
    `    if (++e == ${entries.length}) {`,
    '      e = 0;',
    `      base += ${length};`,
    '    }',
    '  }',
  ];
}
