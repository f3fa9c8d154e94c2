import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runBench, type RunOptions } from '../../src/analysis/run-bench.js';
import { loadText } from '../../src/index.js';
import { benchReport } from '../../src/plot/bench-report.js';
import { diagramFigure } from '../../src/plot/diagram/diagram-figure.js';
import { graphDiagram } from '../../src/plot/graph-diagram.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { checkWellFormed } from './well-formed.js';

const read = (name: string): string => readFileSync(new URL(`../../netlists/${name}`, import.meta.url), 'utf8');
const mod2 = read('mod2.loom');
const adm = read('adm.loom');

async function reportOf(text: string, options: RunOptions = {}): Promise<string> {
  const result = await runBench(loadText(text), options);
  return benchReport(result, { version: '1.2.3', sources: [{ path: 'netlist.loom', text }], files: ['manifest.json'] });
}

/** Texts of the page's headings and table captions, in order. */
const headings = (html: string): string[] => [...html.matchAll(/<(?:h2|caption)>([^<]*)</g)].map(([, text]) => text!);
const figures = (html: string): string[] => html.match(/<svg [\s\S]*?<\/svg>/g) ?? [];

describe('the report of a bench', () => {
  it('shows measures, checks, waveforms, spectra, diagram, parameters and netlist', async () => {
    const html = await reportOf(mod2);
    expect(headings(html).map((heading) => heading.replace(/ \(\d+\)$/, ''))).toEqual([
      'Measures',
      'Checks',
      'Whole run',
      'Start-up',
      'In detail',
      'Spectrum of v for sndr',
      'Spectrum of v for wide',
      'Block diagram',
      'Parameters',
      'netlist.loom',
      'How this was made',
    ]);
    expect(html).toContain('<dt>Checks</dt><dd>4 of 4 passed</dd>');
    expect(html).toContain('<dt>Length</dt><dd>65536 ticks of clk, 65.54 ms</dd>');
    expect(html).toMatch(
      /sndr = [\d.]+ dB\. 0 dBFS = sine of amplitude 1 V; hann window, 65536 points, NBW 1\.5 bins = 22\.89 Hz\. Shaded: the band up to 3\.906 kHz\./,
    );
    expect(html).toContain('Rows 32718 to 32817 of 65536, 32.718 ms to 32.818 ms.');
    expect(html).toContain('Not drawn, since they change too often: v.');
    expect(html).toContain('Deltaloom 1.2.3, backend js, precision f64, seed 0.');
    expect(figures(html)).toHaveLength(6);
    for (const figure of figures(html)) checkWellFormed(figure);
  });

  it('is the same for the same run', async () => {
    expect(await reportOf(adm, { bench: 'tone', ticks: 500 })).toBe(await reportOf(adm, { bench: 'tone', ticks: 500 }));
  });

  it('has no spectrum where no measure has one', async () => {
    const html = await reportOf(adm, { bench: 'tone' });
    expect(headings(html).filter((heading) => /Spectrum/.test(heading))).toEqual([]);
    expect(html).toContain('>up</text>');
  });

  it('shows a short run whole', async () => {
    const html = await reportOf(adm, { bench: 'tone', ticks: 100 });
    expect(headings(html)).toContain('Waveforms');
    expect(html).toContain('The whole run, 0 s to 598.8024 µs.');
    // Measures skip 1000 rows that are not there.
    expect(html).toContain('measure &#39;tracking&#39;: &#39;vapp&#39; has 100 rows, too few for skip: 1000');
    expect(html).toContain('<dt>Result</dt><dd><span class="fail">');
  });

  it('says where a run diverged and shows what came before', async () => {
    const text = 'system s {\n  clock clk = 1kHz\n  x = integrator(3*x + 1)\n  output x\n}\nbench s {\n  run 2000 ticks\n  record x\n}\n';
    const html = await reportOf(text);
    expect(html).toContain('The run diverged: signal &#39;x.in&#39; became Infinity at tick 512 (t = 0.512 s).');
    expect(headings(html)).toContain('Before the divergence');
    expect(html).toContain('Rows 412 to 511 of 512');
  });

  it('escapes what a netlist says', async () => {
    const html = await reportOf(`// <script>alert(1)</script>\n${mod2}`, { ticks: 256 });
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });
});

describe('the diagram of a graph', () => {
  const { graph } = compileNetlist(loadText(adm), { bench: 'tone' });
  const diagram = graphDiagram(graph);
  const node = (id: string) => diagram.nodes.find((each) => each.id === id);

  it('has a node for each block, formula and output, in its sub-system and clock', () => {
    expect(node('enc.vapp')).toEqual({
      id: 'enc.vapp',
      label: 'vapp',
      detail: 'sc_integrator; c_fb: c_fb',
      kind: 'block',
      clock: 'clk.p1, clk.p2',
      inputs: ['in', 'c_in'],
      outputs: ['out'],
      group: 'enc',
    });
    expect(node('enc.last')).toMatchObject({ kind: 'register', clock: 'clk.p2' });
    expect(node('vin')).toMatchObject({ kind: 'source', clock: undefined });
    expect(node('enc.vapp.in')).toMatchObject({ kind: 'expression', label: 'on ? (last ? +rail : -rail) : 0V' });
    expect(node('output vout')).toMatchObject({ kind: 'output', label: 'vout' });
  });

  it('draws an input of a sub-system as the wire that it is', () => {
    expect(node('enc.up')).toBeUndefined();
    expect(diagram.edges).toContainEqual({ from: { node: 'up', port: 'out' }, to: { node: 'enc.last', port: 'in' }, label: undefined });
  });

  it('draws vectors', () => {
    const text =
      'system s {\n  clock clk = 1kHz\n  input u : V\n  a = u > 0\n  b = u > 1\n  y = ones([a, b])\n  c = temperature_counter(a, bits: 4)\n  d = capacitor_array(c, unit: 1fF, size: 4)\n  output y, d\n}\n';
    const vectors = graphDiagram(compileNetlist(loadText(text), { openInputs: true }).graph);
    expect(vectors.nodes.find(({ id }) => id === 'y')!.inputs).toEqual(['in[0]', 'in[1]']);
    checkWellFormed(diagramFigure(vectors));
  });
});
