import { Batcher } from './batcher';
import { oneByOne } from './one-by-one';

it('does one after the other, and a failure is told to whoever added that item, and to nobody else', async () => {
  const begun: string[] = [];
  let working = 0;
  const work = async (item: string): Promise<string> => {
    begun.push(item);
    working += 1;
    expect(working).toBe(1);
    await new Promise((done) => setImmediate(done));
    working -= 1;
    if (item === 'b') throw new Error('b is bad');
    return item.toUpperCase();
  };
  const batcher = new Batcher<string, string>((batch) => oneByOne(batch, work));
  const settled = await Promise.allSettled(['a', 'b', 'c'].map((item) => batcher.add(item)));
  expect(begun).toEqual(['a', 'b', 'c']);
  expect(settled).toEqual([
    { status: 'fulfilled', value: 'A' },
    { status: 'rejected', reason: new Error('b is bad') },
    { status: 'fulfilled', value: 'C' },
  ]);
});
