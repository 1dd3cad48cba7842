import { worldEntryDraftSchema } from '@fiction/contracts';
import * as fc from 'fast-check';
import { entryOfText } from './supplied-text';

it('makes the text the summary, and its sentences the facts', () => {
  const text = 'The mill burned.  Nobody\nsaw who lit it! It was March.';
  expect(entryOfText('The Mill', text, '2.3')).toEqual({
    name: 'The Mill',
    aliases: [],
    summary: text,
    facts: ['The mill burned.', 'Nobody saw who lit it!', 'It was March.'].map((statement) => ({
      statement,
      from: '2.3',
      until: null,
    })),
    relations: [],
  });
});

it('makes an entry that can be filed of whatever a person may write, always the same', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 2_000 }).filter((text) => /[\p{L}\p{N}]/u.test(text));
  const long = fc.array(fc.constantFrom('lamp', 'Dr.', 'quay!', '塩の時計。', '\n'), {
    minLength: 1,
    maxLength: 1_000,
  });
  fc.assert(
    fc.property(
      fc.oneof(
        texts,
        long.map((words) => `salt ${words.join(' ')}`),
      ),
      (text) => {
        const clean = text
          .replaceAll(/[^\P{Cc}\t\n\r]/gu, '')
          .trim()
          .slice(0, 8_000);
        const entry = entryOfText('N', clean, '0.0');
        expect(worldEntryDraftSchema.parse(entry)).toEqual(entry);
        expect(entryOfText('N', clean, '0.0')).toEqual(entry);
      },
    ),
  );
});
