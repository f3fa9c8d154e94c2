// Golden figures.

import { goldenIn } from '../golden.js';

export const expectGolden = goldenIn(new URL('./golden/', import.meta.url), 'svg');
