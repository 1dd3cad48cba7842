import { briefDigest as briefDigestOf } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchUnderTest } from './fixtures/launch-under-test';

let launcher: LaunchUnderTest;
beforeEach(async () => {
  launcher = await LaunchUnderTest.create();
});
afterEach(() => launcher.remove());

it('writes the book, shows each phase, and puts both manuscripts where they were asked for', async () => {
  expect(await launcher.start()).toBe(0);

  expect(launcher.seen).toMatch(/postgres .*given/);
  expect(launcher.seen).toMatch(/planner +:\d+/);
  expect(launcher.seen).toMatch(/vision +1\/1[^\n]*\n.*scene +4\/4 .*done .*4 calls .*60 tokens .*\$0\.00/s);
  expect(launcher.seen).toContain('A Book is complete: 400 words, 4 model calls');
  expect(launcher.seen).toMatch(/token +fw_[\w-]{43}/);
  expect(await readdir(join(launcher.dir, 'out'))).toEqual(['a-book.json', 'a-book.md']);
  const manuscript = await readFile(join(launcher.dir, 'out', 'a-book.json'), 'utf8');
  expect(JSON.parse(manuscript)).toEqual({ manuscriptOf: 'plan-1', format: 'json' });
});

it('tells what the whole book took, though what the last run took is counted only after it is complete', async () => {
  expect(await launcher.start({ brief: 'title: A Book\nLATE' })).toBe(0);
  expect(launcher.seen).toContain('A Book is complete: 400 words, 4 model calls');
});

it('writes out a book that is complete without making it again, unless it is told to', async () => {
  await launcher.start();
  await rm(join(launcher.dir, 'out'), { recursive: true });
  expect(await launcher.start()).toBe(0);
  expect(launcher.seen).toContain('showing A Book (plan plan-1)');
  expect(launcher.seen).toContain('--again makes a new one');
  expect(await readdir(join(launcher.dir, 'out'))).toEqual(['a-book.json', 'a-book.md']);

  expect(await launcher.start({ again: true })).toBe(0);
  expect(launcher.seen).toContain('writing A Book (plan plan-2)');
  expect(await readFile(join(launcher.dir, 'out', 'a-book.md'), 'utf8')).toContain('plan-2');
});

it('keeps every manuscript that a writer has worked on, and says where', async () => {
  const manuscript = join(launcher.dir, 'out', 'a-book.md');
  await launcher.start();
  for (const edit of ['EDIT1', 'EDIT2']) {
    await appendFile(manuscript, edit);
    await launcher.start();
  }
  expect(await readFile(`${manuscript}.bak-1`, 'utf8')).toMatch(/plan-1.*EDIT1$/);
  expect(await readFile(`${manuscript}.bak-2`, 'utf8')).toMatch(/plan-1.*EDIT2$/);
  expect(launcher.seen).toMatch(/kept +\S*a-book\.md\.bak-2/);
  expect((await readdir(join(launcher.dir, 'out'))).filter((name) => name.includes('json'))).toEqual(['a-book.json']);
});

it('prints no address of a gateway that is about to stop', async () => {
  await launcher.start();
  const end = launcher.seen.slice(launcher.seen.indexOf('is complete'));
  expect(end).not.toMatch(/gateway|token +fw_/);
  const stop = await launcher.startUntil('Serving', {});
  expect(launcher.seen.slice(launcher.seen.indexOf('is complete'))).toMatch(/gateway +http.*token +fw_/s);
  await stop();
});

it('saves what there is of a book that failed, beside a whole one, and says how to go on', async () => {
  await launcher.start({ brief: 'title: Lost' });
  expect(await launcher.start({ brief: 'title: Lost\nFAILED' })).toBe(1);
  expect(await readdir(join(launcher.dir, 'out'))).toEqual(
    ['lost.json', 'lost.md', 'lost.partial.json', 'lost.partial.md'].sort(),
  );
  expect(launcher.seen).toMatch(/so far +\S*lost\.partial\.md/);
  expect(launcher.seen).toContain('/api/fiction/plans/plan-2/transcripts');
  expect(launcher.seen).toMatch(/start again with the same brief/);
  // Gone on with, the book becomes whole, and what there was of it before is still there.
  expect(await launcher.start({ brief: 'title: Lost\nFAILED' })).toBe(0);
  expect(launcher.seen).toMatch(/kept +\S*lost\.partial\.md/);
});

