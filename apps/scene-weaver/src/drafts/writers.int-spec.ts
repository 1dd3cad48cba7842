import { proseOf, WeaverFixture } from '../testing/weaver-fixture';

let weaver: WeaverFixture;
beforeAll(async () => {
  weaver = await WeaverFixture.start();
});
afterAll(() => weaver.service.stop());

it('keeps with each version who wrote it, whatever the run is bound to when the scene is accepted', async () => {
  const good = proseOf(1, 'plain');
  const refused = Object.assign(new Error('no'), { retryable: false });
  const versions = async () =>
    (await weaver.versions('p', 1)).map(({ version, model, accepted }) => [version, model, accepted]);
  weaver.script = ({ task }) => {
    if (task === 'scene.revise') throw refused;
    return task === 'scene.draft' ? good.replaceAll('clock', 'bell') : undefined;
  };
  const runId = await weaver.begin('p', 'main', 1, { modelId: 'first' });
  expect(await weaver.service.runEnded(runId)).toMatchObject({ status: 'failed' });
  weaver.script = ({ task }) => {
    if (task === 'scene.reflect') throw refused;
    return task === 'scene.revise' ? good : undefined;
  };
  await weaver.begin('p', 'main', 1, { resumption: 1, modelId: 'second' });
  expect(await weaver.service.runEnded(runId, 1, 1)).toMatchObject({ status: 'failed' });
  weaver.script = () => undefined;
  await weaver.begin('p', 'main', 1, { resumption: 2, modelId: 'third' });
  expect(await weaver.service.runEnded(runId, 1, 2)).toMatchObject({ status: 'complete' });
  expect(await versions()).toEqual([
    [1, 'first', false],
    [2, 'second', true],
  ]);
});
