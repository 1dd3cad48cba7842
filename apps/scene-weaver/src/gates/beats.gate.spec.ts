import { checkBeats } from './beats.gate';
import { ProseReading } from './reading/prose-reading';
import { gateInput } from './testing/gate-input.builder';

function missing(prose: string, mention: string, language = 'en'): boolean {
  const input = gateInput({ prose, scene: { beats: [{ text: 'a beat', mentions: [mention] }] }, book: { language } });
  return checkBeats(input, new ProseReading(prose, language)).length > 0;
}

describe('beats gate', () => {
  test.each([
    ['case', 'THE SALT CLOCK STOPPED.', 'the Salt Clock'],
    ['line breaks and double spaces', 'the salt\nclock  stopped', 'salt clock stopped'],
    ['typographic apostrophes', 'She couldn’t go.', "couldn't go"],
    ['typographic quotes within', 'the “salt” clock', 'the "salt" clock'],
    ['hyphens and dashes of any kind', 'the storm‑lantern', 'storm-lantern'],
    ['a hyphen for a space', 'a half light', 'half-light'],
    ['a possessive in the prose', 'Ada Quill’s key turned', 'Ada Quill key'],
    ['a possessive in the mention', 'the keeper had a key', 'keeper’s'],
    ['a plural', 'two brass keys lay there', 'brass key'],
    ['a plural possessive', 'the sailors’ oath', 'sailors oath'],
    ['another Unicode form', 'the Cafe\u0301 Noir', 'Café Noir'],
    ['a sentence end within', 'He called Ada. Quill came.', 'Ada Quill'],
    ['a number', 'It lost 13 minutes.', '13 minutes'],
    ['an emoji', 'She wrote: 🕰️', '🕰️'],
  ])('finds a mention despite %s', (_, prose, mention) => expect(missing(prose, mention)).toBe(false));

  test.each([
    ['inside another word', 'The monkey ran.', 'key'],
    ['at the head of another word', 'a keystone', 'key'],
    ['in another order', 'the clock of salt', 'salt clock'],
    ['in other words', 'She turned the lock.', 'locked the door'],
    ['in no prose at all', '', 'key'],
  ])('misses a mention %s', (_, prose, mention) => expect(missing(prose, mention)).toBe(true));

  it('allows inflected endings outside English', () => {
    expect(missing('Er nahm den Schlüssels wahr.', 'Schlüssel', 'de')).toBe(false);
    expect(missing('Ada wzięła kluczem.', 'klucz', 'pl')).toBe(false);
  });

  it('finds mentions in scripts without spaces', () => {
    expect(missing('その時、塩の時計が止まった。', '塩の時計', 'ja')).toBe(false);
    expect(missing('その時、時計が止まった。', '塩の時計', 'ja')).toBe(true);
  });

  it('names the beat and each missing mention, and quotes nothing', () => {
    const prose = 'Ada came.';
    const input = gateInput({
      prose,
      scene: { beats: [{ text: 'Ada finds the key', mentions: ['Ada', 'key', 'rust'] }] },
    });
    const findings = checkBeats(input, new ProseReading(prose, 'en'));
    expect(findings.map(({ message }) => message)).toEqual([
      'The beat "Ada finds the key" is not on the page: "key" is not mentioned.',
      'The beat "Ada finds the key" is not on the page: "rust" is not mentioned.',
    ]);
    expect(findings.every(({ quote, gate }) => quote === null && gate === 'beats')).toBe(true);
  });
});
