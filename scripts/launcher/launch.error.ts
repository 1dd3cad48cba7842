/** A start that cannot go on, for a reason a person can act on; shown without a stack. */
export class LaunchError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'LaunchError';
  }
}
