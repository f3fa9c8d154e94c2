// Where tfjs's models are saved and loaded on Node without tfjs-node: a folder with model.json and weights.bin, as tfjs's own
// handlers have them. Nothing of tfjs is loaded for it.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { fail } from '../../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../../io/atomic-write.node.js';
import { errnoWords } from '../../io/errno-words.js';
import { readFileBytes } from '../../io/read-file.node.js';

/** For `model.save` and `loadLayersModel`. Both reject with NetlistError DL601, DL602 or DL604 where the files cannot be had. */
export function modelFolder(folder: string): io.IOHandler {
  const [modelPath, weightsPath] = [join(folder, 'model.json'), join(folder, 'weights.bin')];
  return {
    save: async ({ weightSpecs = [], weightData, ...rest }) => {
      makeFolder(folder);
      const weights = joinBuffers(weightData ?? []);
      writeFileAtomic(weightsPath, weights);
      const document = { ...rest, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] };
      writeFileAtomic(modelPath, `${JSON.stringify(document)}\n`);
      const saved = { dateSaved: new Date(), modelTopologyType: 'JSON', weightDataBytes: weights.byteLength } as const;
      return Promise.resolve({ modelArtifactsInfo: saved });
    },
    load: async () => {
      const { weightsManifest, ...rest } = parseModel(modelPath, new TextDecoder().decode(readFileBytes(modelPath)));
      const weights = Uint8Array.from(readFileBytes(weightsPath));
      return Promise.resolve({ ...rest, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData: weights.buffer });
    },
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    fail('DL604', undefined, `cannot make the folder '${path}': ${errnoWords(error)}`);
  }
}

function joinBuffers(data: io.WeightData): Uint8Array {
  const buffers = (Array.isArray(data) ? data : [data]).map((buffer) => new Uint8Array(buffer));
  const joined = new Uint8Array(buffers.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const buffer of buffers) {
    joined.set(buffer, at);
    at += buffer.length;
  }
  return joined;
}

function parseModel(path: string, text: string): io.ModelJSON {
  try {
    const model = JSON.parse(text) as Partial<io.ModelJSON> | null;
    if (Array.isArray(model?.weightsManifest)) return model as io.ModelJSON;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return fail('DL602', undefined, `'${path}' is no model of tfjs`, { why: 'it is not JSON with a topology and a manifest of weights' });
}
