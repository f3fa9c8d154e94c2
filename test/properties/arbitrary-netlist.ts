// Random systems that are valid by construction: blocks of all families, wired so that no algebraic loop
// exists (feedback runs through blocks that do not feed through) and every signal stays bounded.

import fc from 'fast-check';

type SignalKind = 'real' | 'bit';

/** What the text of a block may use: signals that exist, a clock edge, numbers. */
interface Supply {
  real(): string;
  bit(): string;
  /** A real signal limited to -2 V .. 2 V, so that no loop can grow. */
  limited(): string;
  /** ` @ clk.p1`, or nothing where the only edge is meant. */
  readonly at: string;
  /** `clk.p1` and another edge, or the same where there is only one. */
  readonly edges: readonly [string, string];
  /** 0.01 .. 1, for coefficients. */
  readonly fraction: number;
  /** 0 .. 7, for sizes. */
  readonly count: number;
  readonly name: string;
}

interface Recipe {
  /** The statement, or for a single line what stands behind `name = `. */
  readonly text: (supply: Supply) => string;
  readonly kind: SignalKind;
  /** Signals that it offers to others, given its name. */
  readonly offers?: (name: string) => readonly { readonly text: string; readonly kind: SignalKind }[];
  /** Whether an output may depend on an input at the same event. */
  readonly feedsThrough: boolean;
  /** The text is a whole statement that names the block itself. */
  readonly isStatement?: boolean;
  /** A clocked block inside the expression names no edge: only where there is but one. */
  readonly needsOneEdge?: boolean;
  readonly needsTwoEdges?: boolean;
}

const through = (kind: SignalKind, text: Recipe['text']): Recipe => ({ kind, text, feedsThrough: true });
const delaying = (kind: SignalKind, text: Recipe['text']): Recipe => ({ kind, text, feedsThrough: false });
/** Needs two edges that never meet. */
const twoEvents = (kind: SignalKind, text: Recipe['text']): Recipe => ({ kind, text, feedsThrough: false, needsTwoEdges: true });
const elements = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ text: `${name}[${i}]`, kind: 'real' as const }));

/** The effects that draw noise by instance paths: names and groups of blocks change it. */
export const drawnEffects = ['noise', 'mismatch', 'offset', 'jitter'] as const;

