// Makes a layer of tfjs from a system.

import type { Library } from '../../netlist/library.js';
import { watchReads, writeDocument, type LayerOptions } from './layer-document.js';
import { openLayerSystem } from './layer-system.js';
import { SystemLayer } from './system-layer.js';

/**
 * A layer that runs `ticks` ticks of a system of the netlist; see SystemLayer for shapes. Throws NetlistError for what cannot be
 * learned or does not exist.
 */
export function toLayer(library: Library, options: LayerOptions): SystemLayer {
  const data = new Map<string, Uint8Array>();
  openLayerSystem(
    watchReads(library, (path, bytes) => data.set(path, bytes)),
    options,
  );
  const document = { name: JSON.stringify(writeDocument(library, options, data)) };
  const { name, inputShape } = options;
  return new SystemLayer({
    document,
    ...(name === undefined ? {} : { name }),
    ...(inputShape === undefined ? {} : { inputShape: [...inputShape] }),
  });
}
