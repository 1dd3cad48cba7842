import { ALL_REQUESTS, chooseBranch, NotFoundError, readPlan, readScene } from '@fiction/contracts';
import { ServiceUnavailableError } from '@fiction/messaging';
import { startGateway, type TestGateway } from '../gateway.fixture';
import { NO_LORE, planOf } from '../lore/lore.fixture';
import { teachBook } from '../manuscript/book/book.fixture';

const LISTS = ['passes', 'blueprints', 'scrolls', 'scenes', 'world-bible', 'roster', 'lore', 'transcripts', 'events'];

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.services.clear();
  for (const contract of ALL_REQUESTS) {
    gateway.services.on(contract, () => ({ items: [], nextCursor: null, events: [], lastSeq: 0, counts: NO_LORE }));
  }
  gateway.services.on(readPlan, ({ planId }) => {
    if (planId !== 'p') throw new NotFoundError('plan', planId);
    return planOf(planId, 'main');
  });
  gateway.services.on(chooseBranch, ({ planId, branch = 'main' }) => {
    if (planId !== 'p') throw new NotFoundError('plan', planId);
    if (branch !== 'main') throw new NotFoundError('branch', branch);
    return { branch };
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

it('alerts of a plan or a branch that is none are no empty list; without a plan they are of all', async () => {
  const alerts = async (query: string): Promise<unknown> => {
    const response = await gateway.call(`/api/fiction/alerts${query}`);
    return response.ok ? response.status : ((await response.json()) as { code: string }).code;
  };
  expect(await alerts('?plan=p')).toBe(200);
  expect(await alerts('?plan=p&branch=main')).toBe(200);
  expect(await alerts('?plan=nobody')).toBe('PLAN_NOT_FOUND');
  expect(await alerts('?plan=p&branch=zzz')).toBe('BRANCH_NOT_FOUND');
  expect(await alerts('')).toBe(200);
  expect(await alerts('?branch=zzz')).toBe(200);
});

it('an empty list is answered while nobody can say whether there is such a plan', async () => {
  gateway.services.on(chooseBranch, () => {
    throw new ServiceUnavailableError('planner', 'nobody answers');
  });
  expect(await outcomeOf('nope/events')).toBe(200);
});

it('drafts of a scene that is none are not an empty list', async () => {
  gateway.services.on(readScene, ({ sceneId }) => {
    throw new NotFoundError('scene', sceneId);
  });
  expect(await outcomeOf('p/scenes/s/drafts')).toBe('SCENE_NOT_FOUND');
});

it('there is no manuscript of a branch that is none', async () => {
  teachBook(gateway.services, { chapters: 1, scenesPerChapter: 1 });
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
