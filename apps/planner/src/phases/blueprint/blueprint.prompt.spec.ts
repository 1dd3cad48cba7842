import { BOOK, holdsForEveryPrompt, VISION } from '../testing/prompt.builder';
import { beatsOfChapter, blueprintTask, type BlueprintMaterial } from './blueprint.prompt';

const material: BlueprintMaterial = {
  book: BOOK,
  acts: VISION.acts,
  themes: VISION.themes,
  cast: VISION.cast,
  chapter: { title: 'A Start', summary: 'It starts.', pov: 'Ada Quill', places: ['Halm Ferry'], number: 1, of: 3 },
  scenesPerChapter: 3,
  wordsPerScene: 1000,
  previous: null,
  next: null,
  known: [],
};

describe('blueprint.compose', () => {
  holdsForEveryPrompt('blueprint.compose', () => blueprintTask(material));

  it.each([
    [1, 30, 2],
    [3, 1000, 15],
    [40, 1000, 16],
    [1, 5000, 5],
  ])('asks a chapter of %i scenes of %i words for %i beats', (scenes, words, beats) => {
    expect(beatsOfChapter(scenes, words)).toBe(beats);
  });
});
