/**
 * For what could not be done together: does it for each item alone, one after the other, so that one that fails takes no
 * neighbour with it. The outcomes are what the `flush` of a `Batcher` answers: whoever added an item hears of its failure.
 */
export async function oneByOne<I, O>(items: readonly I[], work: (item: I) => Promise<O>): Promise<Promise<O>[]> {
  const outcomes: Promise<O>[] = [];
  for (const item of items) {
    const outcome = work(item);
    outcomes.push(outcome);
    await Promise.allSettled([outcome]);
  }
  return outcomes;
}
