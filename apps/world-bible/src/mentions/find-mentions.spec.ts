import fc from 'fast-check';
import { indexEntry } from '../bible/bible-entry';
import { entry } from '../testing/entry.builder';
import { findMentions } from './find-mentions';

const entries = [
  entry('Ada Quill', { aliases: ['Ada', 'the assessor'] }),
  entry('Ada Quill’s Folly', { type: 'location' }),
  entry('The Salt Clock', { type: 'object', aliases: ['the clock'] }),
  entry('Tobias Marsh', { aliases: ['the captain', 'Tobias'] }),
  entry('Mother Salt', { aliases: ['The Captain'] }),
  entry('塩', { type: 'object' }),
  entry('塩の時計', { type: 'object' }),
].map((one) => indexEntry(one));

/** How each name may be written, and whom it names. */
const NAMES: [string, string[]][] = [
  ['Ada Quill', ['Ada Quill']],
  ['ADA', ['Ada Quill']],
  ['an assessor', []],
  ['the assessor', ['Ada Quill']],
  ['Ada Quill’s Folly', ['Ada Quill’s Folly']],
  ['Ada  Quill’s lamp', ['Ada Quill']],
  ['the salt-clock', ['The Salt Clock']],
  ['The Clock', ['The Salt Clock']],
  ['the Captain', ['Tobias Marsh', 'Mother Salt']],
  ['塩の時計を', ['塩の時計']],
  ['塩は', ['塩']],
  ['Adagio', []],
  ['assessors', []],
];
const FILLERS = ['and', 'went, slowly,', '“Out!”', 'e\u0301tude 😀', '—'];

it('counts each name once, the longest where they overlap, and says where the first stands', () => {
  const anyPieces = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...FILLERS)), { maxLength: 25 });
  fc.assert(
    fc.property(anyPieces, (pieces) => {
      let prose = '';
      const expected = new Map<string, { count: number; at: number; piece: string }>();
      for (const [[written, named], filler] of pieces) {
        // What is not an assessor is one all the same: an article makes no difference.
        for (const name of written === 'an assessor' ? ['Ada Quill'] : named) {
          const known = expected.get(name) ?? { count: 0, at: prose.length, piece: written };
          expected.set(name, { ...known, count: known.count + 1 });
        }
        prose += `${written} ${filler} `;
      }
      const found = findMentions(prose, entries).map(({ entryId, count, firstOffset }) => {
        const { name } = entries.find((one) => one.id === entryId)!;
        return { name, count, firstOffset };
      });
      expect(Object.fromEntries(found.map(({ name, count }) => [name, count]))).toEqual(
        Object.fromEntries([...expected].map(([name, { count }]) => [name, count])),
      );
      for (const { name, firstOffset } of found) {
        const { at, piece } = expected.get(name)!;
        // A leading article is no part of a name.
        expect([at, at + piece.indexOf(' ') + 1]).toContain(firstOffset);
      }
    }),
  );
});

it('finds a name in a prose of any letters without falling over it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(findMentions(`${text} \u2003Ada Quill\u2003 ${text}`, entries).map((one) => one.entryId)).toContain(
        entries[0]!.id,
      );
    }),
  );
});
