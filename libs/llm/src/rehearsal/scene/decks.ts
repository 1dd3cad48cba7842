import { shuffledOrder } from '../language/shuffled-order';

/**
 * How far a scene may reach: for what it was dealt; for what scenes of its chapter were dealt for people who are not in
 * them; or for everything.
 */
export type Reach = 'own' | 'near' | 'all';

/**
 * Draws from banks. A bank is shuffled once for the book and dealt out to its scenes like cards, so that scenes which
 * know nothing of each other use different parts of it; only a scene whose hand is empty takes from the others'.
 */
export class Decks {
  private readonly drawn = new Map<string, number>();

  constructor(
    private readonly seed: string,
    /** Which scene of the book this is, from 0. */
    private readonly ordinal: number,
    /** How many the book has. */
    private readonly scenes: number,
    private readonly scenesPerChapter: number,
  ) {}

  /**
   * What this scene is dealt of a bank, then what it may take besides: what scenes of its chapter were dealt for
   * people who are not in it; where there were fewer cards than scenes, the one it would have had in a second round;
   * then what was dealt to scenes far away.
   */
  hand<T>(name: string, bank: readonly T[], reach: Reach): T[] {
    const order = shuffledOrder(`${name} ${this.seed}`, bank.length);
    const dealtTo = (owner: number): T[] => {
      const cards: T[] = [];
      for (let at = owner; at < order.length; at += this.scenes) cards.push(bank[order[at]!]!);
      return cards;
    };
    const own = dealtTo(this.ordinal % this.scenes);
    if (reach === 'own') return own;
    const near = [...own, ...this.siblings().flatMap(dealtTo)];
    if (reach === 'near') return near;
    const half = Math.floor(this.scenes / 2);
    const owners = Array.from({ length: this.scenes }, (_, index) => (this.ordinal + half + index) % this.scenes);
    const fallback = order.length === 0 ? [] : [bank[order[this.ordinal % order.length]!]!];
    return [...new Set([...near, ...fallback, ...owners.flatMap(dealtTo)])];
  }

  /** Scenes of the chapter that go on somewhere else and with somebody else, as blueprints arrange it. */
  private siblings(): number[] {
    const first = this.ordinal - (this.ordinal % this.scenesPerChapter);
    const chapter = Array.from({ length: this.scenesPerChapter }, (_, index) => first + index);
    return chapter.filter((scene) => (scene - this.ordinal) % 3 !== 0);
  }

  /** The next of a bank in which repeating is no harm: names of things, sounds, lights. */
  next<T>(name: string, bank: readonly T[]): T {
    const order = shuffledOrder(`${name} ${this.seed}`, bank.length);
    const count = this.drawn.get(name) ?? 0;
    this.drawn.set(name, count + 1);
    return bank[order[(this.ordinal + count) % order.length]!]!;
  }
}
