// A system as a layer of tfjs: its parameters are weights, a call is one operation whose gradient is the adjoint's. The run itself is in
// doubles and on a backend of deltaloom's, whatever tfjs runs on.

import { initializers, layers } from '@tensorflow/tfjs-layers';
import * as tf from '../../backends/tfjs/tfjs.js';
import { fail } from '../../diagnostics/diagnostic.js';
import type { BatchGradients, LaneInputs } from '../batch-gradient.js';
import { loadDocument, type LayerDocument } from './layer-document.js';
import { LayerRuns } from './layer-runs.js';
import { openLayerSystem, type LayerSystem } from './layer-system.js';

type Shape = (null | number)[];
type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** `document.name` is a LayerDocument in JSON: tfjs changes all strings of a saved model but names. */
export type SystemLayerArgs = NonNullable<LayerArgs> & { readonly document: { readonly name: string } };

/**
 * Input: `[batch, inputs]`, constants of a run, or `[batch, ticks, inputs]`. Output: `[batch, outputs]`, the last tick's, or
 * `[batch, ticks, outputs]`. Throws NetlistError where the system does not fit, as it is made or as it meets its input.
 */
export class SystemLayer extends layers.Layer {
  static readonly className = 'DeltaloomSystem';
  private readonly document: LayerDocument;
  private readonly system: LayerSystem;
  private runs: LayerRuns | undefined;
  /** Bounds of the coordinates. */
  private readonly limits: { readonly min: Float64Array; readonly max: Float64Array };
  /** Calls in training so far. */
  private calls = 0;

  constructor(args: SystemLayerArgs) {
    super(args);
    this.document = JSON.parse(args.document.name) as LayerDocument;
    this.system = openLayerSystem(loadDocument(this.document), this.document);
    this.limits = this.system.learned.limits(this.system.mode);
  }

  override build(inputShape: Shape | Shape[]): void {
    const isSequence = this.checkInput(inputShape);
    const { program, learned, mode, weights, inputs, outputs } = this.system;
    const { returnSequences = false, ticks, backend, precision } = this.document;
    for (const { name, shape, values } of weights) {
      const weight = this.addWeight(name, [...shape], 'float32', initializers.zeros());
      const start = tf.tensor(values, [...shape]);
      weight.write(start);
      start.dispose();
    }
    this.runs = new LayerRuns(program, {
      learned: learned.names,
      formulas: learned.formulas(mode),
      [isSequence ? 'sequences' : 'perLane']: inputs,
      finals: returnSequences ? [] : outputs,
      rows: returnSequences ? outputs : [],
      clock: 0,
      ticks,
      backend,
      precision,
    });
    this.runs.open(1);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    this.checkInput(inputShape);
    const [batch] = inputShape as Shape;
    const { returnSequences = false, ticks } = this.document;
    return [batch!, ...(returnSequences ? [ticks] : []), this.system.outputs.length];
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { training?: boolean }): tf.Tensor {
    const { seed = 0 } = this.document;
    if (training) this.calls++;
    const drawn = training ? (seed + this.calls) % Number.MAX_SAFE_INTEGER : seed;
    return tf.tidy(() => {
      const input = Array.isArray(inputs) ? inputs[0]! : inputs;
      return this.operation(drawn)(input, ...this.weights.map((weight) => weight.read()));
    });
  }

  /** A call as one operation on the input and the weights. */
  private operation(seed: number): (...tensors: tf.Tensor[]) => tf.Tensor {
    return tf.customGrad((...given) => {
      const [input, ...weights] = given.slice(0, 1 + this.weights.length) as [tf.Tensor, ...tf.Tensor[]];
      const { shape } = input;
      const [lanes] = shape as [number];
      const coordinates = this.coordinatesOf(weights.map((weight) => weight.dataSync()));
      const run = this.runs!.run(lanes, coordinates, { ...splitInput(input), seed });
      const { finals, rows } = run.values;
      const isSequence = this.document.returnSequences ?? false;
      const outputs = isSequence ? rows : finals;
      const outputShape = [lanes, ...(isSequence ? [outputs[0]!.length / lanes] : []), outputs.length];
      return {
        value: tf.tensor(joinColumns(outputs, lanes), outputShape),
        gradFunc: (dy: tf.Tensor) => {
          const cotangents = splitColumns(dy);
          const gradients = run.backward(isSequence ? { finals: [], rows: cotangents } : { finals: cotangents, rows: [] });
          const ofInput = shape.length === 3 ? gradients.sequences : gradients.perLane;
          return [tf.tensor(joinColumns(ofInput, lanes), shape), ...this.weightGradients(gradients)];
        },
      };
    }) as (...tensors: tf.Tensor[]) => tf.Tensor;
  }

