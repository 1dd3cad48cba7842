import * as fc from 'fast-check';
import { driftOf, profileOf, styleOf } from '../index';

const SEA =
  `The tide had gone out before anybody was awake. Nothing moved on the flats; the boats lay over on their sides, and
the gulls, which had quarrelled all night, were quiet.

"You might have said," Ada told him. "You might have said that it stops."

He looked at the clock for a long while, and then, because she would not look away, at her.`.repeat(6);
const LAW =
  `It is ordered that no person shall sell, or cause to be sold, any measure of salt within the harbour without the
permission of the Assessor. Whoever contravenes this regulation shall be liable to a penalty determined in accordance with
the schedule. The provisions of the preceding section apply irrespective of the quantity concerned.`.repeat(8);

const prose = fc
  .array(fc.constantFrom(...`${SEA} ${LAW}`.split(/(?<= )/)), { maxLength: 300 })
  .map((words) => words.join(''));

it('a text is no distance from itself', () => {
  fc.assert(
    fc.property(prose, (text) => {
      expect(driftOf(styleOf(text), profileOf([styleOf(text)])).score).toBe(0);
    }),
    { seed: 4, numRuns: 60 },
  );
});

it('whatever the texts: the score is within 0 and 1, the parts add up to it, and it comes out the same again', () => {
  const any = fc.oneof(prose, fc.string({ unit: 'binary', maxLength: 400 }));
  fc.assert(
    fc.property(any, fc.array(any, { minLength: 1, maxLength: 4 }), fc.boolean(), (text, others, english) => {
      const language = english ? 'en-GB' : 'de';
      const drift = () => driftOf(styleOf(text, language), profileOf(others.map((one) => styleOf(one, language))));
      const { score, confidence, parts } = drift();
      for (const value of [score, confidence]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
      expect(parts.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(score, 4);
      for (const part of parts) expect(part.share).toBeGreaterThanOrEqual(0);
      expect(drift()).toEqual({ score, confidence, parts });
    }),
    { seed: 4, numRuns: 100 },
  );
});

it('a profile does not depend on the order of its texts', () => {
  const styles = [SEA, LAW, `${SEA} ${LAW}`, LAW.slice(40)].map((text) => styleOf(text));
  expect(profileOf(styles.toReversed())).toEqual(profileOf(styles));
  expect(driftOf(styles[0]!, profileOf(styles.toReversed()))).toEqual(driftOf(styles[0]!, profileOf(styles)));
});

it('tells what differs, in words a person can check', () => {
  const { score, parts } = driftOf(styleOf(LAW), profileOf([styleOf(SEA)]));
  expect(score).toBeGreaterThan(0.5);
  const told = parts.flatMap(({ telling }) => telling);
  expect(told).toContainEqual({ measure: ';', here: 0, usual: 15.625 });
});

it('typesetting is no style: quotes, dashes and emphasis are spelled in many ways', () => {
  const plain = '"It stops," she said -- quietly. "You might have said." He didn\'t answer.'.repeat(30);
  const typeset = plain
    .replaceAll(/"([^"]*)"/g, '“$1”')
    .replaceAll(' -- ', '—')
    .replaceAll("'", '’')
    .replaceAll('quietly', '*quietly*');
  expect(styleOf(typeset)).toEqual(styleOf(plain));
});

it('the shorter the text, the surer one has to be', () => {
  const profile = profileOf([styleOf(SEA)]);
  const [whole, sentence] = [LAW, LAW.slice(0, 150)].map((text) => driftOf(styleOf(text), profile));
  expect(sentence!.score).toBeLessThan(whole!.score);
  expect(sentence!.confidence).toBeLessThan(whole!.confidence);
});

it('of other languages only what holds no English words is compared, and that is less sure', () => {
  const [text, other] = ['de', 'en'].map((language) =>
    driftOf(styleOf(LAW, language), profileOf([styleOf(SEA, language)])),
  );
  expect(text!.parts.map(({ group }) => group)).toEqual(['punctuation', 'shape', 'vocabulary']);
  expect(text!.confidence).toBeCloseTo(other!.confidence / 2, 5);
});

it('refuses styles that another reference has measured, and a profile of nothing', () => {
  const old = { ...styleOf(SEA), edition: 'before' };
  expect(() => driftOf(old, profileOf([styleOf(SEA)]))).toThrow(RangeError);
  expect(() => profileOf([old, styleOf(SEA)])).toThrow(RangeError);
  expect(() => profileOf([])).toThrow(RangeError);
});
