import fc from 'fast-check';
import { QuotablePage } from './locate-quote';

const WORDS = ['Ada', 'said', '“No,”', 'and', 'the', 'café’s', 'lamp', 'ﬁre', 'cafe\u0301', '塩', '😀', 'went\n\nout.'];

it('finds every passage, however its spaces, quotes and case were copied, where it stands', () => {
  const anyPage = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(anyPage, fc.nat(), fc.nat(), (words, a, b) => {
      const from = a % words.length;
      const to = from + 1 + (b % (words.length - from));
      const prose = words.join('  ');
      const passage = words.slice(from, to);
      const copied = passage.join(' \n').toUpperCase().replace(/[“”]/g, '"').replace(/’/g, "'").normalize('NFC');
      const span = new QuotablePage(prose).locate(copied)!;
      // It may stand earlier as well: what is found there says the same.
      const found = prose.slice(span.start, span.end);
      const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ');
      expect(plain(found)).toBe(plain(passage.join(' ')));
    }),
  );
});

it.each(['', '   ', 'not there', 'Ada saw'])('does not find %j', (quote) => {
  expect(new QuotablePage('Ada said no.').locate(quote)).toBeUndefined();
});
