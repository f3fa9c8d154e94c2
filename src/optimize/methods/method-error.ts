// A method that was asked for wrongly, or that does not fit the problem.

export class MethodError extends Error {
  /** The likely fix. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.name = 'MethodError';
    this.help = help;
  }
}
