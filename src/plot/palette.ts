// Colours by role. Each has a light value, written as a presentation attribute that any viewer
// understands, and a dark value, applied by a style sheet where the reader prefers dark (never in
// print). Series colours: Okabe & Ito, "Color universal design" (2008), lightened for dark paper.

import type { Attributes } from './svg.js';

const colors = {
  paper: ['#ffffff', '#15181d'],
  ink: ['#1f2328', '#e6e8eb'],
  dim: ['#5a616b', '#a8b0ba'],
  axis: ['#8c939c', '#7b838d'],
  grid: ['#e1e4e8', '#30363e'],
  minor: ['#f0f2f4', '#22272e'],
  wire: ['#454c56', '#b4bbc4'],
  plain: ['#7a828c', '#8d96a1'],
  c0: ['#0072b2', '#4ba6e0'],
  c1: ['#d55e00', '#ff8f4f'],
  c2: ['#009e73', '#2fc79b'],
  c3: ['#b7578e', '#e39cc7'],
  c4: ['#c98a00', '#f2b632'],
  c5: ['#3d9fd6', '#9bd6f7'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

export type Color = keyof typeof colors;

const series = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'] as const satisfies readonly Color[];
const dashes = [undefined, '6 2', '2 2', '8 2 2 2'] as const;

/** Colour of the series with this index from 0; repeats after six. */
export function seriesColor(index: number): Color {
  return series[index % series.length]!;
}

/** Dash pattern that tells series of one colour apart; undefined (solid) for the first six. */
export function seriesDash(index: number): string | undefined {
  return dashes[Math.floor(index / series.length) % dashes.length];
}

/** Attributes that fill and stroke an element; what is not given is not painted. */
export function paint(roles: { readonly fill?: Color; readonly stroke?: Color }): Attributes {
  const { fill, stroke } = roles;
  const classes = [fill === undefined ? '' : `f-${fill}`, stroke === undefined ? '' : `s-${stroke}`].filter((name) => name !== '');
  return {
    class: classes.join(' '),
    fill: fill === undefined ? 'none' : colors[fill][0],
    stroke: stroke === undefined ? undefined : colors[stroke][0],
  };
}

/** Style rules for dark paper for the roles that occur in `markup`, all under `.deltaloom-figure`. */
export function darkStyle(markup: string): string {
  const used = new Set<string>();
  for (const [, classes = ''] of markup.matchAll(/ class="([^"]*)"/g)) for (const name of classes.split(' ')) used.add(name);
  const rules = (Object.keys(colors) as Color[]).flatMap((name) => [
    ...(used.has(`f-${name}`) ? [`.deltaloom-figure .f-${name}{fill:${colors[name][1]}}`] : []),
    ...(used.has(`s-${name}`) ? [`.deltaloom-figure .s-${name}{stroke:${colors[name][1]}}`] : []),
  ]);
  return `@media screen and (prefers-color-scheme:dark){${rules.join('')}}`;
}
