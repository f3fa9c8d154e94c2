// The worker's side of a thread pool: tasks are answered one after another.

import { parentPort, workerData } from 'node:worker_threads';
import { encodeError, type ThreadAnswer } from './thread-answer.js';

/** `prepare` is called once, with the pool's setup and before the first task; what it throws answers every task. */
export function serveTasks<Setup, Task, Result>(
  prepare: (setup: Setup) => Promise<(task: Task) => Promise<Result>>,
  transfer: (result: Result) => ArrayBuffer[] = () => [],
): void {
  const port = parentPort!;
  const prepared = prepare(workerData as Setup);
  prepared.catch(() => undefined);
  port.on('message', (task: Task) => {
    void prepared
      .then((run) => run(task))
      .then(
        (result) => port.postMessage({ result } satisfies ThreadAnswer<Result>, transfer(result)),
        (error: unknown) => port.postMessage({ error: encodeError(error) } satisfies ThreadAnswer<Result>),
      );
  });
}
