import { ReadTogether } from './read-together';

const reads: string[] = [];
const chapters = new ReadTogether(async ([plan]: readonly [string], keys: number[]) => {
  reads.push(`${plan}: ${keys.join(', ')}`);
  if (plan === 'away') throw new Error('out of reach');
  return new Map(keys.filter((key) => key < 10).map((key) => [key, `${plan} ${key}`]));
});
beforeEach(() => void (reads.length = 0));

it('reads once for all who ask in one tick, of each plan alone, and afresh for who asks later', async () => {
  const asked = [chapters.get(['a'], 1), chapters.get(['b'], 1), chapters.get(['a'], 2), chapters.get(['a'], 1)];
  expect(await Promise.all(asked)).toEqual(['a 1', 'b 1', 'a 2', 'a 1']);
  expect(reads).toEqual(['a: 1, 2', 'b: 1']);
  expect(await chapters.get(['a'], 1)).toBe('a 1');
  expect(reads).toHaveLength(3);
});

it('answers nothing for what is not there', async () => {
  expect(await Promise.all([chapters.get(['a'], 9), chapters.get(['a'], 10)])).toEqual(['a 9', undefined]);
});

it('tells of a failure all who were to be answered by it, and nobody else', async () => {
  const asked = [chapters.get(['away'], 1), chapters.get(['away'], 2), chapters.get(['a'], 1)];
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});