/** Every family; all real signals are voltages. */
const recipes: readonly Recipe[] = [
  delaying('real', (s) => `register(${s.limited()}, initial: ${s.fraction}V)${s.at}`),
  // Inverted: a circle of registers and delays alone has no type and would be real.
  delaying('bit', (s) => `register(!${s.bit()}, initial: ${s.count % 2})${s.at}`),
  delaying('real', (s) => `delay(${s.limited()}, ticks: ${s.count + 1}, initial: ${s.fraction}V)${s.at}`),
  delaying('bit', (s) => `delay(!${s.bit()}, ticks: ${s.count + 1})${s.at}`),
  delaying('real', (s) => `integrator(${s.real()}, gain: ${s.fraction}, leak: 0.95, limit: 2V, initial: 0.25V)${s.at}`),
  delaying('real', (s) => `integrator(${s.real()} - ${s.real()}, gain: ${s.fraction}, limit: 1.5V)${s.at}`),
  delaying('real', (s) => `low_pass(${s.limited()}, corner: ${20 * (s.count + 1)}kHz, initial: 0.1V)${s.at}`),
  {
    kind: 'real',
    feedsThrough: false,
    text: (s) =>
      `state_space([${s.limited()}, ${s.real()} * 0.1], reset: ${s.bit()}, A: [[0.5, ${s.fraction / 4}], [-0.25, 0.5]], B: [[0.25, 0], [0, 0.5]], C: [[1, 0], [0.5, -1]])${s.at}`,
    offers: (name) => elements(name, 2),
  },
  {
    kind: 'real',
    feedsThrough: false,
    text: (s) => `temperature_counter(${s.bit()}, bits: 4, initial: ${(s.count % 4) + 1})${s.at}`,
    offers: (name) => [
      { text: `(${name} * 0.25V)`, kind: 'real' },
      { text: `${name}.code[1]`, kind: 'bit' },
      { text: `${name}.code[3]`, kind: 'bit' },
    ],
  },
  twoEvents(
    'real',
    (s) => `sc_integrator(${s.limited()}, c_in: 10fF, c_fb: 40fF, low: -2V, high: 2V, sample: ${s.edges[0]}, transfer: ${s.edges[1]})`,
  ),
  twoEvents(
    'real',
    (s) =>
      `sc_integrator(${s.bit()} ? 0.5V : -0.5V, c_in: capacitor_array(ones([${s.bit()}, ${s.bit()}]), unit: 10fF, size: 4), c_fb: 60fF, low: -2V, high: 2V, sample: ${s.edges[1]}, transfer: ${s.edges[0]})`,
  ),
  {
    kind: 'real',
    feedsThrough: false,
    isStatement: true,
    text: (s) => `for i in 0..3 {\n    ${s.name}[i] = integrator(${s.real()} * (i + 1) * 0.1, leak: 0.9, limit: 2V)${s.at}\n  }`,
    offers: (name) => elements(name, 3),
  },
  through('real', (s) => `accumulator(${s.real()}, gain: ${s.fraction}, leak: 0.9, limit: 2V)${s.at}`),
  through('real', (s) => `differentiator(${s.real()}, gain: 0.5)${s.at}`),
  through('real', (s) => `fir(${s.real()}, taps: [0.25, ${s.fraction / 2}, -0.125])${s.at}`),
  through('real', (s) => `low_pass(${s.limited()}, corner: ${20 * (s.count + 1)}kHz, interpolation: "foh")${s.at}`),
  {
    kind: 'real',
    feedsThrough: true,
    text: (s) => `state_space([${s.limited()}], A: [[0.5]], B: [[1]], C: [[0.5], [0]], D: [[${s.fraction}], [0.5]])${s.at}`,
    offers: (name) => elements(name, 2),
  },
  through('real', (s) => `sample_hold(${s.real()}, initial: 0.5V)${s.at}`),
  through('bit', (s) => `sample_hold(${s.bit()})${s.at}`),
  through('bit', (s) => `comparator(${s.real()}, ${s.real()}, offset: 0.01V)${s.at}`),
  through('bit', (s) => `schmitt(${s.real()}, hysteresis: 0.1V, initial: "high")${s.at}`),
  through('real', (s) => `quantizer(${s.real()}, levels: ${s.count + 2}, full_scale: 1V)`),
  through('real', (s) => `gain(${s.real()}, gain: -${s.fraction})`),
  through('real', (s) => `clip(${s.real()} + ${s.real()}, low: -0.75V, high: 0.75V)`),
  through('real', (s) => `wrap(deadzone(${s.real()}, width: 0.1V), modulus: 0.8V)`),
  through('real', (s) => `sum([${s.real()}, rectifier(${s.real()}), -${s.real()} / 3])`),
  through('real', (s) => `mux(${s.bit()}, ${s.real()}, ${s.real()})`),
  through('real', (s) => `0.5 * (${s.real()} + ${s.real()})`),
  through('real', (s) => `${s.limited()} * ${s.real()} / 1V * 0.4`),
  through('real', (s) => `${s.bit()} ? ${s.real()} : 0.5 * -${s.real()}`),
  through('real', (s) => `tanh(${s.real()} / 1V) * 1V + 0.1V * sin(${s.real()} / 0.1V)`),
  through('real', (s) => `${s.real()} / (1 + abs(${s.real()} / 1V)) - floor(${s.real()} / 0.3V) * 0.1V`),
  through('real', (s) => `max(min(${s.real()}, ${s.real()}), -0.3V) + 0.2V * exp(-abs(${s.real()}) / 1V)`),
  through('real', (s) => `0.1V * ones([${s.bit()}, ${s.bit()}, !${s.bit()}])`),
  through('bit', (s) => `${s.real()} > ${s.real()}`),
  through('bit', (s) => `${s.bit()} && !${s.bit()} || ${s.real()} <= 0.1V`),
  through('bit', (s) => `${s.bit()} != ${s.bit()}`),
  through('bit', (s) => `xnor(${s.bit()}, nand(${s.bit()}, ${s.bit()}))`),
  through('bit', (s) => `any([${s.bit()}, all([${s.bit()}, ${s.bit()}])])`),
  // Noise and other deviations from the ideal.
  delaying('real', (s) => `noise(rms: ${s.fraction}V)${s.at}`),
  delaying(
    'real',
    (s) => `integrator(${s.real()}, gain: ${s.fraction}, leak: 0.9, limit: 2V, opamp_gain: ${10 * s.count + 5}, noise: 0.1V)${s.at}`,
  ),
  through('real', (s) => `accumulator(${s.real()}, leak: 0.9, limit: 2V, opamp_gain: 50, noise: ${s.fraction}V)${s.at}`),
  through('bit', (s) => `comparator(${s.real()}, offset: 0.02V, offset_sigma: 0.1V, noise: 0.2V)${s.at}`),
  through('bit', (s) => `schmitt(${s.real()}, hysteresis: 0.1V, offset_sigma: 0.05V, noise: 0.05V)${s.at}`),
  through('real', (s) => `quantizer(${s.real()}, levels: ${s.count + 2}, full_scale: 1V, offset: 0.05V, offset_sigma: 0.05V)`),
  twoEvents(
    'real',
    (s) =>
      `sc_integrator(${s.limited()}, c_in: capacitor_array(${s.count}, unit: 2fF, size: 5, pelgrom: 5%*1um, density: 2fF/(1um*1um)), c_fb: 40fF, temperature: 300K, opamp_gain: 20, low: -2V, high: 2V, sample: ${s.edges[0]}, transfer: ${s.edges[1]})`,
  ),
  through(
    'real',
    (s) =>
      `weighted_array([${s.bit()}, ${s.bit()}], unit: 2fF, weights: [1, ${s.count + 1}], pelgrom: 2%*1um, density: 1fF/(1um*1um)) * 100V/1pF`,
  ),
  {
    kind: 'real',
    feedsThrough: true,
    text: (s) => `sine(freq: ${10 + s.count}kHz, amplitude: ${s.fraction}V, coherent: "no", shift: jitter(rms: 1us))`,
    needsOneEdge: true,
  },
  {
    kind: 'real',
    feedsThrough: true,
    text: (s) => `[${s.real()}, 0.5 * ${s.real()}, register(${s.limited()}) - ${s.real()}]`,
    needsOneEdge: true,
    offers: (name) => elements(name, 3),
  },
  {
    kind: 'real',
    feedsThrough: true,
    text: (s) => `[0.3 * ${s.real()} * (i + 1) for i in 0..3]`,
    offers: (name) => [...elements(name, 3), { text: `sum(${name})`, kind: 'real' }],
  },
];