it('names the other books that carry on, and saves each when it is complete', async () => {
  const first = await launcher.startUntil('writing Big (plan plan-1)', { brief: 'title: Big\nUNTIL open' });
  await first();
  const stop = await launcher.startUntil('Small is complete', { brief: 'title: Small' });
  expect(launcher.seen).toContain('also carrying on Big (plan plan-1)');
  await writeFile(join(launcher.dir, '.data', 'open'), '');
  await until('Big is saved', () => /Big is complete too.*big\.md/s.test(launcher.seen));
  await stop();
  expect(await readdir(join(launcher.dir, 'out'))).toEqual(expect.arrayContaining(['big.md', 'small.md']));
});

it('tells of other books when they wait, are paused, go on or fail: each change once', async () => {
  await launcher.start({ brief: 'title: Other' });
  const waits = 'WAITS waits for gone/m: there is no key';
  await launcher.addPlan({ brief: `ENDLESS ${waits}`, title: 'Big', looks: 0 });
  await launcher.addPlan({ brief: 'FAILED', title: 'Lost', looks: 0 });
  const stop = await launcher.startUntil('Serving', { brief: 'title: Other' });
  const told = (text: string): number => launcher.seen.split(text).length - 1;
  await until('the wait is told', () => told('Big: vision waits for gone/m: there is no key') > 0);
  await until('the failure is told', () => told('Lost has failed: the model gave up') > 0);
  await launcher.changePlan('Big', { held: 'the budget is spent' });
  await until('the pause is told', () => told('Big is paused: the budget is spent') > 0);
  await launcher.changePlan('Big', { held: null });
  await launcher.changePlan('Lost', { resumes: ['key'] });
  await until('both go on', () => told('Big goes on') > 0 && told('Lost is complete too') > 0);
  for (const text of ['Big is paused', 'Big goes on', 'Lost has failed', 'Lost is complete'])
    expect(told(text)).toBe(1);
  expect(told('Big: vision waits')).toBeLessThanOrEqual(2);
  await stop();
});

it('says why the book it follows stands still', async () => {
  const brief = 'title: Long\nENDLESS WAITS waits for local/m: connection refused';
  const stop = await launcher.startUntil('  vision waits for local/m: connection refused', { brief });
  await stop();
});

it('names paused books in one line, however many there are', async () => {
  await launcher.start({ brief: 'title: Other' });
  for (let n = 1; n <= 5; n += 1) await launcher.addPlan({ brief: 'PAUSED', title: `Book ${n}`, looks: 0 });
  await launcher.start({ brief: 'title: Other' });
  expect(launcher.seen.match(/^.*paused.*$/gm)).toEqual([
    '  5 paused books are left alone: Book 5, Book 4, Book 3 and 2 more',
  ]);
});

it('names books that have failed, which only their own brief or a resume sets going again', async () => {
  expect(await launcher.start({ brief: 'title: Lost\nFAILED' })).toBe(1);
  await launcher.start({ brief: 'title: Other' });
  expect(launcher.seen).toContain('  1 failed book is left alone: Lost\n');
});

it('says in one line that a folder is where the manuscript would go, whenever it gets there', async () => {
  await mkdir(join(launcher.dir, 'out', 'a-book.md'), { recursive: true });
  await expect(launcher.start()).rejects.toMatchObject({ code: 'MANUSCRIPT_NOT_SAVED' });
  expect(existsSync(join(launcher.dir, '.data'))).toBe(false);

  await mkdir(join(launcher.dir, 'out', 'lost.partial.md'));
  expect(await launcher.start({ brief: 'title: Lost\nFAILED' })).toBe(1);
  expect(launcher.seen).toMatch(/Lost could not be written: EISDIR.*\n/);
});

it('ends with 1 and the reason when the book failed or is paused', async () => {
  expect(await launcher.start({ brief: 'title: Lost\nFAILED' })).toBe(1);
  expect(launcher.seen).toContain('Lost has failed: the model gave up');
  expect(await launcher.start({ brief: 'title: Dear\nPAUSED' })).toBe(1);
  expect(launcher.seen).toContain('Dear is paused: the budget is spent');
});

