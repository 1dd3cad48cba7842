/** What the rehearsal model was asked for and cannot do. */
export class RehearsalError extends Error {
  constructor(
    readonly code: 'REHEARSAL_UNKNOWN_TASK' | 'REHEARSAL_MATERIAL_UNREADABLE',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RehearsalError';
  }
}
