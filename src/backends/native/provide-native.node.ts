// Makes the native backend known where there is a file system, of single runs and of batches.

import { provideBackend } from '../compile.js';
import { provideBatchBackend } from '../compile-batch.js';
import { nativeBatchKernel, nativeKernel } from './native.node.js';

export function provideNative(): void {
  provideBackend('native', nativeKernel);
  provideBatchBackend('native', nativeBatchKernel);
}
