// A measure that cannot be taken from the records it was given, or was asked for wrongly.

export class MeasureError extends Error {
  /** The likely fix. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.name = 'MeasureError';
    this.help = help;
  }
}
