// How far a long run is, on stderr: one line that is rewritten on a terminal, a line every ten seconds
// elsewhere. Runs of less than a second say nothing.

import type { Progress } from '../simulate/simulate.js';

export interface ProgressReport<P extends Progress> {
  readonly update: (progress: P) => void;
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

/** `print` puts progress after some milliseconds into words. */
export function reportProgress<P extends Progress>(
  output: Output,
  print: (progress: P, elapsedMs: number) => string,
  now: () => number = () => performance.now(),
): ProgressReport<P> {
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
      const text = print(progress, time - started);
      output.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
      isShown = isTerminal;
    },
    end: () => {
      if (isShown) output.write('\r\u001b[K');
    },
  };
}

/** `12.0 of 100 Mticks (12%), 210 Mticks/s, 4 s left`. */
export function ticksProgress({ done, total }: Progress, elapsedMs: number): string {
  const millions = (ticks: number): string => (ticks / 1e6).toPrecision(3);
  const perSecond = (1000 * done) / elapsedMs;
  return `${millions(done)} of ${millions(total)} Mticks (${percent(done, total)}), ${millions(perSecond)} Mticks/s, ${timeLeft((total - done) / perSecond)} left`;
}

export interface PointsProgress extends Progress {
  /** Points that an earlier run did. */
  readonly before: number;
  /** The worst point so far, in words; '' for none. */
  readonly worst: string;
}

/** `640 of 10000 points (6%), 321 points/s, 30 s left, worst so far: point 12, 71 dB of sndr > 80dB`. */
export function pointsProgress({ done, total, before, worst }: PointsProgress, elapsedMs: number): string {
  const perSecond = (1000 * (done - before)) / elapsedMs;
  const speed = `${perSecond.toPrecision(3)} points/s, ${timeLeft((total - done) / perSecond)} left`;
  return `${done} of ${total} points (${percent(done, total)}), ${speed}${worst === '' ? '' : `, ${worst}`}`;
}

const percent = (done: number, total: number): string => `${Math.floor((100 * done) / total)}%`;

function timeLeft(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

export interface RestartsProgress extends Progress {
  readonly before: number;
  /** NaN for none. */
  readonly best: number;
  readonly loss: number;
}

/** `12.4 of 210 restarts (5%), 1.3 restarts/s, 2 min left, loss -11.2, best 12.9`. */
export function optimizationProgress({ done, total, before, best, loss }: RestartsProgress, elapsedMs: number): string {
  const perSecond = (1000 * (done - before)) / elapsedMs;
  const left = perSecond > 0 ? `, ${timeLeft((total - done) / perSecond)} left` : '';
  const shown = (name: string, value: number): string => (Number.isFinite(value) ? `, ${name} ${value.toPrecision(4)}` : '');
  return `${done.toFixed(1)} of ${total} restarts (${percent(done, total)})${left}${shown('loss', loss)}${shown('best', best)}`;
}
