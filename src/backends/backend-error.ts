// The error of a backend that cannot be had, here or for a Program.

/** A backend that was asked for is not to be had here. */
export class BackendError extends Error {
  readonly code = 'DL801';
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.name = 'BackendError';
    this.help = help;
  }
}
