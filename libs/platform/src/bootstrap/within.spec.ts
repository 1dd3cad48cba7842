import { within } from './within';

describe('within', () => {
  it('answers what comes in time', async () => {
    expect(await within(1_000, Promise.resolve(7))).toBe(7);
  });

  it('passes on an error that comes in time', async () => {
    await expect(within(1_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('does not wait for what does not come', async () => {
    expect(await within(5, new Promise(() => undefined))).toBeUndefined();
  });

  it('lets an error that comes too late go', async () => {
    let fail!: (error: Error) => void;
    expect(await within(5, new Promise((_resolve, reject) => (fail = reject)))).toBeUndefined();
    fail(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});
