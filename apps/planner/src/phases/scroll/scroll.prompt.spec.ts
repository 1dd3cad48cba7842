import type { Scroll } from '@fiction/contracts';
import { BOOK, holdsForEveryPrompt } from '../testing/prompt.builder';
import { scrollTask, type ScrollMaterial } from './scroll.prompt';

const beat = { text: 'Ada Quill waits', mentions: ['Ada'] };
const material: ScrollMaterial = {
  book: BOOK,
  chapter: {
    title: 'A Start',
    synopsis: 'It starts.',
    beats: [beat, beat],
    plants: [],
    payoffs: [],
    requiredLore: [],
    number: 1,
    of: 3,
    pov: 'Ada Quill',
    places: ['Halm Ferry'],
  },
  scenesPerChapter: 2,
  wordsPerScene: 1000,
  world: [],
};

describe('scroll.compose', () => {
  holdsForEveryPrompt('scroll.compose', () => scrollTask(material));

  it('takes exactly as many scenes as asked for, over all sections', () => {
    const scene = {
      goal: 'to wait',
      conflict: 'Time passes.',
      outcome: 'It has passed.',
      pov: 'Ada Quill',
      place: 'Halm Ferry',
      storyTime: 'the first day',
      cast: ['Ada Quill'],
      beats: [beat],
      requiredLore: [],
    };
    const of = (...counts: number[]): Scroll => ({
      sections: counts.map((count) => ({ title: 'One', scenes: Array.from({ length: count }, () => scene) })),
    });
    const { schema } = scrollTask(material);
    expect(schema!.safeParse(of(1, 1)).success).toBe(true);
    expect(schema!.safeParse(of(2)).success).toBe(true);
    expect(schema!.safeParse(of(2, 1)).success).toBe(false);
    const one = scrollTask({ ...material, scenesPerChapter: 1 }).schema!.safeParse(of(2));
    expect(one.error!.issues[0]!.message).toBe('all sections together must have exactly 1 scene');
  });

  it('has one schema for all chapters of as many scenes', () => {
    expect(scrollTask({ ...material }).schema).toBe(scrollTask(material).schema);
    expect(scrollTask({ ...material, scenesPerChapter: 3 }).schema).not.toBe(scrollTask(material).schema);
  });
});
