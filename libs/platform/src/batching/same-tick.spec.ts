import { SameTick } from './same-tick';

it('reads once for all who ask in one tick, and afresh for who asks later', async () => {
  const reads: string[] = [];
  const read = (key: string) => async () => `${key}${reads.push(key)}`;
  const same = new SameTick<string>();
  const together = await Promise.all([same.get('a', read('a')), same.get('b', read('b')), same.get('a', read('a'))]);
  expect(together).toEqual(['a1', 'b2', 'a1']);
  expect(await same.get('a', read('a'))).toBe('a3');
});

it('does not begin to read before the last of them has asked', async () => {
  const order: string[] = [];
  const same = new SameTick<void>();
  const read = async (): Promise<void> => void order.push('read');
  const first = same.get('a', read);
  order.push('asked again');
  await Promise.all([first, same.get('a', read)]);
  expect(order).toEqual(['asked again', 'read']);
});

it('tells everybody of a failure, and keeps none of it', async () => {
  const same = new SameTick<string>();
  const fail = (): Promise<string> => Promise.reject(new Error('away'));
  const outcomes = await Promise.allSettled([same.get('a', fail), same.get('a', fail)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await same.get('a', async () => 'back')).toBe('back');
});
