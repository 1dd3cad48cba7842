/** Marks that the time was over first. */
const LATE = Symbol('LATE');

/**
 * Waits for `work`, but not longer than `limitMs` milliseconds; what comes later, an error included, is let go.
 * @returns what `work` answered, or `undefined` when it took too long
 * @throws what `work` throws in time
 */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), limitMs);
  });
  try {
    const first = await Promise.race([work, limit]);
    if (first !== LATE) return first;
    work.catch(() => undefined);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
