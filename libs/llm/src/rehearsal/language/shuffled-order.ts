import { SeededRandom } from './seeded-random';

const LARGEST_CACHE = 4000;
const orders = new Map<string, readonly number[]>();

/** The positions of a list of `length`, shuffled by `seed`; kept, because every scene of a book asks for the same. */
export function shuffledOrder(seed: string, length: number): readonly number[] {
  const key = `${length} ${seed}`;
  const known = orders.get(key);
  if (known !== undefined) return known;
  if (orders.size >= LARGEST_CACHE) orders.clear();
  const order = new SeededRandom(`deck ${key}`).shuffled(Array.from({ length }, (_, index) => index));
  orders.set(key, order);
  return order;
}
