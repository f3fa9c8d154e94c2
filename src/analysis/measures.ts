// Every measure by name, in the order of the reference pages.

import { conversionMeasures } from './conversion-measures.js';
import type { MeasureDefinition } from './define-measure.js';
import { levelMeasures } from './level-measures.js';
import { referenceMeasures } from './reference-measures.js';
import { toneMeasures } from './tone-measures.js';

export const measures: ReadonlyMap<string, MeasureDefinition> = new Map(
  [...toneMeasures, ...referenceMeasures, ...conversionMeasures, ...levelMeasures].map((definition) => [definition.name, definition]),
);
