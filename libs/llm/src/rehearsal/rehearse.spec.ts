import { RehearsalError } from './rehearsal.error';
import { REHEARSAL_NOTICE, rehearse, REHEARSED_TASKS } from './rehearse';

const book = {
  title: 'The Salt Clock',
  author: 'M. Okafor',
  genre: ['mystery'],
  tone: 'wry',
  audience: 'adult',
  pov: 'third-limited',
  tense: 'past',
  language: 'en',
  premise: 'A clock stops in Halm Ferry.',
};

describe('rehearse', () => {
  it('gives the same answer to the same question', () => {
    const ask = (): string => rehearse('vision.compose', { book, cast: [], chapters: 3 });
    expect(ask()).toBe(ask());
  });

  it('gives another book another answer', () => {
    const of = (title: string): string =>
      rehearse('vision.compose', { book: { ...book, title }, cast: [], chapters: 3 });
    expect(of('The Salt Clock')).not.toBe(of('The Glass Ledger'));
  });

  it('says which tasks it knows when asked for one it does not, where a shape is expected', () => {
    const ask = (): string => rehearse('sonnet.compose', { book }, { type: 'object' });
    expect(ask).toThrow(RehearsalError);
    expect(ask).toThrow(/does not know the task "sonnet.compose".*vision\.compose/);
  });

  it('answers an unknown task without a shape by saying what it is', () => {
    expect(rehearse('sonnet.compose', { book })).toContain(REHEARSAL_NOTICE);
  });

  it.each(REHEARSED_TASKS.filter((task) => task !== 'lore.check'))('%s without a book is a clear error', (task) => {
    expect(() => rehearse(task, {}, {})).toThrow(/material has no book/);
  });

  it('knows every task of the phases', () => {
    expect([...REHEARSED_TASKS].sort()).toEqual([
      'blueprint.compose',
      'lore.check',
      'lore.draft',
      'planner.pass',
      'scene.critique',
      'scene.draft',
      'scene.reflect',
      'scene.revise',
      'scene.summarise',
      'scroll.compose',
      'vision.compose',
      'world.domain',
    ]);
  });

  it('says in one sentence what it is', () => {
    expect(REHEARSAL_NOTICE.match(/\.( |$)/g)).toHaveLength(1);
  });
});
