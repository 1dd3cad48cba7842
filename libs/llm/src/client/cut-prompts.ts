/** Sizes of context windows are multiples of this; the length of a prompt in tokens hardly ever is, and never three times. */
const WINDOW_STEP = 256;
const ENOUGH = 3;
/** Two prompts that differ in less may well have the same number of tokens. */
const APART = 1.03;

/**
 * Notices a server that silently leaves out what does not fit into its context window, as Ollama does: prompts of different
 * lengths then have all the same number of tokens, and none has more.
 */
export class CutPrompts {
  private most = 0;
  /** Lengths of prompts with that many tokens, in characters. */
  private readonly lengths: number[] = [];

  /**
   * @param characters of the whole prompt
   * @param tokens that the server counted in it
   * @returns whether it has read but a part
   */
  isCut(characters: number, tokens: number): boolean {
    if (tokens > this.most) {
      this.most = tokens;
      this.lengths.length = 0;
    }
    if (tokens < this.most || tokens % WINDOW_STEP !== 0 || tokens > characters) return false;
    const isNew = this.lengths.every((length) => Math.max(length, characters) > APART * Math.min(length, characters));
    if (isNew && this.lengths.length < ENOUGH) this.lengths.push(characters);
    return this.lengths.length >= ENOUGH;
  }
}