  /** The netlist's parameters as they are learned, by name (`enc.weights[0][3]`): rounded, and within their bounds. */
  learnedValues(): Map<string, number> {
    const { learned, mode, weights } = this.system;
    const present = this.built ? this.weights.map((weight) => weight.read().dataSync()) : weights.map((weight) => weight.values);
    const values = learned.values(this.coordinatesOf(present), mode);
    return new Map(learned.elements.map(({ name }, i) => [name, values[i]!]));
  }

  /** What the weights are as coordinates. tfjs's optimizers know no bounds: beyond one, the bound counts, and its derivative passes. */
  private coordinatesOf(given: readonly ArrayLike<number>[]): Float64Array {
    const { learned, weights } = this.system;
    const { min, max } = this.limits;
    const x = new Float64Array(learned.coordinates.length);
    weights.forEach(({ elements }, i) => {
      for (const { coordinate, at } of elements) x[coordinate] = Math.min(max[coordinate]!, Math.max(min[coordinate]!, given[i]![at]!));
    });
    return x;
  }

  private weightGradients({ learned }: BatchGradients): tf.Tensor[] {
    return this.system.weights.map(({ elements, shape, values }) => {
      const gradient = new Float32Array(values.length);
      for (const { coordinate, at } of elements) gradient[at] = learned[coordinate]!;
      return tf.tensor(gradient, [...shape]);
    });
  }

  /** Whether the input has a value for each tick. DL905 where it does not fit the system. */
  private checkInput(inputShape: Shape | Shape[]): boolean {
    const { name, inputs } = this.system;
    const { ticks } = this.document;
    const expected = `[batch, ${inputs.length}] or [batch, ${ticks}, ${inputs.length}]`;
    const shown = JSON.stringify(inputShape).replace('null', 'batch').replaceAll(',', ', ');
    const shape = inputShape as Shape;
    const fits = shape.at(-1) === inputs.length && (shape.length === 2 || (shape.length === 3 && shape[1] === ticks));
    if (!fits) {
      fail('DL905', undefined, `the input has the shape ${shown}, system '${name}' takes ${expected}`, {
        why: `its inputs are ${inputs.join(', ')}, for ${ticks} ticks`,
      });
    }
    return shape.length === 3;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), document: { name: JSON.stringify(this.document) } };
  }
}

tf.serialization.registerClass(SystemLayer);

/** `[lanes, columns]` or `[lanes, ticks, columns]` as columns of `tick * lanes + lane`. */
function splitColumns(tensor: tf.Tensor): Float64Array[] {
  const values = tensor.dataSync();
  const [lanes, columns] = [tensor.shape[0]!, tensor.shape.at(-1)!];
  const ticks = values.length / Math.max(1, lanes * columns);
  return Array.from({ length: columns }, (_, column) => {
    const split = new Float64Array(lanes * ticks);
    for (let tick = 0; tick < ticks; tick++)
      for (let lane = 0; lane < lanes; lane++) split[tick * lanes + lane] = values[(lane * ticks + tick) * columns + column]!;
    return split;
  });
}

/** The way back. */
function joinColumns(columns: readonly Float64Array[], lanes: number): Float32Array {
  const ticks = columns[0]!.length / lanes;
  const joined = new Float32Array(columns.length * lanes * ticks);
  columns.forEach((values, column) => {
    for (let tick = 0; tick < ticks; tick++)
      for (let lane = 0; lane < lanes; lane++) joined[(lane * ticks + tick) * columns.length + column] = values[tick * lanes + lane]!;
  });
  return joined;
}

const splitInput = (input: tf.Tensor): LaneInputs =>
  input.rank === 3 ? { sequences: splitColumns(input) } : { perLane: splitColumns(input) };
