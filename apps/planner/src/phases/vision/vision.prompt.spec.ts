import { BOOK, holdsForEveryPrompt } from '../testing/prompt.builder';
import { visionTask, type VisionMaterial } from './vision.prompt';

const material: VisionMaterial = { book: BOOK, cast: [], chapters: 3, scenesPerChapter: 3, targetWords: 9000 };

describe('vision.compose', () => {
  holdsForEveryPrompt('vision.compose', () => visionTask(material));
});
