// Worker threads that take tasks one at a time. A thread that dies is told by the task it had, and the next task gets
// a new thread. (tinypool does not notice a worker thread that exits, so it would wait for ever.)

import { Worker } from 'node:worker_threads';
import { BackendError } from '../backends/backend-error.js';
import { decodeError, type ThreadAnswer } from './thread-answer.js';

/** A thread ended while it had a task; the task may be run again. */
export class ThreadDeath extends Error {}

interface Pending<Task, Result> {
  readonly task: Task;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Member<Task, Result> {
  readonly worker: Worker;
  pending: Pending<Task, Result> | undefined;
}

/** The file is a module that calls `serveTasks`; `setup` is what it gets once. */
export class ThreadPool<Task, Result> {
  readonly threads: number;
  private readonly file: URL;
  private readonly setup: unknown;
  private readonly members = new Set<Member<Task, Result>>();
  private readonly waiting: Pending<Task, Result>[] = [];
  private isClosed = false;

  constructor(file: URL, setup: unknown, threads: number) {
    this.file = file;
    this.setup = setup;
    this.threads = threads;
  }

  /** The task's result, or what it threw; ThreadDeath where its thread ended. */
  run(task: Task): Promise<Result> {
    if (this.isClosed) return Promise.reject(new Error('internal: a task for a pool that is closed'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.assign();
    });
  }

  /** Ends all threads, whatever they do; tasks that were not done are rejected, and none is taken any more. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const { reject } of this.waiting.splice(0)) reject(new Error('internal: a task of a pool that was closed'));
    await Promise.all([...this.members].map(({ worker }) => worker.terminate()));
  }

  get closed(): boolean {
    return this.isClosed;
  }

  private assign(): void {
    while (this.waiting.length > 0) {
      const idle = [...this.members].find(({ pending }) => pending === undefined);
      const member = idle ?? (this.members.size < this.threads ? this.start() : undefined);
      if (member === undefined) return;
      member.pending = this.waiting.shift()!;
      member.worker.postMessage(member.pending.task);
    }
  }

  private start(): Member<Task, Result> {
    const worker = new Worker(this.file, { workerData: this.setup });
    const member: Member<Task, Result> = { worker, pending: undefined };
    this.members.add(member);
    let reason: string | undefined;
    worker.on('message', (answer: ThreadAnswer<Result>) => {
      const { pending } = member;
      member.pending = undefined;
      if ('error' in answer) pending?.reject(decodeError(answer.error));
      else pending?.resolve(answer.result);
      this.assign();
    });
    worker.on('error', (error) => (reason = error.message));
    worker.on('exit', (status) => {
      this.members.delete(member);
      member.pending?.reject(new ThreadDeath(reason ?? `exit status ${status}`));
      member.pending = undefined;
      this.assign();
    });
    return member;
  }
}

/** Runs a task, and once more where its thread dies; then BackendError. `what` names the task, as in `lanes from 0 on`. */
export async function runDespiteDeath<Task, Result>(
  pool: ThreadPool<Task, Result>,
  task: Task,
  what: string,
  onDeath?: (reason: string) => void,
): Promise<Result> {
  try {
    return await pool.run(task);
  } catch (error) {
    if (!(error instanceof ThreadDeath) || pool.closed) throw error;
    onDeath?.(error.message);
  }
  try {
    return await pool.run(task);
  } catch (error) {
    if (!(error instanceof ThreadDeath)) throw error;
    throw new BackendError(
      `a worker thread died twice at the ${what}: ${error.message}`,
      'try again with another backend or fewer threads',
    );
  }
}
