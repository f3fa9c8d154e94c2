// Systems as layers of tfjs: values and gradients against the unrolled Program, training, models around them, saving and loading,
// and what does not fit.

import * as tfl from '@tensorflow/tfjs-layers';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toTensors } from '../../src/backends/tfjs/to-tensors.js';
import * as tf from '../../src/backends/tfjs/tfjs.js';
import { DiagnosticBag, NetlistError } from '../../src/diagnostics/diagnostic.js';
import { elaborate } from '../../src/graph/elaborate.js';
import { loadText, memoryHost } from '../../src/index.js';
import type { Program } from '../../src/ir/program.js';
import type { LayerOptions } from '../../src/optimize/tfjs/layer-document.js';
import { LayerRuns } from '../../src/optimize/tfjs/layer-runs.js';
import { modelFolder } from '../../src/optimize/tfjs/model-files.node.js';
import type { SystemLayer } from '../../src/optimize/tfjs/system-layer.js';
import { toLayer } from '../../src/optimize/tfjs/to-layer.js';
import { lowerDifferentiable } from '../../src/schedule/lower.js';
import { tensorBackends, useTensorBackend } from '../backends/tfjs-place.js';

const filter = `
  system filter(a = 0.9, b = 0.3) {
    clock clk = 1MHz
    input u : V
    input w[2] : V
    x = integrator(b*u + sin(w[0]/1V)*0.1V, gain: a, leak: 0.8) @ clk
    y = srnn_decoder(x, a: [0.9, 0.5, 0.25], b: [1, 0.5, 1], normalize: "no") @ clk
    z = tanh((y + w[1]) / 1V)
    output y, z
  }`;
const converter = (temperature: number): string => `
  system converter {
    clock clk = 1MHz
    input u : V
    enc = rcnet_encoder(u, weights: [[0.9, 0, 0, 0.8, -0.7]], unit_capacitors: [0.01pF], steps: [0.1], temperature: ${temperature}) @ clk
    dec = srnn_decoder(enc, a: [0.9], b: [1]) @ clk
    output dec, v = enc.v[0]
  }`;

const layerOf = (text: string, options: Partial<LayerOptions> = {}): SystemLayer => toLayer(loadText(text), { ticks: 6, ...options });

function programOf(text: string): Program {
  const bag = new DiagnosticBag();
  return lowerDifferentiable(elaborate(loadText(text), { openInputs: true }, bag), bag);
}

function expectNear(found: tf.Tensor, expected: tf.Tensor, tolerance = 2e-5): void {
  expect(found.shape).toEqual(expected.shape);
  const [a, b] = [[...found.dataSync()], [...expected.dataSync()]];
  const size = Math.max(...b.map(Math.abs));
  expect(Math.max(...b.map(Math.abs))).toBeGreaterThan(0);
  a.forEach((value, i) => expect(Math.abs(value - b[i]!)).toBeLessThan(tolerance * size));
}

function codesOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
    throw error;
  }
  return [];
}

