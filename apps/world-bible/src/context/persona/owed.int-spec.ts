import type { Continuity } from '@fiction/contracts';
import { fileWorld } from '../../testing/bible-fixture';
import { entry } from '../../testing/entry.builder';
import { ObligationFixture } from '../../testing/obligation.fixture';

let fixture: ObligationFixture;
beforeAll(async () => (fixture = await ObligationFixture.start()));
afterAll(() => fixture.stop());

const SHAPE = { chapters: 4, terms: { scenes: 2, hours: 24 } };
const owed = async (planId: string, chapter: number, scene: number, continuity: Continuity = 'strict') =>
  (await fixture.context(planId, chapter, scene, { continuity })).persona.obligations;

it('tells what is outstanding, by when, whether it is overdue and what changed', async () => {
  await fixture.begin('told');
  await fixture.design('told', 1, SHAPE);
  await fixture.scene('told', 1, 1, { obligationsOpened: [{ text: 'the key', kind: 'mystery' }, 'the visit'] });
  expect(await owed('told', 1, 2)).toEqual([
    { text: 'the key', kind: 'mystery', due: '2.1', overdue: false, changed: 'planted in 1.1' },
    { text: 'the visit', kind: 'promise', due: '2.1', overdue: false, changed: 'planted in 1.1' },
  ]);
  await fixture.design('told', 2, { ...SHAPE, payoffs: ['the key'] });
  expect(await owed('told', 2, 2)).toMatchObject([
    { text: 'the key', due: '2.2', overdue: false },
    { text: 'the visit', due: '2.1', overdue: true },
  ]);
  // Not before the design that pays it off surely was there.
  expect(await owed('told', 1, 2)).toMatchObject([{ due: '2.1' }, { due: '2.1' }]);
  await fixture.plant('told', 'the debt', { planted: '1.2', due: '3.1', note: 'to Tobias' });
  await fixture.act('told', 'the key', 'annotate', { note: 'make it cost her something' });
  await fixture.act('told', 'the visit', 'dismiss');
  expect(await owed('told', 2, 2)).toEqual([
    {
      text: 'the key',
      kind: 'mystery',
      due: '2.2',
      overdue: false,
      changed: 'annotated: make it cost her something',
    },
    { text: 'the debt', kind: 'debt', due: '3.1', overdue: false, changed: 'planted: to Tobias' },
  ]);
  expect(await owed('told', 1, 1)).toEqual([]);
});

it('tells what earlier designs have planted and do not pay off before the scene, with what surely came before', async () => {
  await fixture.begin('plan');
  await fixture.design('plan', 1, { ...SHAPE, plants: ['the lamp', 'the rope'] });
  await fixture.design('plan', 2, { ...SHAPE, plants: ['the coat'], payoffs: ['the lamp'] });
  await fixture.design('plan', 3, { ...SHAPE, payoffs: ['the rope'] });
  const texts = async (chapter: number, continuity: Continuity) =>
    (await owed('plan', chapter, 1, continuity)).map(({ text, due }) => `${text} ${due}`).sort();
  expect(await texts(1, 'chapter')).toEqual([]);
  expect(await texts(2, 'chapter')).toEqual(['the lamp 2.2', 'the rope 2.2']);
  // Chapter 2 is written beside chapter 3: what it is to pay off is taken as paid.
  expect(await texts(3, 'chapter')).toEqual(['the coat 3.2', 'the rope 3.2']);
  // With strict continuity chapter 2 is written before, and has not paid.
  expect(await texts(3, 'strict')).toEqual(['the coat 3.2', 'the lamp 2.2', 'the rope 3.2']);
  expect(await texts(3, 'loose')).toEqual([]);
  await fixture.scene('plan', 2, 2, { obligationsResolved: ['the lamp'] });
  expect(await texts(3, 'strict')).toEqual(['the coat 3.2', 'the rope 3.2']);
  await fixture.act('plan', 'the lamp', 'reopen');
  expect(await texts(3, 'chapter')).toContain('the lamp 2.2');
  expect(await texts(3, 'strict')).toContain('the lamp 2.2');
});

it('tells of the many that are overdue the longest due and the latest', async () => {
  await fixture.begin('many');
  const shape = { chapters: 40, terms: { scenes: 1, hours: 24 } };
  await fixture.design('many', 1, shape);
  const promise = (n: number): string => `promise ${n}`;
  for (let chapter = 1; chapter <= 20; chapter += 1) {
    const obligationsOpened = [2 * chapter - 1, 2 * chapter].map(promise);
    await fixture.scene('many', chapter, 1, { obligationsOpened });
  }
  const told = await owed('many', 30, 1);
  expect(told.map(({ text }) => text)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 33, 34, 35, 36, 37, 38, 39, 40].map(promise));
  expect(told.every(({ overdue }) => overdue)).toBe(true);
});

it('answers the same before and after scenes that come later or side by side are filed', async () => {
  await fixture.begin('same');
  await fixture.design('same', 1, { ...SHAPE, plants: ['the lamp'] });
  await fixture.design('same', 2, { ...SHAPE, payoffs: ['the lamp'] });
  await fixture.scene('same', 2, 1, { obligationsOpened: ['the key'] });
  const before = await fixture.context('same', 2, 2);
  await fixture.scene('same', 1, 2, {
    obligationsResolved: ['the key', 'the lamp'],
    memories: [{ persona: 'Tobias Marsh', text: 'x' }],
  });
  await fixture.scene('same', 2, 2, { obligationsResolved: ['the key'] });
  await fixture.scene('same', 3, 1, { obligationsOpened: ['the lamp'] });
  await fixture.design('same', 3, { ...SHAPE, payoffs: ['the key'] });
  expect(await fixture.context('same', 2, 2)).toEqual(before);
});

it('tells the gates what the narrator has not learned', async () => {
  const fact = (statement: string, from: string) => ({ statement, from, until: null });
  await fileWorld(fixture.service, 'secret', [
    entry('Ada Quill'),
    entry('Tobias Marsh', {
      facts: [fact('Tobias sold the clock.', '0.0'), fact('Tobias drowns.', '2.2'), fact('Tobias limps.', '0.0')],
    }),
  ]);
  const unknown = async (scene: number, pov = 'Ada Quill') =>
    (await fixture.context('secret', 1, scene, { pov })).notKnown.map(({ statement }) => statement);
  expect(await unknown(1)).toEqual(['Tobias drowns.']);
  const told = 'remembers how Tobias sold the clock';
  await fixture.scene('secret', 1, 1, { memories: [{ persona: 'Tobias Marsh', text: told }] });
  expect(await unknown(2)).toEqual(['Tobias sold the clock.', 'Tobias drowns.']);
  expect(await unknown(2, 'Tobias Marsh')).toEqual(['Tobias drowns.']);
  // Not of scenes that do not come before for sure.
  expect(await unknown(1)).toEqual(['Tobias drowns.']);
  await fixture.scene('secret', 1, 2, {
    memories: [{ persona: 'Ada Quill', text: 'was told that Tobias sold the clock' }],
  });
  expect(await unknown(3)).toEqual(['Tobias drowns.']);
});
