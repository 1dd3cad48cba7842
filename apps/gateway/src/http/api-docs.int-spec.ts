import {
  listDeadLetters,
  retryDeadLetter,
  listEntries,
  listLore,
  listProgress,
  listScenes,
  listTranscripts,
  PHASE_SERVICES,
} from '@fiction/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { startGateway, type TestGateway } from '../gateway.fixture';
import { NO_LORE } from '../lore/lore.fixture';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => gateway.services.clear());

describe('the description of the API', () => {
  it('names every route, with the schema of what it answers and how it refuses', async () => {
    const document = (await (await gateway.call('/api/openapi.json')).json()) as OpenAPIObject;
    expect(await (await gateway.call('/api/docs-json')).json()).toEqual(document);
    expect(Object.keys(document.paths).sort()).toEqual(
      [
        ...['', '/{alertId}', '/{alertId}/acknowledge', '/{alertId}/resolve'].map(
          (path) => `/api/fiction/alerts${path}`,
        ),
        '/api/access/audit',
        '/api/access/tokens',
        '/api/access/tokens/{tokenId}/revoke',
        '/api/fiction/dead-letters',
        '/api/fiction/dead-letters/{service}/{letterId}/retry',
        '/api/fiction/plans',
        '/api/fiction/plans/{planId}',
        ...['blueprints', 'events', 'lore', 'manuscript', 'passes', 'roster', 'scenes', 'scenes/{sceneId}']
          .concat(['scenes/{sceneId}/drafts', 'scrolls', 'transcripts', 'world-bible'])
          .concat(['backlog', 'checkpoints', 'backlog/actions', 'backlog/{itemId}', 'backlog/{itemId}/cancel'])
          .concat(['backlog/{itemId}/resume', 'graph', 'pause', 'resume', 'branches/{branch}/cancel'])
          .concat(['branches', 'branches/{branch}/adopt', 'branches/{branch}/archive'])
          .concat(['drift', 'drift/{personaId}'])
          .concat(['branches/compare', 'branches/compare/scene'])
          .concat(['obligations', 'obligations/{obligationId}'])
          .concat(['annotate', 'dismiss', 'reopen', 'resolve'].map((act) => `obligations/{obligationId}/${act}`))
          .concat(['personas', 'personas/{personaId}', 'personas/{personaId}/memories', 'personas/{personaId}/notes'])
          .concat(['personas/{personaId}/memories/{memoryId}/retract'])
          .concat([
            'lore/summary',
            'lore/{requirementId}',
            'lore/{requirementId}/approve',
            'lore/{requirementId}/fulfill',
          ])
          .concat(['lore/{requirementId}/reject', 'lore/{requirementId}/waive'])
          .concat(['deltas', 'mentions', '{entryId}'].map((path) => `world-bible/${path}`))
          .concat(['versions', 'lock', 'unlock'].map((path) => `world-bible/{entryId}/${path}`))
          .map((name) => `/api/fiction/plans/{planId}/${name}`),
      ].sort(),
    );
    for (const item of Object.values(document.paths)) {
      for (const route of [item.get, item.post, item.patch].filter((one) => one !== undefined)) {
        expect(Object.keys(route.responses)).toEqual(expect.arrayContaining(['401', '403', '429', '503']));
        expect(route.responses['200'] ?? route.responses['201'] ?? route.responses['202']).toHaveProperty('content');
      }
    }
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
      expect(document.components?.schemas).toHaveProperty(name!);
    }
    expect(document.components?.schemas?.PlanViewDto_Output).toMatchObject({
      required: expect.arrayContaining(['statusReason', 'progress', 'partial']),
      properties: {
        statusReason: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        status: { type: 'string', enum: expect.arrayContaining(['draft', 'complete']) },
      },
    });
  });
});

const questions = () => gateway.services.asked.map(({ question }) => question);

