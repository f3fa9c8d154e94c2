// How far a long run is, on stderr: one line that is rewritten on a terminal, a line every ten seconds
// elsewhere. Runs of less than a second say nothing.

import type { Progress } from '../simulate/simulate.js';

export interface ProgressReport {
  readonly update: (progress: Progress) => void;
  /** Clears the line. */
  readonly end: () => void;
}

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const quietMs = 1000;
const terminalIntervalMs = 100;
const plainIntervalMs = 10_000;

export function reportProgress(output: Output, now: () => number = () => performance.now()): ProgressReport {
  const started = now();
  const isTerminal = output.isTTY === true;
  const interval = isTerminal ? terminalIntervalMs : plainIntervalMs;
  let next = started + (isTerminal ? quietMs : plainIntervalMs);
  let isShown = false;
  return {
    update: (progress) => {
      const time = now();
      if (time < next) return;
      next = time + interval;
      const text = progressText(progress, time - started);
      output.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
      isShown = isTerminal;
    },
    end: () => {
      if (isShown) output.write('\r\u001b[K');
    },
  };
}

/** `12.0 of 100 Mticks (12%), 210 Mticks/s, 4 s left`. */
function progressText({ done, total }: Progress, elapsedMs: number): string {
  const millions = (ticks: number): string => (ticks / 1e6).toPrecision(3);
  const perSecond = (1000 * done) / elapsedMs;
  const left = Math.ceil((total - done) / perSecond);
  const minutes = left < 120 ? `${left} s` : `${Math.round(left / 60)} min`;
  return `${millions(done)} of ${millions(total)} Mticks (${Math.floor((100 * done) / total)}%), ${millions(perSecond)} Mticks/s, ${minutes} left`;
}
