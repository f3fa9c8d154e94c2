// Makes a layer of tfjs from a system.

import { fail } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import type { Library } from '../../netlist/library.js';
import { isLayerOption, layerOptionNames, watchReads, writeDocument, type LayerOptions } from './layer-document.js';
import { openLayerSystem } from './layer-system.js';
import { SystemLayer } from './system-layer.js';

/**
 * A layer that runs `ticks` ticks of a system of the netlist; see SystemLayer for shapes. Throws NetlistError for what cannot be
 * learned or does not exist.
 */
export function toLayer(library: Library, options: LayerOptions): SystemLayer {
  for (const name of Object.keys(options))
    if (!isLayerOption(name)) fail('DL204', undefined, `a layer has no option '${name}'`, { help: didYouMean(name, layerOptionNames) });
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