describe('lists', () => {
  it('pass branch, cursor, limit and filters on', async () => {
    const empty = () => ({ items: [], nextCursor: null });
    gateway.services.on(listScenes, empty);
    gateway.services.on(listEntries, empty);
    gateway.services.on(listLore, () => ({ ...empty(), counts: NO_LORE }));
    await gateway.call('/api/fiction/plans/p/scenes?branch=alt-beta&cursor=c&limit=3&chapter=2');
    await gateway.call('/api/fiction/plans/p/world-bible?type=location&at=2.3&text=salt');
    await gateway.call('/api/fiction/plans/p/lore?branch=main&status=blocked');
    expect(questions()).toEqual([
      { planId: 'p', branch: 'alt-beta', cursor: 'c', limit: 3, chapter: 2 },
      { planId: 'p', branch: 'main', limit: 50, type: 'location', at: '2.3', text: 'salt' },
      { planId: 'p', branch: 'main', limit: 50, status: 'blocked' },
    ]);
  });

  it.each([
    ['scenes?branch=no/slash', 'branch'],
    ['scenes?chapter=-1', 'chapter'],
    ['scrolls?limit=21', 'limit'],
    ['lore?status=lost', 'status'],
    ['world-bible?at=2', 'at'],
    ['world-bible?at=2.3.4', 'at'],
    ['world-bible/entry-1?at=soon', 'at'],
    ['world-bible?text=', 'text'],
    ['world-bible/deltas?scene=', 'scene'],
    ['world-bible/mentions?limit=0', 'limit'],
    ['transcripts?service=gateway', 'service'],
    ['transcripts?cursor=nonsense', 'cursor'],
    ['events?afterSeq=x', 'afterSeq'],
  ])('%s is refused by name', async (path, field) => {
    const response = await gateway.call(`/api/fiction/plans/p/${path}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ field }] });
  });

  it('of transcripts ask every service that has some, and only the one that has a run', async () => {
    for (const service of PHASE_SERVICES) {
      gateway.services.on(listTranscripts(service), () => ({ items: [], nextCursor: null }));
    }
    const all = await gateway.call('/api/fiction/plans/p/transcripts');
    expect(await all.json()).toEqual({ items: [], nextCursor: null });
    expect(questions()).toHaveLength(PHASE_SERVICES.length);
    gateway.services.asked.length = 0;
    await gateway.call('/api/fiction/plans/p/transcripts?runId=fiction:scene:s1');
    expect(gateway.services.asked[0]?.subject).toBe('scene-weaver.transcript.list');
    expect(questions()).toHaveLength(1);
  });

  it('of events go on from where the caller is', async () => {
    gateway.services.on(listProgress, () => ({ events: [], lastSeq: 4 }));
    expect(await (await gateway.call('/api/fiction/plans/p/events?afterSeq=4')).json()).toEqual({
      items: [],
      lastSeq: 4,
      nextCursor: null,
    });
    expect(gateway.services.asked[0]?.question).toEqual({ planId: 'p', afterSeq: 4, limit: 200 });
  });

  const letter = {
    id: '1',
    service: 'planner',
    subject: 's',
    body: 'b',
    error: 'e',
    deliveries: 3,
    createdAt: '2024-01-01T00:00:00.000Z',
  };

  it('of dead letters name the service', async () => {
    gateway.services.on(listDeadLetters('planner'), () => ({ items: [letter], nextCursor: null }));
    const page = (await (await gateway.call('/api/fiction/dead-letters')).json()) as {
      items: unknown[];
      nextCursor: string;
    };
    expect(page.items).toEqual([letter]);
    expect(page.nextCursor).not.toBeNull();
  });

  it('of a dead letter that is handled again comes from the service that has it', async () => {
    const retry = (service: string, id: string) =>
      gateway.call(`/api/fiction/dead-letters/${service}/${id}/retry`, { method: 'POST' });
    gateway.services.on(retryDeadLetter('planner'), () => letter);
    const answer = await retry('planner', '1');
    expect([answer.status, await answer.json()]).toEqual([200, letter]);
    expect(gateway.services.asked[0]?.question).toEqual({ id: '1' });
    expect((await retry('nobody', '1')).status).toBe(404);
    expect((await retry('planner', 'x')).status).toBe(400);
  });
});
