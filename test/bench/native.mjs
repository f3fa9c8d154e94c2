// The native backend in a process of its own that is asked for one run at a time, as the C references are.

import { spawn } from 'node:child_process';
import { compileServer } from '../../dist/backends/native/native.node.js';
import { applyAnswer, encodeRequest } from '../../dist/backends/native/requests.js';

/** Serves runs of a Program whose constant arrays may change between them. */
export function startNative(program) {
  const { executable, data } = compileServer([program]);
  const child = spawn(executable, ['0'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks = child.stdout[Symbol.asyncIterator]();
  return {
    /** Nanoseconds that the machine's events before `end` took by the process's monotonic clock, without its transfers. */
    async run(machine, end) {
      child.stdin.write(encodeRequest(program, data[0], machine, end));
      let answer = Buffer.alloc(0);
      for (;;) {
        const { value, done } = await chunks.next();
        if (done) throw new Error(`the native program of ${program.name} ended early`);
        answer = Buffer.concat([answer, value]);
        const ns = applyAnswer(program, machine, answer);
        if (ns !== undefined) return ns;
      }
    },
    stop: () => child.stdin.end(),
  };
}
