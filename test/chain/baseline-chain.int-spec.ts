import type { PersonaView } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { briefOf } from '../book/book-under-test';
import { SystemInProcess } from './system-in-process';

jest.setTimeout(60_000);

/** Until its world a book has come a short way. */
const WORLD_WITHIN_MS = 20_000;
const line = (word: string): string => `${word} `.repeat(40).trim();

let system: SystemInProcess;
beforeAll(async () => (system = await SystemInProcess.start()));
afterAll(() => system?.stop());

it('what a brief says of its people comes into the world bible in its parts, however much or little it is', async () => {
  const whole = {
    voice: line('dry'),
    values: ['the town', line('rules')],
    knowledge: [line('tides'), line('scales')],
    forbidden: [line('swears')],
  };
  const cast = [
    { name: 'Ada Quill', role: 'protagonist', baseline: whole },
    { name: 'Tobias Renn', role: 'keeper', baseline: {} },
    { name: 'Maud Ferrier', role: 'innkeeper', baseline: { values: [], knowledge: ['who drank what'] } },
  ];
  const brief = briefOf({ chapters: 1, scenesPerChapter: 1, continuity: 'loose' });
  const planId = await system.client.createPlan(
    brief.replace(/cast:\n(?: {2}- .*\n)+/, `cast: ${JSON.stringify(cast)}\n`),
  );
  const visionDone = async (): Promise<boolean> => {
    const { progress } = (await system.client.plan(planId)) as unknown as {
      progress: { phase: string; done: number }[];
    };
    return progress.some(({ phase, done }) => phase === 'vision' && done === 1);
  };
  await until('the vision is there', visionDone, WORLD_WITHIN_MS);
  const { items } = await system.client.get<{ items: PersonaView[] }>(`/api/fiction/plans/${planId}/personas`);
  const sheetOf = (name: string): PersonaView['baseline'] | undefined =>
    items.find((one) => one.name === name)?.baseline;
  expect(sheetOf('Ada Quill')).toEqual(whole);
  expect(sheetOf('Tobias Renn')).toMatchObject({ voice: expect.stringMatching(/./), knowledge: [], forbidden: [] });
  expect(sheetOf('Maud Ferrier')).toMatchObject({ values: [], knowledge: ['who drank what'] });
});
