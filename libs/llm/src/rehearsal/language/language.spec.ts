import { conjugate } from './verbs';
import { article, clip, containsPhrase, countWords, inSentence, sentenceCased, sentencesOf } from './wording';

describe('verbs', () => {
  it.each([
    ['find', 'I', 'past', 'found'],
    ['find', 's', 'present', 'finds'],
    ['be', 'I', 'present', 'am'],
    ['be', 'p', 'past', 'were'],
    ['have', 's', 'present', 'has'],
    ['carry', 's', 'past', 'carried'],
    ['push', 's', 'present', 'pushes'],
    ['unwrap', 's', 'past', 'unwrapped'],
    ['may', 's', 'past', 'might'],
    ['go', 's', 'present', 'goes'],
  ] as const)('%s, subject %s, %s tense: %s', (base, subject, tense, form) => {
    expect(conjugate(base, subject, tense)).toBe(form);
  });
});

describe('wording', () => {
  it('counts words as runs of anything but space', () => {
    expect(countWords(' one  two\n\nthree—four\u00a0five ')).toBe(4);
  });

  it('never cuts a word or a surrogate pair where it can help it', () => {
    expect(clip('the brass key, and the lock', 15)).toBe('the brass key');
    expect(clip('𝕬𝕬𝕬𝕬', 5)).toBe('𝕬𝕬');
  });

  it('chooses articles by sound', () => {
    expect(['hour', 'unit', 'oath', 'key', 'umbrella'].map(article)).toEqual(['an', 'a', 'an', 'a', 'an']);
  });

  it('knows a described place from a name', () => {
    expect(['The tide house', 'The Hague', 'Halm Ferry'].map(inSentence)).toEqual([
      'the tide house',
      'The Hague',
      'Halm Ferry',
    ]);
  });

  it('finds phrases as whole words, as the beats gate does', () => {
    expect(containsPhrase('By the Light of day.', 'light')).toBe(true);
    expect(containsPhrase('The salt clock’s hand', 'Salt clock')).toBe(true);
    for (const text of ['the ordinary daylight', 'it was lighter', 'a light\u0301']) {
      expect(containsPhrase(text, 'light')).toBe(false);
    }
  });

  it('gives sentences their capitals, but not what follows a question in dialogue', () => {
    expect(sentenceCased('she came. “why?” she said. “go.” he went.')).toBe(
      'She came. “Why?” she said. “Go.” He went.',
    );
  });

  it('keeps closing quotation marks with their sentences', () => {
    expect(sentencesOf('“Go,” she said. “Now.” He went.')).toEqual(['“Go,” she said.', '“Now.”', 'He went.']);
  });
});
