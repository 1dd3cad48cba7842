import type { PlanPass } from '@fiction/contracts';
import { BOOK, holdsForEveryPrompt, VISION } from '../testing/prompt.builder';
import { plannerPassTask, type PlannerPassMaterial } from './planner.prompt';

const chapter = { title: 'A Start', summary: 'It starts.', pov: 'Ada Quill', places: ['Halm Ferry'] };
const pass: PlanPass = {
  adjustments: [],
  priorities: ['Keep time.'],
  risks: [],
  openQuestions: [],
  chapters: [chapter, chapter],
};
const material: PlannerPassMaterial = {
  book: BOOK,
  chapters: 2,
  scenesPerChapter: 3,
  vision: VISION,
  world: [{ name: 'Halm Ferry', type: 'location', summary: 'x'.repeat(900) }],
  earlierPasses: [pass, pass],
  passIndex: 2,
  isLast: true,
};

describe('planner.pass', () => {
  holdsForEveryPrompt('planner.pass', () => plannerPassTask(material));

  it('takes exactly as many chapters as the brief asks for', () => {
    const { schema } = plannerPassTask(material);
    expect(schema!.safeParse(pass).success).toBe(true);
    expect(schema!.safeParse({ ...pass, chapters: [chapter] }).success).toBe(false);
  });

  it('carries the chapters of the last pass only, and no long summaries', () => {
    const { earlierPasses, world } = plannerPassTask(material).material as unknown as PlannerPassMaterial;
    expect(earlierPasses.map((earlier) => 'chapters' in earlier)).toEqual([false, true]);
    expect(world[0]!.summary.length).toBeLessThan(300);
  });

  it('leaves room for 400 chapters', () => {
    expect(plannerPassTask({ ...material, chapters: 400 }).maxOutputTokens).toBeGreaterThan(400 * 120);
  });
});
