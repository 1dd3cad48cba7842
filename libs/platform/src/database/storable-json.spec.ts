import { storableJson } from './storable-json';

describe('storableJson', () => {
  it.each([
    ['NUL', 'a\u0000b', 'a\ufffdb'],
    ['half a surrogate pair', 'a\ud83db', 'a\ufffdb'],
    ['a whole pair', 'a\u{1f600}b', 'a\u{1f600}b'],
    ['the letters of an escape', 'a\\u0000b', 'a\\u0000b'],
    ['a backslash before NUL', 'a\\\u0000b', 'a\\\ufffdb'],
    ['other control characters', 'a\u0007\nb', 'a\u0007\nb'],
  ])('%s', (_name, given, stored) => {
    expect(JSON.parse(storableJson({ given }))).toEqual({ given: stored });
  });
});
