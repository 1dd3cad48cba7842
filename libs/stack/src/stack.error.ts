/** What every error of this library is: a stable code, and a message that can be shown to a person as it is. */
export class StackError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
