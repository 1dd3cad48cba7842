import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { LogOutput } from './log-output';

let dir: string;
let file: string;
let told: [number, string][];
const tellLost = (lines: number, why: string): string => {
  told.push([lines, why]);
  return `${lines} lost\n`;
};
const said = (): string => readFileSync(file, 'utf8');
const comesTo = async (text: string): Promise<void> => {
  while (said() !== text) await turn();
};

beforeEach(() => {
  told = [];
  dir = mkdtempSync(join(tmpdir(), 'fiction-log-'));
  file = join(dir, 'log');
  writeFileSync(file, '');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('writes lines in their order', async () => {
  const fd = openSync(file, 'a');
  const output = new LogOutput(fd, tellLost);
  for (const line of ['one\n', 'two\n', 'three\n']) output.write(line);
  await comesTo('one\ntwo\nthree\n');
  expect(told).toEqual([]);
  closeSync(fd);
});

it('loses what cannot be written, and says how much once it can be', async () => {
  // Nothing can be written to what is open for reading; and who opens a file next gets the same number.
  const fd = openSync(file, 'r');
  const output = new LogOutput(fd, tellLost);
  output.write('one\n');
  output.write('two\n');
  output.write('three\n');
  while (told.length === 0 || process.getActiveResourcesInfo().includes('FSReqCallback')) await turn();
  closeSync(fd);
  expect(openSync(file, 'a')).toBe(fd);
  while (!said().includes('four')) {
    output.write('four\n');
    await turn();
  }
  expect(said()).toMatch(/^\d+ lost\n(four\n)+$/);
  expect(told.at(-1)).toEqual([expect.any(Number), expect.stringContaining('EBADF')]);
  expect(told.at(-1)![0]).toBeGreaterThanOrEqual(3);
  closeSync(fd);
});

it('holds no more than so much for a reader that is slow', () => {
  const output = new LogOutput(openSync(file, 'a'), tellLost);
  const long = `${'x'.repeat(1_000_000)}\n`;
  for (let n = 0; n < 10; n += 1) output.write(long);
  output.flushSync();
  expect(said().length).toBeLessThan(6 * long.length);
});

it('ends with a process in whose log there is no room', () => {
  const output = new LogOutput(openSync(file, 'r'), tellLost);
  output.write('one\n');
  output.write('two\n');
  output.flushSync();
  expect(said()).toBe('');
});