interface ClockPlan {
  readonly statements: readonly string[];
  readonly edges: readonly string[];
  readonly first: string;
  /** The first two edges may fall on the same instant, or are one. */
  readonly meet?: boolean;
}

const clockPlans: readonly ClockPlan[] = [
  { statements: ['clock clk = 1MHz'], edges: ['clk'], first: 'clk', meet: true },
  { statements: ['clock clk = 1MHz phases [p1, p2]'], edges: ['clk.p1', 'clk.p2'], first: 'clk' },
  { statements: ['clock clk = 1MHz phases [p1, p2 at 0.3, p3 at 0.7]'], edges: ['clk.p1', 'clk.p2', 'clk.p3'], first: 'clk' },
  { statements: ['clock clk = 1MHz', 'clock slow = clk / 4'], edges: ['clk', 'slow'], first: 'clk', meet: true },
  {
    statements: ['clock clk = 1MHz phases [p1, p2]', 'clock slow = clk / 3 phases [q1, q2 at 0.4]'],
    edges: ['clk.p1', 'clk.p2', 'slow.q1', 'slow.q2'],
    first: 'clk',
  },
  { statements: ['clock clk = 1MHz', 'clock late = clk * 2 offset 1.25us'], edges: ['clk', 'late'], first: 'clk' },
  { statements: ['clock clk = 167kHz phases [p1, p2]', 'clock audio = 44.1kHz'], edges: ['clk.p1', 'clk.p2', 'audio'], first: 'clk' },
];

const draws = fc.record({
  recipe: fc.nat(recipes.length - 1),
  signals: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
  edge: fc.nat(),
  hundredths: fc.integer({ min: 1, max: 100 }),
  count: fc.nat(7),
  recordedAt: fc.nat(7),
});

