// Loaded before everything else in a thread, to make worker threads die: those that find a token in the folder DEATHS at
// their second task, all that get a task from point DEATH_FROM on, and all that get restart DEATH_RESTART.

import { readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort } from 'node:worker_threads';

/** A token is one thread's: only one can unlink it. */
function takeToken(folder) {
  return readdirSync(folder).some((name) => {
    try {
      unlinkSync(join(folder, name));
      return true;
    } catch (error) {
      if (error.code === 'ENOENT') return false;
      throw error;
    }
  });
}

if (!isMainThread) {
  const { DEATHS, DEATH_FROM = Infinity, DEATH_RESTART } = process.env;
  const isDeadly = ({ first, restart }) => first >= DEATH_FROM || String(restart) === DEATH_RESTART;
  let tasks = 0;
  const on = parentPort.on.bind(parentPort);
  parentPort.on = (name, listener) =>
    on(name, (message) => {
      if (name === 'message' && ((++tasks === 2 && takeToken(DEATHS)) || isDeadly(message))) process.exit(3);
      listener(message);
    });
}
