// When a process was started, to tell it from an earlier one of the same number. Linux tells; elsewhere nothing is known.

import { readFileSync, readlinkSync } from 'node:fs';

/** The system's start and the process's, in clock ticks after it; undefined where there is no such process or no /proc. */
export function processBirth(pid: number): string | undefined {
  try {
    // A /proc that was mounted for another namespace of processes numbers them differently.
    if (readlinkSync('/proc/self') !== String(process.pid)) return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold blanks and brackets; behind it the 20th field is the start time (proc(5), field 22).
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended, though its number is still taken.
    return fields[0] === 'Z' ? 'ended' : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
