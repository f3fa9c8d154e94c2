// How one thread calls others to a task and hears that it is done: words of shared memory instead of messages. Who waits
// looks again and again for a short time, as tasks follow each other closely, then sleeps.

/** Places of the words. */
const places = { calls: 0, task: 1, answers: 2, failures: 3 } as const;
const wordCount = 4;

const tasks = ['forward', 'backward', 'jacobian'] as const;
export type Task = (typeof tasks)[number];

/** Longer than what is done between two tasks of a step; a processor that sleeps takes longer to come back than it slept. */
const spinMs = 0.5;
/** Looks between two looks at the clock. */
const looks = 64;
/** After which who sleeps asks whether those are alive that it waits for. */
const sleepMs = 20;

export const makeWords = (): Int32Array => new Int32Array(new SharedArrayBuffer(4 * wordCount));

/** Waits until the word is another than `value`, or for so long. */
function waitWhile(words: Int32Array, place: number, value: number, mostMs: number): void {
  const end = performance.now() + Math.min(spinMs, mostMs);
  for (let look = 1; Atomics.load(words, place) === value; look++) {
    if (look % looks === 0 && performance.now() > end) {
      Atomics.wait(words, place, value, mostMs);
      return;
    }
  }
}

/** Calls all who await one. */
export function call(words: Int32Array, task: Task): void {
  Atomics.store(words, places.task, tasks.indexOf(task));
  Atomics.store(words, places.answers, 0);
  Atomics.store(words, places.failures, 0);
  Atomics.add(words, places.calls, 1);
  Atomics.notify(words, places.calls);
}

/** Waits until so many have answered, and gives how many of them failed; undefined where an answer is missing of someone who is not alive. */
export function awaitAnswers(words: Int32Array, count: number, areAlive: () => boolean): number | undefined {
  for (let answers = 0; (answers = Atomics.load(words, places.answers)) < count;) {
    waitWhile(words, places.answers, answers, sleepMs);
    if (Atomics.load(words, places.answers) === answers && !areAlive()) return undefined;
  }
  return Atomics.load(words, places.failures);
}

/** Waits for the call after so many, a count modulo 2^32 as a signed int. */
export function awaitCall(words: Int32Array, calls: number): Task {
  waitWhile(words, places.calls, calls, Infinity);
  return tasks[Atomics.load(words, places.task)]!;
}

export function answer(words: Int32Array, isFailure: boolean): void {
  if (isFailure) Atomics.add(words, places.failures, 1);
  Atomics.add(words, places.answers, 1);
  Atomics.notify(words, places.answers);
}
