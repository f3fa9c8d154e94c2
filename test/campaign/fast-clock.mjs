// Loaded before everything else in a thread, to let worker threads believe that a second is more than a day: whatever they do
// every few seconds they then do at every step.

import { isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  const now = performance.now.bind(performance);
  performance.now = () => 1e5 * now();
}
