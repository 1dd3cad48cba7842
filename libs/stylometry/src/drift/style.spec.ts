import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GROUPS } from '../measures/groups';
import { styleByPatterns } from '../testing/by-patterns.fixture';
import { styleOf } from './style';

const PASSAGES = join(__dirname, '../../../testing/authors/passages');
const passages = readdirSync(PASSAGES)
  .sort()
  .map((file) => readFileSync(join(PASSAGES, file), 'utf8'));

/** The last digits of a sum are nobody's promise. */
function expectSameStyle(text: string): void {
  const [style, slow] = [styleOf(text), styleByPatterns(text)];
  expect(style.words).toBe(slow.words);
  for (const group of GROUPS) {
    const values = style.groups[group];
    const others = slow.groups[group];
    const apart = values.findIndex((value, at) => !(Math.abs(value - others[at]!) < 1e-9));
    expect({ group, apart, length: values.length }).toEqual({ group, apart: -1, length: others.length });
  }
}

it('one pass measures what the patterns say, of passages of all authors', () => {
  for (const text of passages) expectSameStyle(text);
});

it('one pass measures what the patterns say, of anything', () => {
  const pieces = fc.constantFrom(
    ...`the|The|And then|Ada|O'Neil|don't|'tis|“|”|«|‘|’|"|'|--|---|-|–|—|…|...|.|!|?|,|;|:|(|)|_|*|#|\r| |  |\n|\n\n|\u00a0|\u2028|\ufeff|\t`.split(
      '|',
    ),
    ...`7|42nd|é|e\u0301|Élan|ÉCOLE|İz|ΣΟΦΟΣ|ß|ﬁn|𝐀b|\ud83d|👋|中文|Ⅷ|ǅ|nation|quickly|said`.split('|'),
  );
  const text = fc.array(pieces, { maxLength: 400 }).map((some) => some.join(''));
  const spaced = fc.array(pieces, { maxLength: 400 }).map((some) => some.join(' '));
  const any = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(fc.property(fc.oneof(text, spaced, any), expectSameStyle), { seed: 4, numRuns: 600 });
});

it('the style of a passage is the one that was stored for it before', () => {
  const hash = createHash('sha256');
  for (const text of passages) {
    const { edition, words, english, groups } = styleOf(text);
    const stored = GROUPS.map((group) => groups[group].map((value) => Number(value.toPrecision(6))));
    hash.update(JSON.stringify([edition, words, english, stored]));
  }
  expect(hash.digest('hex')).toBe('c7b307ae75e35ff4eb0acc859f51d2b57ba6fad2efd9b610e4b8a37f0ccf00d4');
});
