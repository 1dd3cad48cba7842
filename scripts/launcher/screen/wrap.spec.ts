import { wrap } from './wrap';

it('breaks between words, and within one that is longer than a row', () => {
  expect(wrap('waits for the salt clock', 10)).toEqual(['waits for', 'the salt', 'clock']);
  expect(wrap('a saltclockwork b', 5)).toEqual(['a', 'saltc', 'lockw', 'ork b']);
});

it('counts what takes two columns as two, and breaks no character', () => {
  expect(wrap('塩の時計を待つ', 6)).toEqual(['塩の時', '計を待', 'つ']);
  expect(wrap('🧂🧂🧂', 5)).toEqual(['🧂🧂', '🧂']);
  expect(wrap('cafe\u0301 cafe\u0301', 9)).toEqual(['cafe\u0301 cafe\u0301']);
});
