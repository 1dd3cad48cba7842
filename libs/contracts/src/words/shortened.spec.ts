import * as fc from 'fast-check';
import { shortened } from './shortened';

it('says of what is longer that it was', () => {
  expect([shortened('four', 4), shortened('seven', 4)]).toEqual(['four', 'sev…']);
});

it('leaves no half of a character', () => {
  expect([shortened('salt 🧂🧂', 8), shortened('salt 🧂🧂', 7)]).toEqual(['salt 🧂…', 'salt …']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
      const short = shortened(text, most);
      expect(short.length).toBeLessThanOrEqual(most);
      expect(short.isWellFormed()).toBe(text.isWellFormed());
    }),
  );
});
