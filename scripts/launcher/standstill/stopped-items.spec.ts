import { type BacklogPage, backlogPageSchema } from './backlog-page';
import { stoppedItems } from './stopped-items';

type Item = Record<string, unknown> & { phase: string; status: string };

const scene = (chapter: number, status: string, more: object = {}): Item => ({
  itemId: `item:scene:s${chapter}`,
  phase: 'scene',
  target: { chapter, scene: 1 },
  status,
  ...more,
});
const lore = (id: string, more: object = {}): Item => ({
  itemId: `item:lore:${id}`,
  phase: 'lore',
  target: { requirementId: id },
  status: 'pending',
  awaitsRelease: true,
  ...more,
});
const needs = (...ids: string[]) => ({
  reasonCode: 'LORE_NOT_READY',
  lore: ids.map((id) => ({ requirementId: id, name: `Place ${id}`, itemId: `item:lore:${id}`, status: 'pending' })),
});

/** A backlog that holds those items. */
function look(items: Item[], lorePolicy = 'manual'): Promise<string[]> {
  const backlog = async (query: Record<string, string>): Promise<BacklogPage> => {
    const kept = items.filter(({ phase, status }) => status === query.status && (query.phase ?? phase) === phase);
    const byStatus: Record<string, number> = {};
    for (const { status } of items) byStatus[status] = (byStatus[status] ?? 0) + 1;
    return backlogPageSchema.parse({ items: kept.slice(0, Number(query.limit)), counts: { byStatus } });
  };
  return stoppedItems({ backlog, planUrl: 'http://host/plans/p', lorePolicy });
}

it('names the lore that nobody begins, what waits for it, and the request that begins it', async () => {
  const items = [
    scene(1, 'blocked', needs('a', 'b')),
    scene(2, 'blocked', needs('a')),
    lore('a'),
    lore('b', { awaitsRelease: false, status: 'running' }),
    lore('c'),
  ];
  expect(await look(items)).toEqual([
    '2 items wait for lore (Place a); lore.policy is manual, so only you can start it: POST http://host/plans/p/lore/a/fulfill, see docs/lore.md',
  ]);
  expect((await look(items.slice(1), 'after-sla'))[0]).toMatch(
    /^scene 2\.1 waits for lore \(Place a\); it starts when its SLA has passed, or with POST .*fulfill/,
  );
});

it('is silent about what goes on by itself', async () => {
  expect(await look([scene(1, 'running'), scene(2, 'pending')])).toEqual([]);
  expect(await look([scene(1, 'blocked', needs('a')), lore('a', { status: 'queued', awaitsRelease: false })])).toEqual(
    [],
  );
});

it('says how what was cancelled goes on, however much it is', async () => {
  expect(await look([scene(2, 'cancelled')])).toEqual([
    'scene 2.1 was cancelled; to go on, POST http://host/plans/p/backlog/item%3Ascene%3As2/resume with the metadata that it shows, see docs/backlog.md',
  ]);
  const many = await look([1, 2, 3, 4, 5].map((chapter) => scene(chapter, 'cancelled')));
  expect(many[0]).toMatch(/^5 items \(scene 1\.1, scene 2\.1, scene 3\.1 and 2 more\) were cancelled; .*s1\/resume/);
});

it('asks for the decision that a draft waits for, and tells what else blocks in its own words', async () => {
  const approval = { reasonCode: 'LORE_AWAITS_APPROVAL', reason: 'draft 1 of "Low Water" waits for approval' };
  const gap = { reasonCode: 'METADATA_MISSING', reason: 'METADATA_MISSING: modelId' };
  expect(await look([lore('a', { status: 'blocked', ...approval }), scene(1, 'blocked', gap)])).toEqual([
    expect.stringMatching(
      /^lore: draft 1 of "Low Water" waits .* POST http:\/\/host\/plans\/p\/lore\/a\/approve or \/reject/,
    ),
    expect.stringMatching(
      /^scene 1\.1 blocked: METADATA_MISSING: modelId; to go on, POST http:\/\/host\/plans\/p\/resume$/,
    ),
  ]);
});

it('says of what was resumed in vain what sets it going', async () => {
  const reason = 'METADATA_MISSING: conversationId';
  const stuck = scene(4, 'blocked', { reasonCode: 'METADATA_MISSING', reason });
  expect(await look([scene(1, 'complete'), stuck, scene(3, 'pending')])).toEqual([
    `scene 4.1 blocked: ${reason}; to go on, POST http://host/plans/p/resume`,
  ]);
});
