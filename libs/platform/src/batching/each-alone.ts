import { oneByOne } from './one-by-one';

/**
 * For a look at many things that have nothing to do with each other: does it for each, one after the other. One that fails
 * keeps no other waiting; it is told to `failed`.
 */
export async function eachAlone<I>(
  items: readonly I[],
  work: (item: I) => Promise<unknown>,
  failed: (item: I, error: unknown) => void,
): Promise<void> {
  const outcomes = await Promise.allSettled(await oneByOne(items, work));
  outcomes.forEach((outcome, index) => {
    if (outcome.status === 'rejected') failed(items[index]!, outcome.reason);
  });
}
