// A worker thread of a gradient: compiles the kernel once, holds the lanes of its share, and runs them as it is called.

import { setImmediate } from 'node:timers/promises';
import { workerData, type MessagePort } from 'node:worker_threads';
import { provideNative } from '../../backends/native/provide-native.node.js';
import { encodeError, type ThreadAnswer } from '../../simulate/thread-answer.js';
import { holdGradient } from '../open-batch-gradient.js';
import { decodePlan, type EncodedPlan } from './encode-plan.js';
import { runTask, type GradientMemory, type LaneShare } from './gradient-memory.js';
import { answer, awaitCall } from './thread-signals.js';

export interface GradientSetup {
  readonly plan: EncodedPlan;
  readonly memory: GradientMemory;
  readonly share: LaneShare;
  readonly words: Int32Array;
  /** Says once that the thread is ready, or why it is not; then what each failure was. */
  readonly port: MessagePort;
}

const { plan, memory, share, words, port } = workerData as GradientSetup;
const tell = (message: ThreadAnswer<'ready'>): void => port.postMessage(message);

/** Undefined where it cannot be held, which is told. */
function hold(): ReturnType<typeof holdGradient> | undefined {
  try {
    return holdGradient(decodePlan(plan), share.count);
  } catch (error) {
    tell({ error: encodeError(error) });
    return undefined;
  }
}

provideNative();
// From here on others see by the use of the event loop whether this thread is alive.
await setImmediate();
const gradient = hold();
if (gradient !== undefined) {
  tell({ result: 'ready' });
  for (let calls = 0; ; calls = (calls + 1) | 0) {
    const task = awaitCall(words, calls);
    let isFailure = false;
    try {
      runTask[task](memory, share, gradient);
    } catch (error) {
      isFailure = true;
      tell({ error: encodeError(error) });
    }
    answer(words, isFailure);
  }
}
