import { SeededRandom } from '../language/seeded-random';

/**
 * Draws from banks like from shuffled decks. The order is the book's and each scene starts further on in it, so that
 * neighbouring scenes use different parts of a bank without knowing of each other.
 */
export class Decks {
  private readonly drawn = new Map<string, number>();
  private static readonly orders = new Map<string, readonly number[]>();

  constructor(
    private readonly seed: string,
    private readonly ordinal: number,
  ) {}

  /**
   * The next of `bank`; begins again when all have been drawn.
   * @param stride about how many a scene draws: so many further on the next scene starts
   */
  draw<T>(name: string, bank: readonly T[], stride: number): T {
    const order = this.order(name, bank.length);
    const count = this.drawn.get(name) ?? 0;
    this.drawn.set(name, count + 1);
    return bank[order[(this.ordinal * stride + count) % order.length]!]!;
  }

  /** Only positions are kept, never the bank: what is drawn must not depend on who drew first. */
  private order(name: string, length: number): readonly number[] {
    const key = `${name} ${length} ${this.seed}`;
    const known = Decks.orders.get(key);
    if (known !== undefined) return known;
    if (Decks.orders.size > 4000) Decks.orders.clear();
    const order = new SeededRandom(`deck ${key}`).shuffled(Array.from({ length }, (_, index) => index));
    Decks.orders.set(key, order);
    return order;
  }
}
