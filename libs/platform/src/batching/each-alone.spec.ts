import { eachAlone } from './each-alone';

it('does every one in its turn, and tells which have failed', async () => {
  const begun: string[] = [];
  const failures: string[] = [];
  await eachAlone(
    ['a', 'b', 'c', 'd'],
    async (item) => {
      begun.push(item);
      if ('bd'.includes(item)) throw new Error(`${item} is bad`);
    },
    (item, error) => failures.push(`${item}: ${String(error)}`),
  );
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  expect(failures).toEqual(['b: Error: b is bad', 'd: Error: d is bad']);
});
