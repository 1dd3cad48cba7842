import { meanAndSpread, shareWithin } from './spread';

/** Words looked at together for their variety: the share of different words falls with length, so the length is fixed. */
const WINDOW = 100;
const STEP = 10;

/** The words of a text in lower case, each different one known by a number. */
export class Vocabulary {
  private readonly numbers = new Map<string, number>();
  /** The number of each word of the text. */
  private readonly sequence: Uint32Array;
  private readonly lengths: Uint32Array;

  constructor(words: readonly string[]) {
    this.sequence = new Uint32Array(words.length);
    this.lengths = new Uint32Array(words.length);
    for (let at = 0; at < words.length; at++) {
      const word = words[at]!;
      let number = this.numbers.get(word);
      if (number === undefined) this.numbers.set(word, (number = this.numbers.size));
      this.sequence[at] = number;
      this.lengths[at] = word.length;
    }
  }

  /** Tells each different word, and how often it stands there. */
  tell(count: (word: string, times: number) => void): void {
    const times = new Uint32Array(this.numbers.size);
    for (let at = 0; at < this.sequence.length; at++) times[this.sequence[at]!]! += 1;
    for (const [word, number] of this.numbers) count(word, times[number]!);
  }

  /** As `MEASURES.vocabulary` names them. */
  measures(): number[] {
    return [
      ...meanAndSpread(this.lengths),
      shareWithin(this.lengths, 7, Infinity),
      shareWithin(this.lengths, 1, 3),
      this.variety(),
    ];
  }

  /** Different words over all words in a moving window (M. Covington and J. McFall, "Cutting the Gordian Knot", 2010). */
  private variety(): number {
    const { sequence } = this;
    const ends = Math.max(1, sequence.length - WINDOW);
    // How often each word stands in the window; as that moves, words come in at its end and leave at its beginning.
    const inWindow = new Uint32Array(this.numbers.size);
    let different = 0;
    let sum = 0;
    let windows = 0;
    let end = 0;
    for (let from = 0; from < ends; from += STEP) {
      for (let at = Math.max(0, from - STEP); at < from; at++)
        if ((inWindow[sequence[at]!]! -= 1) === 0) different -= 1;
      for (; end < Math.min(from + WINDOW, sequence.length); end++) {
        if ((inWindow[sequence[end]!]! += 1) === 1) different += 1;
      }
      if (end > from) sum += different / (end - from);
      windows += 1;
    }
    return sum / windows;
  }
}
