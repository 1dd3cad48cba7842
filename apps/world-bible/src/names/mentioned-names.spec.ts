import { mentionedNames } from './mentioned-names';

describe('mentionedNames', () => {
  it('finds names and runs of them, not the words that only began a sentence', () => {
    const text =
      'The harbour sleeps. Ada Quill knows the O’Hara Street clock; Quill waits. Nobody asks, and nobody came.';
    expect(mentionedNames(text)).toEqual(['Ada Quill', 'O’Hara Street', 'Quill']);
  });

  it('stays bounded for a premise as long as a book', () => {
    const text = Array.from({ length: 5000 }, (_, n) => `Name${n}x, and`).join(' ');
    expect(mentionedNames(text).length).toBe(600);
  });
});
