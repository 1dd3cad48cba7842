import fc from 'fast-check';
import { isOverdue, payers, placeAt, placeKey, placeOrdinal, type Book, type Written } from './book';
import { standingOf, type Turn } from './obligation-life';

const BOOK: Book = { chapters: 4, scenesPerChapter: 3, terms: { scenes: 4, hours: 24 } };
const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));

function turn(by: Turn['by'], event: Turn['event'], point: [number, number] | null, hour = 0): Turn {
  return {
    by,
    event,
    place: point && { chapter: point[0], scene: point[1] },
    at: at(hour),
    branch: 'main',
    sceneId: by === 'scene' ? `s${point?.join('.')}` : null,
    kind: 'promise',
    text: 'the key',
    personaKey: 'ada quill',
    persona: 'Ada Quill',
    due: null,
    note: null,
    actor: by === 'person' ? 'a writer' : null,
    source: null,
    itemId: null,
    actionId: null,
  };
}
const planted = turn('scene', 'planted', [1, 2]);
const written = (...points: string[]): Written => new Map(points.map((point) => [point, 'main']));
const statusOf = (...turns: Turn[]) => standingOf(turns, BOOK)?.status;

describe('standingOf', () => {
  it('is decided by places in the story, whatever the order of the turns', () => {
    const anyTurns = fc.array(
      fc.record({
        event: fc.constantFrom<Turn['event'][]>('planted', 'resolved'),
        chapter: fc.integer({ min: 1, max: 4 }),
        scene: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(anyTurns, (given) => {
        const turns = given.map(({ event, chapter, scene }) => turn('scene', event, [chapter, scene]));
        const places = (event: Turn['event']): number[] =>
          turns.filter((one) => one.event === event).map((one) => placeOrdinal(one.place!, BOOK));
        const [last, kept] = [Math.max(...places('planted')), Math.max(...places('resolved'))];
        const expected = places('planted').length === 0 ? undefined : kept >= last ? 'resolved' : 'open';
        expect(statusOf(...turns)).toBe(expected);
        expect(statusOf(...turns.toReversed())).toBe(expected);
      }),
    );
  });

  it('lets the last word of a person go before scenes', () => {
    const dismissed = turn('person', 'dismissed', null, 2);
    const reopened = turn('person', 'reopened', null, 4);
    expect(statusOf(planted, dismissed)).toBe('dismissed');
    expect(statusOf(planted, turn('scene', 'planted', [3, 1], 3), dismissed)).toBe('dismissed');
    expect(statusOf(planted, dismissed, reopened)).toBe('open');
    // What was kept before it was reopened is not kept any more; what is kept after it is.
    expect(statusOf(planted, turn('scene', 'resolved', [2, 1], 3), reopened)).toBe('open');
    expect(statusOf(planted, turn('scene', 'resolved', [2, 1], 5), reopened)).toBe('resolved');
  });

  it('is due where a person says, else where a design pays it off, else so many scenes later, else at the end', () => {
    const due = (...turns: Turn[]) => {
      const standing = standingOf(turns, BOOK)!;
      return [standing.dueSource, standing.due && placeKey(standing.due)];
    };
    expect(due(planted)).toEqual(['default', '2.3']);
    expect(due(turn('scene', 'planted', [4, 1]))).toEqual(['end', '4.3']);
    expect(due(planted, turn('blueprint', 'scheduled', [3, 3]), turn('blueprint', 'scheduled', [2, 3]))).toEqual([
      'blueprint',
      '2.3',
    ]);
    // A design that plants something pays it off in a later chapter, or has handed it on.
    const design = turn('blueprint', 'planted', [2, 0]);
    expect(due(design, turn('blueprint', 'scheduled', [2, 3]))).toEqual(['default', '4.1']);
    const said = { ...turn('person', 'planted', [0, 0]), due: { chapter: 1, scene: 1 } };
    expect(due(said, turn('blueprint', 'scheduled', [2, 3]))).toEqual(['person', '1.1']);
    expect(standingOf([planted], undefined)).toMatchObject({ due: null, dueSource: null });
  });
});

describe('isOverdue', () => {
  const standing = standingOf([planted], BOOK)!;

  it('once every scene up to the due point is written, not when later ones are', () => {
    const now = at(1);
    expect(isOverdue(standing, BOOK, written('1.3', '2.1', '2.2'), now)).toBe(false);
    expect(isOverdue(standing, BOOK, written('1.3', '2.1', '2.2', '3.1', '3.2'), now)).toBe(false);
    expect(isOverdue(standing, BOOK, written('1.3', '2.1', '2.2', '2.3'), now)).toBe(true);
  });

  it('once it is open for as many hours as it may, to the moment', () => {
    expect(isOverdue(standing, BOOK, written(), new Date(at(24).getTime() - 1))).toBe(false);
    expect(isOverdue(standing, BOOK, written(), at(24))).toBe(true);
    const closed = standingOf([planted, turn('person', 'resolved', null, 1)], BOOK)!;
    expect(isOverdue(closed, BOOK, written(), at(48))).toBe(false);
  });

  it('not by scenes when it is due at the end of the book', () => {
    const late = standingOf([turn('scene', 'planted', [4, 1])], BOOK)!;
    expect(isOverdue(late, BOOK, written('4.1', '4.2', '4.3'), at(1))).toBe(false);
  });
});

describe('payers', () => {
  const of = { planId: 'p', branch: 'alt', book: BOOK };

  it('are the scenes of the chapter whose design pays it off, with the branch that has written each', () => {
    const standing = standingOf([planted, turn('blueprint', 'scheduled', [2, 3])], BOOK)!;
    expect(payers(standing, { ...of, written: written('2.1') })).toEqual([
      'item:scene:p-c002-s01',
      'item:scene:p-c002-s02@alt',
      'item:scene:p-c002-s03@alt',
    ]);
  });

  it('else those that are yet to be written, else the last chapter', () => {
    const standing = standingOf([turn('scene', 'planted', [4, 1])], BOOK)!;
    expect(payers(standing, { ...of, written: written('4.2') })).toEqual(['item:scene:p-c004-s03@alt']);
    expect(payers(standing, { ...of, written: written('4.2', '4.3') })).toHaveLength(3);
  });
});

it('numbers scenes there and back', () => {
  for (let ordinal = 1; ordinal <= 12; ordinal += 1) expect(placeOrdinal(placeAt(ordinal, BOOK), BOOK)).toBe(ordinal);
});
