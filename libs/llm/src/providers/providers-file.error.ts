/** A providers file that cannot be used. `problems` names each by its field path. */
export class ProvidersFileError extends Error {
  readonly code = 'PROVIDERS_FILE_INVALID';
  readonly retryable = false;
  readonly logLevel = 'error';

  constructor(
    readonly path: string,
    readonly problems: readonly string[],
  ) {
    super(`The providers file ${path} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ProvidersFileError';
  }
}
