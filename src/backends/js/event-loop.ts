// The loop over events of emitted code, and the variables it keeps: base (grid tick at which the present
// hyperperiod began), e (next entry of the table), n (grid tick now); merged clocks have n and x0, x1, …
// (next grid tick of each edge) instead.

import type { Program } from '../../ir/program.js';
import type { Layout } from '../layout.js';

/** Up to this many events in a hyperperiod are written one after the other; beyond, a table picks them. */
const longestUnrolled = 16;
/** Statements beyond which events are not repeated in the text for the sake of that. */
const mostUnrolledLines = 4000;

/** Statements that take the loop's variables from the position Q. */
export function openTimeline({ timeline }: Program, { nextEdge }: Layout): string[] {
  if (timeline.kind === 'table') return ['  let base = Q[0], e = Q[1], n = 0;'];
  return ['  let n = 0;', ...timeline.edges.map((_, i) => `  let x${i} = Q[${nextEdge + i}];`)];
}

/** Statements that put the loop's variables back into the position. */
export function closeTimeline({ timeline }: Program, { nextEdge }: Layout): string[] {
  if (timeline.kind === 'table') return ['  Q[0] = base;', '  Q[1] = e;'];
  return timeline.edges.map((_, i) => `  Q[${nextEdge + i}] = x${i};`);
}

/** The loop over the events before the grid tick `end`, with the statements of each kind of event. */
export function eventLoop({ timeline }: Program, events: readonly (readonly string[])[]): string[] {
  const indent = (lines: readonly string[], by: string): string[] => lines.map((line) => by + line);
  const kinds = (): string[] =>
    events.flatMap((lines, kind) => [`      case ${kind}: {`, ...indent(lines, '        '), '        break;', '      }']);
  if (timeline.kind === 'merged') {
    const { edges, eventOf } = timeline;
    return [
      `  const E = [${eventOf.join(',')}];`,
      '  for (;;) {',
      '    n = x0;',
      ...edges.slice(1).map((_, i) => `    if (x${i + 1} < n) n = x${i + 1};`),
      '    if (n >= end) break;',
      `    switch (E[${edges.map((_, i) => `(x${i} === n ? ${2 ** i} : 0)`).join(' + ')}]) {`,
      ...kinds(),
      '    }',
      ...edges.map(({ period }, i) => `    if (x${i} === n) x${i} += ${period};`),
      '  }',
    ];
  }
  const { entries, length } = timeline;
  if (entries.length === 0) return [];
  if (entries.length === 1) {
    const [{ at, event }] = entries as [{ at: number; event: number }];
    return [`  for (; base + ${at} < end; base += ${length}) {`, `    n = base + ${at};`, ...indent(events[event]!, '    '), '  }'];
  }
  const lineCount = entries.reduce((sum, { event }) => sum + events[event]!.length, 0);
  if (entries.length <= longestUnrolled && lineCount <= mostUnrolledLines) {
    // Each case runs on into the next; a run that stopped inside a hyperperiod enters where it left.
    const cases = entries.flatMap(({ at, event }, i) => [
      `      case ${i}: {`,
      `        n = base + ${at};`,
      `        if (n >= end) { e = ${i}; break loop; }`,
      ...indent(events[event]!, '        '),
      '      }',
    ]);
    return ['  loop: for (;;) {', '    switch (e) {', ...cases, '    }', '    e = 0;', `    base += ${length};`, '  }'];
  }
  return [
    `  const AT = [${entries.map((entry) => entry.at).join(',')}], E = [${entries.map((entry) => entry.event).join(',')}];`,
    '  for (;;) {',
    '    n = base + AT[e];',
    '    if (n >= end) break;',
    '    switch (E[e]) {',
    ...kinds(),
    '    }',
    `    if (++e === ${entries.length}) { e = 0; base += ${length}; }`,
    '  }',
  ];
}

/** Seconds at a grid tick. */
export const timeText = (tick: string, { grid }: Program): string =>
  `(${grid.numerator === 1 ? tick : `${tick} * ${grid.numerator}`} / ${grid.denominator})`;
