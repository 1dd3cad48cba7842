import { shuffledOrder } from '../language/shuffled-order';

/**
 * How far a scene may reach: for what it was dealt; for what scenes of its chapter were dealt for people who are not in
 * them; or for everything.
 */
export type Reach = 'own' | 'near' | 'all';

/** Prime, and larger than what a scene uses of most banks. */
const SHIFT = 7;
/** As many cards as scenes take from others' hands, and a few more. */
const STRIDE = 13;
/** Scenes this near would be remembered. */
const CLOSE = 4;
/** Scenes for each card of a bank from which dealing would leave most of them without any. */
const WHEEL_FROM = 2;

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
    readonly scenes: number,
    private readonly scenesPerChapter: number,
  ) {}

  /**
   * What this scene is dealt of a bank, then what it may take besides. Near: what scenes of its chapter were dealt for
   * people who are not in it. All: where there were fewer cards than scenes, the one it would have had in a second
   * round; then what was dealt to scenes far away, and last to those close by. Where there are far too few cards for the book, its scenes draw from a
   * wheel instead, so that whatever comes again comes again late.
   * @param perScene how many of them a scene is expected to use
   */
  hand<T>(name: string, bank: readonly T[], reach: Reach, perScene = 1): T[] {
    const order = shuffledOrder(`${name} ${this.seed}`, bank.length);
    if (order.length * WHEEL_FROM < this.scenes) {
      return this.wheel(order.length, perScene, reach).map((at) => bank[order[at]!]!);
    }
    const dealtTo = (owner: number): T[] => {
      const cards: T[] = [];
      for (let at = owner; at < order.length; at += this.scenes) cards.push(bank[order[at]!]!);
      return cards;
    };
    const own = dealtTo(this.ordinal % this.scenes);
    if (reach === 'own') return own;
    const near = [...own, ...this.siblings().flatMap(dealtTo)];
    if (reach === 'near') return near;
    const owners = this.others();
    const fallback = order.length === 0 ? [] : [bank[order[this.ordinal % order.length]!]!];
    return [...new Set([...own, ...fallback, ...owners.flatMap(dealtTo)])];
  }

  /**
   * Positions of this scene's cards on a wheel that is turned on by `perScene` from scene to scene. Each full turn is
   * shifted, or a scene in three with the same person would always meet the same few cards.
   */
  private wheel(length: number, perScene: number, reach: Reach): number[] {
    const turned = this.ordinal * perScene;
    const start = turned + Math.floor(turned / Math.max(1, length)) * SHIFT;
    const from = (first: number, count: number): number[] =>
      Array.from({ length: count }, (_, index) => (first + index) % length);
    const own = from(start, Math.min(perScene, length));
    return reach === 'all' ? [...new Set([...own, ...from(start + Math.floor(length / 2), length)])] : own;
  }

  /**
   * Whose cards this scene may take where it has run out: those far away first, from another place on than its
   * neighbours, which run out as well.
   */
  private others(): number[] {
    const start = this.ordinal * STRIDE + Math.floor(this.scenes / 2);
    const all = Array.from({ length: this.scenes }, (_, index) => (start + index) % this.scenes);
    const isFar = (scene: number): boolean => Math.abs(scene - this.ordinal) > CLOSE;
    return [...all.filter(isFar), ...all.filter((scene) => !isFar(scene))];
  }

  /** Scenes of the chapter that go on somewhere else and with somebody else, as blueprints arrange it. */
  private siblings(): number[] {
    const first = this.ordinal - (this.ordinal % this.scenesPerChapter);
    const chapter = Array.from({ length: this.scenesPerChapter }, (_, index) => first + index);
    // With two people to meet every second scene has the same, with three every third.
    return chapter.filter((scene) => (scene - this.ordinal) % 2 !== 0 && (scene - this.ordinal) % 3 !== 0);
  }

  /** The next of a bank in which repeating is no harm: names of things, sounds, lights. */
  next<T>(name: string, bank: readonly T[]): T {
    const order = shuffledOrder(`${name} ${this.seed}`, bank.length);
    const count = this.drawn.get(name) ?? 0;
    this.drawn.set(name, count + 1);
    return bank[order[(this.ordinal + count) % order.length]!]!;
  }
}
