// Lanes of a gradient in threads: this one and workers, each with a share that it holds from run to run.

import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { BackendError } from '../../backends/backend-error.js';
import { decodeError, type ThreadAnswer } from '../../simulate/thread-answer.js';
import type { BatchCotangents, BatchValues, LaneInputs } from '../batch-gradient.js';
import type { LanesGradient, LanesGradients } from '../lanes-gradient.js';
import { holdGradient, type GradientThreads, type LanesInThreads } from '../open-batch-gradient.js';
import { encodePlan } from './encode-plan.js';
import { allocateMemory, giveCotangents, giveInputs, runTask, shareLanes, type GradientMemory, type LaneShare } from './gradient-memory.js';
import type { GradientSetup } from './gradient-worker.node.js';
import { awaitAnswers, call, makeWords, type Task } from './thread-signals.js';

export const nodeGradientThreads: GradientThreads = async (plan, lanes, threads) => {
  const memory = allocateMemory(plan, lanes);
  const words = makeWords();
  const [own, ...others] = shareLanes(lanes, threads);
  const encoded = encodePlan(plan);
  const members = others.map((share) => new Member({ plan: encoded, memory, share, words }));
  try {
    // The threads compile while this one does.
    const gradient = holdGradient(plan, own!.count);
    await Promise.all(members.map((member) => member.ready()));
    return new ThreadedLanes({ memory, words, own: own!, gradient, members });
  } catch (error) {
    await Promise.all(members.map((member) => member.close()));
    throw error;
  }
};

/** A worker thread as this one sees it. */
class Member {
  readonly share: LaneShare;
  private readonly worker: Worker;
  private readonly port: MessagePort;

  constructor(setup: Omit<GradientSetup, 'port'>) {
    const { port1, port2 } = new MessageChannel();
    this.share = setup.share;
    this.port = port1;
    const workerData: GradientSetup = { ...setup, port: port2 };
    this.worker = new Worker(new URL('./gradient-worker.node.js', import.meta.url), { workerData, transferList: [port2] });
  }

  /** Throws what the thread threw, or BackendError where it ended. */
  async ready(): Promise<void> {
    const { worker, port } = this;
    const online = once(worker, 'online');
    const ended = new Promise<never>((_, reject) => {
      worker.once('error', (error) => reject(deathOf(this.share, error.message)));
      worker.once('exit', (status) => reject(deathOf(this.share, `exit status ${status}`)));
    });
    // Afterwards it may end as it likes: `isAlive` tells.
    ended.catch(() => undefined);
    const [message] = (await Promise.race([Promise.all([once(port, 'message'), online]).then(([answer]) => answer), ended])) as [
      ThreadAnswer<'ready'>,
    ];
    if ('error' in message) throw decodeError(message.error);
    worker.unref();
  }

  /** What is known without a turn of the event loop, which a gradient does not wait for: a thread that ended has no time of idling. */
  get isAlive(): boolean {
    const { idle, active } = this.worker.performance.eventLoopUtilization();
    return idle >= 0 && idle + active > 0;
  }

  /** What the thread threw, if it did. */
  takeError(): Error | undefined {
    const received = receiveMessageOnPort(this.port) as { message: ThreadAnswer<never> } | undefined;
    return received !== undefined && 'error' in received.message ? decodeError(received.message.error) : undefined;
  }

  async close(): Promise<void> {
    this.port.close();
    await this.worker.terminate();
  }
}

function deathOf({ first, count }: LaneShare, why: string): BackendError {
  return new BackendError(
    `a worker thread ended that had the lanes ${first} to ${first + count - 1} of a gradient: ${why}`,
    'try again with another backend or fewer threads',
  );
}

interface Parts {
  readonly memory: GradientMemory;
  readonly words: Int32Array;
  readonly own: LaneShare;
  readonly gradient: LanesGradient;
  readonly members: readonly Member[];
}

class ThreadedLanes implements LanesInThreads {
  private readonly parts: Parts;
  /** Why nothing can be run any more. */
  private broken: Error | undefined;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  forward(prepared: Float64Array, inputs: LaneInputs): BatchValues {
    const { memory } = this.parts;
    giveInputs(memory, prepared, inputs);
    this.run('forward');
    return memory.values;
  }

  backward(cotangents: BatchCotangents): LanesGradients {
    const { memory } = this.parts;
    giveCotangents(memory, cotangents);
    this.run('backward');
    const { sums, perLane, sequences } = memory.gradients;
    return { sums, perLane: perLane.map((values) => values.slice()), sequences: sequences.map((values) => values.slice()) };
  }

  jacobian(final: number): Float64Array {
    const { memory } = this.parts;
    memory.final[0] = final;
    this.run('jacobian');
    return memory.jacobian;
  }

  async close(): Promise<void> {
    this.broken ??= new Error('internal: a gradient that was closed');
    await Promise.all(this.parts.members.map((member) => member.close()));
  }

  /** All lanes: this thread's while the others do theirs. */
  private run(task: Task): void {
    if (this.broken !== undefined) throw this.broken;
    const { memory, words, own, gradient, members } = this.parts;
    call(words, task);
    try {
      runTask[task](memory, own, gradient);
    } finally {
      const failures = awaitAnswers(words, members.length, () => members.every(({ isAlive }) => isAlive));
      const thrown = members.map((member) => (failures === 0 ? undefined : member.takeError()));
      if (failures === undefined) this.broken = deathOf(members.find(({ isAlive }) => !isAlive)!.share, 'it was heard of no more');
      else if (failures > 0) throw thrown.find((error) => error !== undefined)!;
    }
    if (this.broken !== undefined) throw this.broken;
  }
}
