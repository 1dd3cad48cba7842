import { SeededRandom } from '../language/seeded-random';

/** How far apart two scenes that follow each other start in a bank. */
const STRIDE = 5;

/**
 * Draws from banks like from shuffled decks. The order is the book's and each scene starts further on in it, so that
 * neighbouring scenes use different parts of a bank without knowing of each other.
 */
export class Decks {
  private readonly drawn = new Map<string, number>();
  private static readonly orders = new Map<string, readonly unknown[]>();

  constructor(
    private readonly seed: string,
    private readonly ordinal: number,
    readonly random: SeededRandom,
  ) {}

  /** The next of `bank`; begins again when all have been drawn. */
  draw<T>(name: string, bank: readonly T[]): T {
    const order = this.order(name, bank);
    const count = this.drawn.get(name) ?? 0;
    this.drawn.set(name, count + 1);
    return order[(this.ordinal * STRIDE + count) % order.length]!;
  }

  private order<T>(name: string, bank: readonly T[]): readonly T[] {
    const key = `${name} ${bank.length} ${this.seed}`;
    const known = Decks.orders.get(key) as readonly T[] | undefined;
    if (known !== undefined) return known;
    if (Decks.orders.size > 4000) Decks.orders.clear();
    const order = new SeededRandom(`deck ${key}`).shuffled(bank);
    Decks.orders.set(key, order);
    return order;
  }
}