it('ends with 1 and the reason when nothing of the book goes on by itself', async () => {
  expect(await launcher.start({ brief: 'title: Still\nCANCELLED' })).toBe(1);
  expect(launcher.seen).toMatch(/Still stands still: scene 9\.3 was cancelled; to go on, POST http/);
});

it('follows on a book that is paused for a moment only', async () => {
  expect(await launcher.start({ brief: 'title: Hiccup\nHICCUP' })).toBe(0);
  expect(launcher.seen).toContain('Hiccup is complete');
});

it('follows on a book whose database is away for long while somebody is there to mend it, and else ends', async () => {
  const stop = await launcher.startUntil('Far is complete', { brief: 'title: Far\nAWAY' });
  expect(launcher.seen).toContain('the gateway does not answer: The database is away (503); the book goes on');
  await stop();
  await expect(launcher.start({ brief: 'title: Farther\nAWAY' })).rejects.toMatchObject({
    code: 'GATEWAY_UNREACHABLE',
  });
});

it('carries on the unfinished plan of the same brief, and no other in its place', async () => {
  const first = await launcher.startUntil('writing Long (plan plan-1)', { brief: 'title: Long\nENDLESS' });
  await first();
  const again = await launcher.startUntil('carrying on Long (plan plan-1)', { brief: 'title: Long\nENDLESS' });
  await again();

  expect(await launcher.start({ brief: 'title: Other' })).toBe(0);
  expect(launcher.seen).toContain('writing Other (plan plan-2)');
  expect(launcher.seen).toContain('also carrying on Long (plan plan-1)');
  const back = await launcher.startUntil('carrying on Long (plan plan-1)', { brief: 'title: Long\nENDLESS' });
  await back();
});

it.each([
  ['unfinished', 'ENDLESS', 'carrying on Mine (plan plan-2)'],
  ['complete', '', 'showing Mine (plan plan-2)'],
  ['failed', 'FAILED', 'carrying on Mine: 2 failed items are tried again (plan plan-2)'],
])('carries on a plan of the same brief that was made over REST and is %s', async (_name, ends, line) => {
  const brief = `title: Mine\n${ends}`;
  const briefDigest = briefDigestOf({ title: 'Mine', author: 'A. Writer', text: `A premise.\n${ends}`.trim() });
  await launcher.start({ brief: 'title: Other' });
  await launcher.addPlan({ brief, title: 'Mine', looks: 9, briefDigest });
  const stop = await launcher.startUntil(line, { brief });
  expect(launcher.seen).not.toContain('writing');
  await stop();
  expect(await launcher.plans()).toHaveLength(2);
});

it('tries again what failed when it is started again, and makes no new plan', async () => {
  const brief = 'title: Lost\nFAILED';
  expect(await launcher.start({ brief })).toBe(1);
  expect(launcher.seen).toMatch(/start again with the same brief: what failed is tried again/);
  expect(await launcher.start({ brief })).toBe(0);
  expect(launcher.seen).toContain('carrying on Lost: 2 failed items are tried again (plan plan-1)');
  expect(launcher.seen).toContain('Lost is complete');
  expect(await launcher.plans()).toMatchObject([{ id: 'plan-1', resumes: [expect.stringMatching(/^\S{8,}$/)] }]);
});

it('says that nothing is served when it is to exit, and where to resume when it is not', async () => {
  const brief = 'title: Lost\nFAILED';
  await launcher.start({ brief });
  expect(launcher.seen).not.toMatch(/serves|http:.*(resume|events)/);
  const stop = await launcher.startUntil('Serving', { brief, again: true });
  expect(launcher.seen).toMatch(/POST http:\S+\/api\/fiction\/plans\/plan-2\/resume, or start again/);
  await stop();
});

it('serves on after the book is complete, until it is told to stop', async () => {
  const stop = await launcher.startUntil('Serving', { brief: 'title: Short' });
  expect(launcher.seen).toContain('Short is complete');
  expect(await stop()).toMatchObject({ message: 'Ctrl-C' });
  expect(launcher.seen).toMatch(/stopped\n$/);
});
