/** Tokens are shorter than this on the whole, in characters, whatever the language and whoever counts. */
const LONG_TOKENS = 4.6;
/** So many times what the server's tokens have where it reads everything is too much for one kind of text or another. */
const TOO_LONG = 1.25;
/** A context window and the half of one are multiples of this; the first few tokens may be kept besides. */
const WINDOW_STEP = 64;
const MOST_KEPT = 5;
/** The same count for so many prompts of different lengths is no chance. */
const ENOUGH = 3;
/** Two prompts that differ in less may well have the same number of tokens. */
const APART = 1.03;
/** Counts that are remembered; a server that cuts has one. */
const MOST_COUNTS = 50;

/**
 * Notices a server that silently leaves out what does not fit into its context window. Ollama keeps what fills the window, or
 * since 2026 half of it (2,050 tokens of 4,096): prompts of different lengths then have all the same number of tokens, and
 * too few for their length.
 */
export class CutPrompts {
  /** Characters a token, where the server has read everything. */
  private lowest = LONG_TOKENS;
  /** Lengths of prompts that had few tokens for their length, in characters, by that number. */
  private readonly suspects = new Map<number, number[]>();

  /**
   * @param characters of the whole prompt
   * @param tokens that the server counted in it
   * @returns whether it has read but a part
   */
  isCut(characters: number, tokens: number): boolean {
    const perToken = characters / tokens;
    // Some servers say any number.
    if (perToken < 1) return false;
    this.lowest = Math.min(this.lowest, perToken);
    if (perToken < TOO_LONG * this.lowest || tokens % WINDOW_STEP > MOST_KEPT) return false;
    const lengths = this.suspects.get(tokens) ?? [];
    const isNew = lengths.every((length) => Math.max(length, characters) > APART * Math.min(length, characters));
    if (isNew && lengths.length < ENOUGH) this.remember(tokens, [...lengths, characters]);
    return (this.suspects.get(tokens) ?? []).length >= ENOUGH;
  }

  private remember(tokens: number, lengths: number[]): void {
    this.suspects.delete(tokens);
    this.suspects.set(tokens, lengths);
    const [oldest] = this.suspects.keys();
    if (this.suspects.size > MOST_COUNTS) this.suspects.delete(oldest!);
  }
}
