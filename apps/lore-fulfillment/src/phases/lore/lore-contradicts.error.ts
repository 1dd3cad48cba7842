/** Whatever was drafted contradicts the bible; another round, a little later, may find what does not. */
export class LoreContradictsError extends Error {
  readonly code = 'LORE_CONTRADICTS';
  readonly retryable = true;
}
