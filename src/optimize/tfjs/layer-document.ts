// What a layer is made of, as text that models are saved with: the netlist with all it imports and reads, and the choices made.

import type { Precision } from '../../backends/batch.js';
import type { BatchBackendName } from '../../backends/compile-batch.js';
import { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import { memoryHost, type Host } from '../../netlist/host.js';
import { loadSource, type Library } from '../../netlist/library.js';

export interface LayerOptions {
  /** Name of the layer among those of its model. */
  readonly name?: string | undefined;
  /** Shape of the input without its first axis, for the first layer of a model: `[inputs]` or `[ticks, inputs]`. */
  readonly inputShape?: readonly number[] | undefined;
  /** The system; the last of the file without it. */
  readonly system?: string | undefined;
  /** Numbers as text with unit, such as `12.5mV`, by parameter. */
  readonly set?: Readonly<Record<string, string>> | undefined;
  /** Names of the parameters that are the layer's weights: numbers (`x1.gain`), lists and matrices (`enc.weights`). */
  readonly learn?: readonly string[] | undefined;
  /**
   * Instead of `learn`, `system`: the name of an optimize item, whose `learn` statements say what the weights are, at the first
   * of all combinations that it varies. Weights are what its methods move: logarithms in log scale, and in front of rounding and bounds.
   */
  readonly optimize?: string | undefined;
  /** Whether weights with levels are rounded to their steps, straight-through: so it is without this. */
  readonly quantize?: boolean | undefined;
  /** Ticks of the system's first clock that one call runs. */
  readonly ticks: number;
  /** Names of the outputs, in the order of the result; all without it. Elements of vectors are named like `y[2]`. */
  readonly outputs?: readonly string[] | undefined;
  /** Whether the result has a row for each tick, instead of the last one only. */
  readonly returnSequences?: boolean | undefined;
  /** Seed of the noise and of what `learn` statements draw: whole numbers from 0. Predictions always draw with it, each step of a training with another one. */
  readonly seed?: number | undefined;
  readonly backend?: Exclude<BatchBackendName, 'gpu'> | undefined;
  readonly precision?: Precision | undefined;
}

const optionNames: { readonly [Name in keyof Required<LayerOptions>]: true } = {
  name: true,
  inputShape: true,
  system: true,
  set: true,
  learn: true,
  optimize: true,
  quantize: true,
  ticks: true,
  outputs: true,
  returnSequences: true,
  seed: true,
  backend: true,
  precision: true,
};
export const layerOptionNames = Object.keys(optionNames);
export const isLayerOption = (name: string): boolean => Object.hasOwn(optionNames, name);

export interface LayerDocument extends Omit<LayerOptions, 'name' | 'inputShape'> {
  /** Path of the netlist. */
  readonly path: string;
  /** Netlists by path. */
  readonly texts: Readonly<Record<string, string>>;
  /** Other files that elaboration reads, by path: their bytes in base64. */
  readonly data: Readonly<Record<string, string>>;
}

/** The library, whose host tells `onRead` of every file that is read from now on. */
export function watchReads(library: Library, onRead: (path: string, bytes: Uint8Array) => void): Library {
  const host: Host = {
    resolve: (from, relative) => library.host.resolve(from, relative),
    readBytes: (path, span) => {
      const bytes = library.host.readBytes(path, span);
      onRead(path, bytes);
      return bytes;
    },
  };
  return { ...library, host };
}

export function writeDocument(
  library: Library,
  { name: _name, inputShape: _inputShape, ...options }: LayerOptions,
  data: ReadonlyMap<string, Uint8Array>,
): LayerDocument {
  const sources = new Set([library, ...[...library.systems.values()].map((entry) => entry.library)].map(({ file }) => file.source));
  return {
    ...options,
    path: library.path,
    texts: Object.fromEntries([...sources].map(({ name, text }) => [name, text])),
    data: Object.fromEntries([...data].map(([path, bytes]) => [path, toBase64(bytes)])),
  };
}

/** The library that a document holds. Throws NetlistError. */
export function loadDocument({ path, texts, data }: LayerDocument): Library {
  const files = { ...texts, ...Object.fromEntries(Object.entries(data).map(([name, text]) => [name, fromBase64(text)])) };
  const bag = new DiagnosticBag();
  const library = loadSource({ name: path, text: texts[path]! }, memoryHost(files), bag);
  bag.throwIfErrors();
  return library;
}

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
