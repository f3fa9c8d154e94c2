// What the exit code of every verb means.

export const exitCodes = { ok: 0, checkFailed: 1, usage: 2, netlist: 3, numerical: 4, backend: 5, internal: 70, interrupted: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeHelp = `
Exit codes:
  0    ok
  1    it ran, but a check failed or a measure could not be taken (fmt --check: a file is not formatted)
  2    the command line is wrong
  3    the netlist or a file is wrong
  4    the numbers diverged
  5    the backend is not available
  70   internal error
  130  interrupted (Ctrl-C or SIGTERM)`;
