import { gateInput } from '../gates/testing/gate-input.builder';
import { storyMetrics } from './story-metrics';

const measure = (prose: string, language = 'en') => storyMetrics(prose, gateInput({ book: { language } }));

describe('storyMetrics', () => {
  it('measures a scene', () => {
    const prose = '# One\n\nAda stopped the clock. “It is done,” she said.\n\n***\n\nNobody spoke. The tide turned.';
    expect(measure(prose)).toEqual({
      words: 15,
      sentences: 4,
      paragraphs: 2,
      meanSentenceWords: 3.8,
      dialogueShare: 0.2,
      typeTokenRatio: 0.933,
      readability: 107.1,
      beatsCovered: 1,
      beats: 1,
      povOk: true,
    });
  });

  it('measures nothing', () =>
    expect(measure('')).toEqual({
      words: 0,
      sentences: 0,
      paragraphs: 0,
      meanSentenceWords: 0,
      dialogueShare: 0,
      typeTokenRatio: 0,
      readability: null,
      beatsCovered: 0,
      beats: 1,
      povOk: false,
    }));

  it('counts a beat only when all it mentions is there', () => {
    const beats = [
      { text: 'a', mentions: ['clock', 'key'] },
      { text: 'b', mentions: ['clock'] },
    ];
    expect(storyMetrics('The clock stood.', gateInput({ scene: { beats } }))).toMatchObject({
      beatsCovered: 1,
      beats: 2,
    });
  });

  it('tells the point of view as the gate does', () => {
    expect(measure('Ada left.').povOk).toBe(true);
    expect(measure('Ada left me.').povOk).toBe(false);
  });

  it('knows all dialogue from none', () => {
    expect(measure('“Go.”\n\n“No.”').dialogueShare).toBe(1);
    expect(measure('Rain fell.').dialogueShare).toBe(0);
    expect(measure('— Vete —dijo Ada.', 'es').dialogueShare).toBeCloseTo(1 / 3, 2);
  });

  it('finds short sentences easier to read than long ones, and judges English only', () => {
    const easy = measure('The cat sat. The dog ran. It was hot.').readability!;
    const hard = measure(
      'Notwithstanding considerable institutional deliberation, the administrative commission postponed its determination.',
    ).readability!;
    expect(easy).toBeGreaterThan(100);
    expect(hard).toBeLessThan(0);
    expect(measure('Le chat dort.', 'fr').readability).toBeNull();
  });
});
