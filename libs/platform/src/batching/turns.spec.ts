import { Turns } from './turns';

it('gives each caller a turn of the event loop, in order, and lets others have theirs in between', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const tick = (left: number): void => {
    seen.push('other');
    if (left > 1) setImmediate(() => tick(left - 1));
  };
  setImmediate(() => tick(4));
  await Promise.all(
    ['first', 'second', 'third'].map(async (name) => {
      await turns.next();
      seen.push(name);
    }),
  );
  const own = seen.filter((name) => name !== 'other');
  expect(own).toEqual(['first', 'second', 'third']);
  for (const [index, name] of own.slice(1).entries()) {
    expect(seen.slice(seen.indexOf(own[index]!), seen.indexOf(name))).toContain('other');
  }
});
