import {
  ALL_REQUESTS,
  DomainError,
  listLore,
  NotFoundError,
  readPlan,
  readPlanMaterial,
  readScene,
  settleBrief,
  waiveLore,
} from '@fiction/contracts';
import { ServiceUnavailableError } from '@fiction/messaging';
import { startGateway, type TestGateway } from '../gateway.fixture';
import { NO_LORE, planOf } from '../lore/lore.fixture';
import { teachBook } from '../manuscript/book.fixture';

const LISTS = ['passes', 'blueprints', 'scrolls', 'scenes', 'world-bible', 'roster', 'lore', 'transcripts', 'events'];

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.services.clear();
  for (const contract of ALL_REQUESTS) {
    gateway.services.on(contract, () => ({ items: [], nextCursor: null, events: [], lastSeq: 0, counts: NO_LORE }));
  }
  const brief = settleBrief({ title: 'T', author: 'A', text: 'P' }, { provider: 'rehearsal', model: 'novelist' });
  gateway.services.on(readPlan, ({ planId }) => {
    if (planId !== 'p') throw new NotFoundError('plan', planId);
    return planOf(planId, 'main');
  });
  gateway.services.on(readPlanMaterial, ({ planId, branch }) => {
    if (planId !== 'p') throw new NotFoundError('plan', planId);
    if (branch !== 'main') throw new NotFoundError('branch', branch);
    return { brief, vision: null, directions: {} };
  });
});

async function outcomeOf(path: string): Promise<unknown> {
  const response = await gateway.call(`/api/fiction/plans/${path}`);
  return response.ok ? response.status : ((await response.json()) as { code: string }).code;
}

it.each(LISTS)('%s: a plan or a branch that is none is not an empty list', async (list) => {
  expect(await outcomeOf(`p/${list}`)).toBe(200);
  expect(await outcomeOf(`nope/${list}`)).toBe('PLAN_NOT_FOUND');
  if (list !== 'events') expect(await outcomeOf(`p/${list}?branch=zzz`)).toBe('BRANCH_NOT_FOUND');
});

it('an empty list is answered while nobody can say whether there is such a plan', async () => {
  gateway.services.on(readPlanMaterial, () => {
    throw new ServiceUnavailableError('planner', 'nobody answers');
  });
  expect(await outcomeOf('nope/events')).toBe(200);
});

it('a branch that a service has not heard of is none, or is awaited', async () => {
  gateway.services.on(listLore, () => {
    throw new DomainError('BRANCH_NOT_READY', 503, 'not known here yet');
  });
  expect(await outcomeOf('p/lore?branch=zzz')).toBe('BRANCH_NOT_FOUND');
  expect(await outcomeOf('p/lore')).toBe('BRANCH_NOT_READY');
});

it('nor is a branch that a write names, if there is none', async () => {
  gateway.services.on(waiveLore, () => {
    throw new DomainError('BRANCH_NOT_READY', 503, 'not known here yet');
  });
  const waive = (branch: string) =>
    gateway.call(`/api/fiction/plans/p/lore/r/waive?branch=${branch}`, {
      method: 'POST',
      body: JSON.stringify({ note: 'meant' }),
      headers: { 'content-type': 'application/json' },
    });
  expect(await (await waive('zzz')).json()).toMatchObject({ code: 'BRANCH_NOT_FOUND' });
  expect(await (await waive('main')).json()).toMatchObject({ code: 'BRANCH_NOT_READY' });
});

it('drafts of a scene that is none are not an empty list', async () => {
  gateway.services.on(readScene, ({ sceneId }) => {
    throw new NotFoundError('scene', sceneId);
  });
  expect(await outcomeOf('p/scenes/s/drafts')).toBe('SCENE_NOT_FOUND');
});

it('there is no manuscript of a branch that is none', async () => {
  teachBook(gateway.services, { chapters: 1, scenesPerChapter: 1 });
  gateway.services.on(readPlanMaterial, ({ branch }) => {
    throw new NotFoundError('branch', branch);
  });
  expect(await outcomeOf('p/manuscript')).toBe(200);
  expect(await outcomeOf('p/manuscript?branch=zzz')).toBe('BRANCH_NOT_FOUND');
});

it('a parameter that a plan does not take is refused by name, as by every list', async () => {
  gateway.services.on(readPlan, ({ planId }) => {
    throw new NotFoundError('plan', planId);
  });
  const response = await gateway.call('/api/fiction/plans/p?foo=1');
  expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ field: 'foo' }] });
});
