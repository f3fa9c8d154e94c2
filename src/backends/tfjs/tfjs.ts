// tfjs-core with the gradients of its operations. The core's own file that registers them is no module that Node can import, so
// the layers package, which registers them too, is imported for that.

import '@tensorflow/tfjs-layers';

export * from '@tensorflow/tfjs-core';
