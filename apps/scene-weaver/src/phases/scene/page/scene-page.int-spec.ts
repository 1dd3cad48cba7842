import { jobName, listDrafts, listTranscripts } from '@fiction/contracts';
import { styleOf } from '@fiction/stylometry';
import { proseOf, sceneIdOf, WeaverFixture } from '../../../testing/weaver-fixture';

let weaver: WeaverFixture;
beforeAll(async () => {
  weaver = await WeaverFixture.start();
  await weaver.write('p', 'main', [1], 'plain');
});
afterAll(() => weaver.service.stop());

it('files with the reflection the accepted prose, for the bible to find quotations and names in, and its style', async () => {
  const { items } = await weaver.service.ask(listDrafts, { planId: 'p', sceneId: sceneIdOf('p', 1) });
  const accepted = items.find((version) => version.accepted)!;
  expect(weaver.filed.map((filing) => filing.page)).toEqual([
    { prose: accepted.prose, loreIds: [], continuity: 'chapter' },
  ]);
  const { words } = styleOf(accepted.prose, 'en');
  const backlogItemId = `item:${jobName('scene', sceneIdOf('p', 1))}`;
  expect(weaver.filed[0]!.drift).toMatchObject({ backlogItemId, style: { words }, samples: [], threshold: 0.5 });
});

it('shows with every transcript which entries of the bible the scene was given', async () => {
  const { items } = await weaver.service.ask(listTranscripts('scene-weaver'), {
    planId: 'p',
    runId: jobName('scene', sceneIdOf('p', 1)),
  });
  expect(items.length).toBeGreaterThan(3);
  for (const { context } of items) {
    expect(context).toEqual([{ entryId: 'entry-1', name: 'Ada Quill', version: 3, why: 'mentioned' }]);
  }
});

it('stores and files the page alone of an answer that announces it, and keeps the answer whole in its transcript', async () => {
  const page = proseOf(2, 'plain');
  weaver.script = ({ task }) =>
    task === 'scene.draft' ? `Here is the scene:\n\n# Low Water\n\n${page}\n\n(Word count: 160)` : undefined;
  await weaver.write('p', 'main', [2], 'plain');
  weaver.script = () => undefined;
  const [first] = await weaver.versions('p', 2);
  expect(first).toMatchObject({ prose: page, accepted: true });
  expect(weaver.filed.at(-1)).toMatchObject({ page: { prose: page } });
  const runId = jobName('scene', sceneIdOf('p', 2));
  const { items } = await weaver.service.ask(listTranscripts('scene-weaver'), { planId: 'p', runId });
  expect(JSON.stringify(items)).toContain('(Word count: 160)');
});
