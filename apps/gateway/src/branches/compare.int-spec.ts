import { compareBranches, listDrafts, type Branch, type DraftVersion, type ReplyOf } from '@fiction/contracts';
import { startGateway, type TestGateway } from '../gateway.fixture';

const AT = '2024-01-01T00:00:00.000Z';

const branch = (name: string): Branch => ({
  name,
  parent: null,
  forkItem: null,
  primary: name === 'main',
  status: 'complete',
  statusReason: null,
  createdBy: 'tester',
  createdAt: AT,
  items: { own: 1, open: 0, shared: 0 },
  costUsd: 0,
  tokens: 0,
});
const side = (name: string) => ({ itemId: `item@${name}`, runId: `run@${name}`, status: 'complete' as const });

const DRAFT: DraftVersion = {
  id: 'd',
  sceneId: 's',
  chapter: 1,
  scene: 1,
  revision: 1,
  version: 1,
  accepted: true,
  prose: '',
  words: 4,
  metrics: {},
  critique: null,
  findings: [],
  reflection: null,
  summary: 'She came.',
  provider: 'rehearsal',
  model: 'novelist',
  runId: 'run',
  attempt: 1,
  createdAt: AT,
};

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());

it('scenes that each branch has made for itself say whether their texts are equal all the same', async () => {
  const target = { chapter: 1, scene: 1, sceneId: 's' };
  gateway.services.on(compareBranches, ({ left, right }): ReplyOf<typeof compareBranches> => ({
    left: branch(left),
    right: branch(right),
    nextCursor: null,
    items: [
      { phase: 'scroll', target: { chapter: 1 }, same: false, left: side(left), right: side(right) },
      { phase: 'scene', target, same: false, left: side(left), right: side(right) },
      { phase: 'scene', target, same: false, left: side(left), right: null },
    ],
  }));
  gateway.services.on(listDrafts, ({ branch }) => ({
    items: [{ ...DRAFT, prose: branch === 'other' ? 'She came again.' : 'She came in again.' }],
    nextCursor: null,
  }));
  const of = async (right: string): Promise<unknown> => {
    const response = await gateway.call(`/api/fiction/plans/p/branches/compare?left=main&right=${right}`);
    return ((await response.json()) as { items: { sameText: unknown }[] }).items.map(({ sameText }) => sameText);
  };
  expect(await of('alike')).toEqual([null, true, null]);
  expect(await of('other')).toEqual([null, false, null]);
});