export interface RandomNetlist {
  readonly text: string;
  /** Names of the system's blocks, in the order of the text. */
  readonly blocks: readonly string[];
  /** An edge that a clocked block may take. */
  readonly edge: string;
  readonly hasTwoClocks: boolean;
}

/** A system `dut` with its bench `dut`, 100 to 300 ticks long, that records every block. */
export const randomNetlists: fc.Arbitrary<RandomNetlist> = fc
  .record({
    clocks: fc.constantFrom(...clockPlans),
    blocks: fc.array(draws, { minLength: 1, maxLength: 14 }),
    frame: fc.option(fc.integer({ min: 2, max: 60 }), { nil: undefined, freq: 3 }),
    ticks: fc.integer({ min: 100, max: 300 }),
  })
  .map(({ clocks, blocks, frame, ticks }) => buildNetlist(clocks, blocks, frame, ticks));

type Draw = typeof draws extends fc.Arbitrary<infer T> ? T : never;

function buildNetlist(clocks: ClockPlan, blocks: readonly Draw[], frame: number | undefined, ticks: number): RandomNetlist {
  const { edges } = clocks;
  const chosen = blocks.map(({ recipe }, i) => {
    const picked = recipes[recipe]!;
    const isUnfit = (picked.needsOneEdge === true && edges.length > 1) || (picked.needsTwoEdges === true && clocks.meet === true);
    return { name: `b${i}`, recipe: isUnfit ? recipes[0]! : picked };
  });
  const offersOf = ({ name, recipe }: (typeof chosen)[number]) => recipe.offers?.(name) ?? [{ text: name, kind: recipe.kind }];
  const statements = chosen.map(({ name, recipe }, i) => {
    const { signals, edge, hundredths, count } = blocks[i]!;
    const sources = [
      { text: 'u', kind: 'real' },
      { text: 'w', kind: 'real' },
      { text: 'go', kind: 'bit' },
      // Earlier blocks, and later ones that do not feed through: their inputs are read at no event's own instant.
      ...chosen.flatMap((other, j) => (j < i || !other.recipe.feedsThrough ? offersOf(other) : [])),
    ];
    let next = 0;
    const pick = (kind: SignalKind): string => {
      const fitting = sources.filter((source) => source.kind === kind);
      return fitting[signals[next++ % signals.length]! % fitting.length]!.text;
    };
    const first = edges[edge % edges.length]!;
    const supply: Supply = {
      real: () => pick('real'),
      bit: () => pick('bit'),
      limited: () => `min(max(${pick('real')}, -2V), 2V)`,
      at: edges.length === 1 && edge % 2 === 0 ? '' : ` @ ${first}`,
      edges: [edges[edge % 2]!, edges[(edge + 1) % 2]!],
      fraction: hundredths / 100,
      count,
      name,
    };
    const text = recipe.text(supply);
    return recipe.isStatement === true ? text : `${name} = ${text}`;
  });
  const records = chosen.map(({ name }, i) => {
    const at = blocks[i]!.recordedAt;
    return `record ${name}${at < edges.length ? ` @ ${edges[at]!}` : ''}`;
  });
  const last = chosen.at(-1)!.name;
  const text = [
    'system dut(scale = 0.5) {',
    ...clocks.statements.map((line) => `  ${line}`),
    '  input u, w : V',
    '  input go : bit',
    '  param small = scale / 8',
    ...statements.map((line) => `  ${line}`),
    ...(frame === undefined ? [] : [`  frame ${frame} ticks of ${clocks.first}`]),
    `  output y = ${last}`,
    '  output scaled = u * small',
    '}',
    'bench dut {',
    '  u = sine(freq: 11kHz, amplitude: 0.8V, coherent: "no")',
    '  w = multitone(freqs: [7kHz, 23kHz], amplitudes: [0.5V, 0.3V], coherent: "no")',
    '  go = sine(freq: 31kHz, coherent: "no") > 0.1',
    `  run ${ticks} ticks of ${clocks.first}`,
    ...records.map((line) => `  ${line}`),
    '  record y, scaled',
    '}',
    '',
  ].join('\n');
  return { text, blocks: chosen.map(({ name }) => name), edge: edges[0]!, hasTwoClocks: clocks.statements.length > 1 };
}
