// The first bench of a text, with its surrogates.

import { compileDifferentiable as compileLibrary, loadText } from '../../src/index.js';

export const compileDifferentiable = (text: string): ReturnType<typeof compileLibrary> => compileLibrary(loadText(text, 'learn.loom'));