const folder = mkdtempSync(join(tmpdir(), 'deltaloom-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(tensorBackends)('layers on %s', (backend) => {
  beforeAll(() => useTensorBackend(backend));

  const learn = ['a', 'b', 'x.leak', 'y.a'];
  const inputs = ['u', 'w[0]', 'w[1]'];

  it.each([
    ['constants', false],
    ['constants', true],
    ['sequences', false],
    ['sequences', true],
  ] as const)('have the values and gradients of the unrolled Program: %s, returnSequences %s', (kind, returnSequences) => {
    const [batch, ticks] = [4, 6];
    const layer = layerOf(filter, { learn, returnSequences });
    const given = tf.randomUniform(kind === 'constants' ? [batch, 3] : [batch, ticks, 3], -0.5, 0.5, 'float32', 7);
    layer.apply(given);
    expect(layer.weights.map(({ name, shape }) => [name.replace(/^.*?\//, ''), shape])).toEqual([
      ['a', []],
      ['b', []],
      ['x.leak', []],
      ['y.a', [3]],
    ]);
    const weights = layer.getWeights();
    const unrolled = toTensors(programOf(filter), { clock: 0, ticks });
    const byTensors = (x: tf.Tensor, a: tf.Tensor, b: tf.Tensor, leak: tf.Tensor, taps: tf.Tensor): tf.Tensor => {
      // [batch, n] or [ticks, batch, n]
      const lanes = tf.unstack(kind === 'constants' ? x : tf.transpose(x, [1, 0, 2]), -1);
      const given = Object.fromEntries(inputs.map((name, i) => [name, lanes[i]!]));
      const elements = Object.fromEntries(tf.unstack(taps).map((tap, i) => [`y.a[${i}]`, tap]));
      const { finals, rows } = unrolled.run({ ...given, a, b, 'x.leak': leak, ...elements }, { lanes: batch });
      if (!returnSequences) return tf.stack([finals['y']!, finals['z']!], -1);
      return tf.transpose(tf.stack([rows['y']!, rows['z']!], -1), [1, 0, 2]);
    };
    const byLayer = (x: tf.Tensor): tf.Tensor => layer.call(x, {});
    const expected = byTensors(given, ...(weights as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]));
    expectNear(byLayer(given), expected);
    const objective = (y: tf.Tensor): tf.Scalar => tf.sum(tf.mul(y, tf.reshape(tf.sin(tf.range(0, y.size)), y.shape))) as tf.Scalar;
    const [dx, ...dWeights] = tf.grads((...all: tf.Tensor[]) => objective(byTensors(...(all as Parameters<typeof byTensors>))))([
      given,
      ...weights,
    ]);
    expectNear(tf.grad((x) => objective(byLayer(x)))(given), dx!);
    const { grads } = tf.variableGrads(() => objective(byLayer(given)));
    layer.weights.forEach(({ originalName }, i) => {
      const found = Object.entries(grads).find(([name]) => name.startsWith(originalName) || name.endsWith(originalName))!;
      expectNear(found[1], dWeights[i]!);
    });
  });

  it('learn what an optimize item learns: on a log scale, with masks, on a grid, within bounds', async () => {
    const text = `
      system scale(a = 0.5, b = 2, n = 1) {
        clock clk = 1MHz
        input u : V
        x = integrator(n*u, gain: b, leak: 0.5) @ clk
        w = srnn_decoder(x, a: [0.25, 0.5], b: [1, 1], normalize: "no") @ clk
        output y = a*w
      }
      optimize item of scale {
        vary n = [2, 3]
        u = uniform(low: -1V, high: 1V) @ clk
        run 4 ticks of clk
        learn a(init: 0.52, levels: 4, step: 0.25)
        learn b(scale: log, max: 4)
        learn w.a(init: uniform(0.1, 0.2), mask: 1)
        objective size = rms(y - u)
        minimize size/1V
        method adam(steps: 3)
      }`;
    const layer = layerOf(text, { optimize: 'item', ticks: 4, inputShape: [1], seed: 3 });
    const plain = layerOf(text, { optimize: 'item', ticks: 4, inputShape: [1], seed: 3, quantize: false });
    const u = tf.tensor2d([0.1, -0.2, 0.4], [3, 1]);
    const before = layer.learnedValues();
    const values = layer.apply(u) as tf.Tensor;
    const named = Object.fromEntries(layer.weights.map(({ name }, i) => [name.replace(/^.*?\//, ''), layer.getWeights()[i]!.dataSync()]));
    expect(Object.keys(named)).toEqual(['a', 'b', 'w.a', 'w.a.mask']);
    expect(named['a']![0]).toBeCloseTo(0.52, 6);
    expect(named['b']![0]).toBeCloseTo(Math.log(2), 6);
    expect([...named['w.a.mask']!]).toEqual([1, 1]);
    for (const value of named['w.a']!) expect(value > 0.1 && value < 0.2).toBe(true);
    expect(layer.learnedValues()).toEqual(before);
    expect(before.get('a')).toBe(0.5);
    expect(before.get('b')).toBeCloseTo(2, 6);
    expect(plain.learnedValues().get('a')).toBeCloseTo(0.52, 6);
    // Rounding passes derivatives on, so that both learn the same from values that are other ones.
    expectNear(tf.mul(values, 0.52 / 0.5), plain.apply(u) as tf.Tensor);
    const gradients = (own: SystemLayer): Record<string, number[]> => {
      const { grads } = tf.variableGrads(
        () => tf.sum(own.call(u, {})) as tf.Scalar,
        own.trainableWeights.map((weight) => weight.read() as tf.Variable),
      );
      return Object.fromEntries(
        own.weights.map((weight) => [weight.name.replace(/^.*?\//, ''), [...grads[(weight.read() as tf.Variable).name]!.dataSync()]]),
      );
    };
    const [rounded, exact] = [gradients(layer), gradients(plain)];
    expect(rounded['a']![0]).toBeCloseTo(exact['a']![0]!, 4);
    // By the logarithm of a gain: the value itself times what the others make of it.
    expect(rounded['b']![0]).toBeCloseTo(tf.sum(values).dataSync()[0]!, 4);
    // A mask that is off takes its element away; a weight beyond its bound counts as the bound.
    const [a, , leak] = layer.getWeights() as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    layer.setWeights([a, tf.scalar(10), leak, tf.tensor1d([-1, 1])]);
    expect(layer.learnedValues().get('b')).toBeCloseTo(4, 6);
    expect(layer.learnedValues().get('w.a[0]')).toBe(0);
    expect(layer.learnedValues().get('w.a[1]')).toBeGreaterThan(0.1);
    // It trains, and is saved with all of that.
    const model = tfl.sequential({ layers: [layer] });
    model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
    await model.fit(u, tf.mul(u, 3), { epochs: 2, verbose: 0, shuffle: false });
    const path = join(folder, `item-${backend}`);
    await model.save(modelFolder(path));
    const loaded = await tfl.loadLayersModel(modelFolder(path));
    expect([...(loaded.predict(u) as tf.Tensor).dataSync()]).toEqual([...(model.predict(u) as tf.Tensor).dataSync()]);
    expect(codesOf(() => layerOf(text, { optimize: 'item', learn: ['a'] }))[0]).toMatch(/^DL906 optimize item 'item' says/);
    expect(codesOf(() => layerOf(text, { optimize: 'itme' }))[0]).toMatch(/^DL212/);
    expect(codesOf(() => layerOf(text, { optimise: 'item' } as object))).toEqual(["DL204 a layer has no option 'optimise'"]);
  });

  it('have matrices as weights, with zeros where nothing is connected', async () => {
    const layer = layerOf(converter(0), { learn: ['enc.weights'], outputs: ['dec'], inputShape: [1] });
    const model = tfl.sequential({ layers: [layer] });
    const start = [0.9, 0, 0, 0.8, -0.7];
    expect(layer.weights.map(({ shape }) => shape)).toEqual([[1, 5]]);
    expect([...layer.getWeights()[0]!.dataSync()]).toEqual(start.map(Math.fround));
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const x = tf.reshape(tf.linspace(-0.3, 0.3, 8), [8, 1]);
    await model.fit(x, x, { epochs: 3, verbose: 0 });
    layer
      .getWeights()[0]!
      .dataSync()
      .forEach((value, i) => {
        if (start[i] === 0) expect(value).toBe(0);
        else expect(value).not.toBe(Math.fround(start[i]!));
      });
  });

  it('run again what tfjs asks for after other runs', () => {
    const layer = layerOf(filter, { learn });
    const [x1, x2] = [1, 2].map((seed) => tf.randomUniform([4, 3], -0.5, 0.5, 'float32', seed)) as [tf.Tensor, tf.Tensor];
    layer.apply(x1);
    const alone = (x: tf.Tensor): tf.Tensor => tf.grad((own) => tf.sum(tf.square(layer.call(own, {}))))(x);
    const [g1, g2] = tf.grads((a, b) => tf.add(tf.sum(tf.square(layer.call(a, {}))), tf.sum(tf.square(layer.call(b, {})))))([x1, x2]);
    expect([...g1!.dataSync()]).toEqual([...alone(x1).dataSync()]);
    expect([...g2!.dataSync()]).toEqual([...alone(x2).dataSync()]);
  });

  it('learn the parameters that made the data', async () => {
    const data = tf.randomUniform([48, 1], -0.5, 0.5, 'float32', 3);
    const target = toLayer(loadText(converterFree), { ticks: 5, set: { b: '0.55' } }).apply(data) as tf.Tensor;
    const model = tfl.sequential({ layers: [toLayer(loadText(converterFree), { ticks: 5, learn: ['b'], name: 'line', inputShape: [1] })] });
    model.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' });
    const { history } = await model.fit(data, target, {
      epochs: 40,
      batchSize: 20,
      // In the same order each time: tfjs shuffles by a generator that has no seed.
      shuffle: false,
      verbose: 0,
      callbacks: tfl.callbacks.earlyStopping({ monitor: 'loss', patience: 5 }),
    });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)!).toBeLessThan(1e-3 * losses[0]!);
    expect(model.getWeights()[0]!.dataSync()[0]).toBeCloseTo(0.55, 1);
  });

  it('stand before and behind layers of tfjs', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({ inputShape: [2], units: 3, kernelInitializer: tfl.initializers.glorotNormal({ seed: 5 }) }),
        layerOf(filter, { learn, name: 'filter' }),
        tfl.layers.dense({ units: 1, kernelInitializer: tfl.initializers.glorotNormal({ seed: 6 }) }),
      ],
    });
    model.compile({ optimizer: tf.train.adam(0.03), loss: 'meanSquaredError' });
    const x = tf.randomUniform([40, 2], -0.5, 0.5, 'float32', 8);
    const y = tf.sum(tf.mul(x, tf.tensor1d([0.7, -0.4])), 1, true);
    const before = model.getWeights().map((weight) => [...weight.dataSync()]);
    const { history } = await model.fit(x, y, { epochs: 30, batchSize: 16, verbose: 0, validationSplit: 0.2, shuffle: false });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)!).toBeLessThan(0.2 * losses[0]!);
    model.getWeights().forEach((weight, i) => expect([...weight.dataSync()]).not.toEqual(before[i]));
  });

  it('draw other noise in each step of a training, the same in predictions', () => {
    const drawn = (options: Partial<LayerOptions>, training: boolean[]): number[][] => {
      const layer = layerOf(converter(300), { outputs: ['v'], ...options });
      const x = tf.tensor2d([[0.1], [0.1]]);
      layer.apply(x);
      return training.map((isTraining) => [...layer.call(x, { training: isTraining }).dataSync()]);
    };
    const [p1, t1, t2, p2] = drawn({}, [false, true, true, false]);
    expect(p2).toEqual(p1);
    expect(new Set([p1, t1, t2].map(String)).size).toBe(3);
    expect(p1![0]).not.toBe(p1![1]);
    expect(drawn({}, [false, true])).toEqual([p1, t1]);
    expect(drawn({ seed: 9 }, [false])[0]).not.toEqual(p1);
  });

  it('are saved with their model, to memory and to files, with what the netlist reads', async () => {
    const host = memoryHost({
      'lib/gain.loom':
        'system stage(g = 0.7) {\n  input u : V\n  clock clk = 1MHz\n  x = csv(file: "Data_1.csv")\n  y = g*u + x\n  output y\n}\n',
      'lib/Data_1.csv': 't,x\n0,0.25\n1,1\n',
    });
    const text =
      'import "lib/gain.loom"\nsystem top_Level(BigName = 0.5) {\n  input u : V\n  s = stage(u)\n  y = s.y*BigName\n  output y\n}\n';
    const options: LayerOptions = { system: 'top_Level', ticks: 3, learn: ['BigName'], name: 'Top', backend: 'js', inputShape: [1] };
    const model = tfl.sequential({ layers: [toLayer(loadText(text, 'Main File.loom', host), options)] });
    model.setWeights([tf.scalar(0.75)]);
    const x = tf.tensor2d([[0.5], [-1]]);
    const expected = [...(model.predict(x) as tf.Tensor).dataSync()];
    expect(expected[0]).toBeCloseTo(0.75 * (0.7 * 0.5 + 0.25), 6);
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler((artifacts) =>
        Promise.resolve(((saved = artifacts), { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) })),
      ),
    );
    await model.save(modelFolder(join(folder, backend)));
    for (const source of [tf.io.fromMemory(saved!), modelFolder(join(folder, backend))]) {
      const loaded = await tfl.loadLayersModel(source);
      expect(loaded.layers.map((layer) => [layer.name, layer.getClassName()])).toEqual([
        ...(loaded.layers.length === 2 ? [[loaded.layers[0]!.name, 'InputLayer']] : []),
        ['Top', 'DeltaloomSystem'],
      ]);
      expect([...(loaded.predict(x) as tf.Tensor).dataSync()]).toEqual(expected);
      expect(loaded.layers.at(-1)!.getConfig()['document']).toEqual(model.layers.at(-1)!.getConfig()['document']);
    }
  });

  it('leave no tensors behind', () => {
    const layer = layerOf(filter, { learn });
    const x = tf.zeros([2, 3]);
    layer.apply(x);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) tf.dispose([layer.call(x, {}), tf.grad((own) => tf.sum(layer.call(own, { training: true })))(x)]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

const converterFree = `
  system line(b = 0.2) {
    clock clk = 1MHz
    input u : V
    x = integrator(u, gain: b, leak: 0.5) @ clk
    output x
  }`;

describe('what does not fit', () => {
  beforeAll(() => useTensorBackend('cpu'));

  const system = (line: string, output = 'y'): string =>
    `system s(a = 1, n = 3) {\n  clock clk = 1MHz\n  input u : V\n  ${line}\n  output ${output}\n}`;
  const fir = system('y = fir(u, taps: [1, 2]) @ clk');

  it.each<readonly [string, string, Partial<LayerOptions>, string]>([
    ['an unknown weight', fir, { learn: ['y.tap'] }, "DL204 there is no parameter 'y.tap' to learn"],
    ['what follows', system('y = integrator(u, gain: 2*a) @ clk'), { learn: ['y.gain'] }, "DL906 'y.gain' cannot be learned"],
    ['a size', system('y = delay(u, ticks: 2) @ clk'), { learn: ['y.ticks'] }, "DL906 'y.ticks' cannot be learned"],
    ['what shapes the graph', system('y = delay(u, ticks: n) @ clk'), { learn: ['n'] }, "DL906 'n' cannot be learned"],
    ['an unknown output', fir, { outputs: ['z'] }, "DL201 system 's' has no output 'z'"],
    ['no tick', fir, { ticks: 0 }, 'DL501 a layer cannot run 0 ticks'],
    ['no input', 'system s { clock clk = 1MHz\n y = dc(value: 1V)\n output y }', {}, "DL905 system 's' has no input"],
    ['an unknown system', fir, { system: 't' }, 'DL212'],
  ])('%s', (_, text, options, expected) => {
    const found = codesOf(() => layerOf(text, options));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it.each([
    [[null, 2], "DL905 the input has the shape [batch, 2], system 's' takes [batch, 1] or [batch, 6, 1]"],
    [[null, 5, 1], "DL905 the input has the shape [batch, 5, 1], system 's' takes [batch, 1] or [batch, 6, 1]"],
    [[null, 6, 1, 1], "DL905 the input has the shape [batch, 6, 1, 1], system 's' takes [batch, 1] or [batch, 6, 1]"],
  ])('an input %j', (shape, expected) => {
    expect(codesOf(() => tfl.sequential({ layers: [layerOf(fir, { inputShape: shape.slice(1) as number[] })] }))).toEqual([expected]);
    expect(codesOf(() => layerOf(fir).apply(tfl.input({ shape: shape.slice(1) as number[] })))).toEqual([expected]);
  });

  it('a system without a gradient, before training', () => {
    // More clocks without a common period than can be run backwards
    const edges = Array.from({ length: 11 }, (_, i) => ({ name: `c${i}`, period: 1000 + i, offset: 0 }));
    const program: Program = { ...programOf(fir), timeline: { kind: 'merged', edges, eventOf: [] } };
    const runs = new LayerRuns(program, { learned: [], perLane: ['u'], finals: ['y'], clock: 0, ticks: 4 });
    expect(codesOf(() => runs.open(1))).toEqual(["DL907 system 's' has no gradient"]);
  });

  it('files that are no model', async () => {
    const codeOf = (work: Promise<unknown>): Promise<unknown> =>
      work.catch((error: unknown) => (error instanceof NetlistError ? error.diagnostics[0]!.code : error));
    expect(await codeOf(tfl.loadLayersModel(modelFolder(join(folder, 'none'))))).toBe('DL601');
    writeFileSync(join(folder, 'model.json'), '{}');
    expect(await codeOf(tfl.loadLayersModel(modelFolder(folder)))).toBe('DL602');
    expect(await codeOf(Promise.resolve(modelFolder(join(folder, 'model.json')).save!({ weightData: new ArrayBuffer(0) })))).toBe('DL604');
  });
});
