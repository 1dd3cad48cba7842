import { jobName } from '@fiction/contracts';
import { ObligationFixture } from '../../testing/obligation.fixture';

let fixture: ObligationFixture;
beforeAll(async () => (fixture = await ObligationFixture.start()));
afterAll(() => fixture.stop());

const HOUR = 3_600_000;
const told = (reports: { cause: string; present: boolean; itemIds: string[] }[]) =>
  reports.map(({ cause, present, itemIds }) => ({ cause: cause.replace(/obligation-\w+/, 'o'), present, itemIds }));

it('raises one alert by scenes, which names what could pay it off, and closes it when it is kept', async () => {
  await fixture.begin('scenes');
  await fixture.design('scenes', 1, { chapters: 3 });
  await fixture.scene('scenes', 1, 1, { obligationsOpened: ['the key'] });
  await fixture.scene('scenes', 2, 1);
  await fixture.sweep();
  expect((await fixture.list('scenes')).counts).toMatchObject({ open: 1, overdue: 0 });
  await fixture.scene('scenes', 1, 2);
  await fixture.sweep();
  await fixture.sweep();
  const [first] = await fixture.reported('scenes', 1);
  expect(first).toMatchObject({ rule: 'obligation-overdue', branch: 'main', severity: 'warning', present: true });
  expect(first!.message).toContain('the key');
  expect(first!.itemIds).toEqual(
    [2, 3].flatMap((chapter) =>
      (chapter === 2 ? [2] : [1, 2]).map((scene) => `item:scene:scenes-c00${chapter}-s0${scene}`),
    ),
  );
  expect((await fixture.list('scenes', 'main', { overdue: true })).items).toMatchObject([{ text: 'the key' }]);
  await fixture.act('scenes', 'the key', 'resolve');
  await fixture.sweep();
  expect(told(await fixture.reported('scenes', 2))).toMatchObject([
    { cause: 'o@main', present: true },
    { cause: 'o@main', present: false },
  ]);
  expect((await fixture.list('scenes')).counts).toMatchObject({ open: 0, overdue: 0, resolved: 1 });
});

it('misses nothing that is filed while it looks', async () => {
  for (const planId of Array.from({ length: 8 }, (_, n) => `meanwhile-${n}`)) {
    await fixture.begin(planId);
    await fixture.design(planId, 1, { chapters: 3 });
    await fixture.scene(planId, 1, 1, { obligationsOpened: ['the key'] });
    const scenes = [fixture.scene(planId, 1, 2), fixture.scene(planId, 2, 1), fixture.scene(planId, 3, 1)];
    await Promise.all([fixture.sweep(), ...scenes, fixture.sweep()]);
    await fixture.sweep();
    expect((await fixture.list(planId)).counts).toMatchObject({ open: 1, overdue: 1 });
  }
  expect(await fixture.service.query('SELECT 1 FROM obligation_notices')).toEqual([]);
});

it('keeps no branch waiting for one that cannot be looked at', async () => {
  await fixture.begin('beside');
  await fixture.design('beside', 1);
  await fixture.plant('beside', 'the debt', { due: '2.2' });
  await fixture.sweep();
  // Nobody has heard of that branch, and it is the first in turn.
  await fixture.service.query(
    `INSERT INTO obligation_branches (plan_id, branch, next_look_at) VALUES ('beside', 'unheard-of', to_timestamp(0))`,
  );
  fixture.clock.advance(24 * HOUR);
  await fixture.sweep();
  expect((await fixture.list('beside')).counts.overdue).toBe(1);
  await fixture.service.query(`DELETE FROM obligation_branches WHERE branch = 'unheard-of'`);
});

it('raises one by the clock, on time, also when nothing happens; reopening starts the hours anew', async () => {
  await fixture.begin('hours');
  await fixture.design('hours', 1);
  await fixture.plant('hours', 'the debt', { due: '2.2' });
  await fixture.sweep();
  fixture.clock.advance(24 * HOUR - 1);
  await fixture.sweep();
  expect((await fixture.list('hours')).counts.overdue).toBe(0);
  fixture.clock.advance(1);
  await fixture.sweep();
  expect(told(await fixture.reported('hours', 1))).toMatchObject([{ cause: 'o@main', present: true }]);
  await fixture.act('hours', 'the debt', 'dismiss');
  await fixture.act('hours', 'the debt', 'reopen');
  await fixture.sweep();
  expect(told(await fixture.reported('hours', 2)).at(-1)).toMatchObject({ present: false });
  expect((await fixture.list('hours')).counts.overdue).toBe(0);
  fixture.clock.advance(24 * HOUR);
  await fixture.sweep();
  expect(told(await fixture.reported('hours', 3)).at(-1)).toMatchObject({ present: true });
});

it('raises one at the end of a book that owes something, on each branch, until nothing is owed there', async () => {
  await fixture.begin('end');
  await fixture.design('end', 1);
  await fixture.scene('end', 1, 1);
  await fixture.scene('end', 1, 2);
  await fixture.scene('end', 2, 1, { obligationsOpened: ['the lamp'] });
  await fixture.service.forked({
    planId: 'end',
    branch: 'alt',
    runIds: [
      jobName('vision', 'end'),
      jobName('world', 'end'),
      jobName('blueprint', 'end:1'),
      ...['end-c001-s01', 'end-c001-s02', 'end-c002-s01'].map((sceneId) => jobName('scene', sceneId)),
    ],
  });
  await fixture.scene('end', 2, 2);
  await fixture.sweep();
  const [main] = await fixture.reported('end', 1);
  expect(main).toMatchObject({ cause: 'end:end@main', branch: 'main', present: true });
  expect(main!.message).toContain('the lamp');
  expect(main!.itemIds).toEqual(['item:scene:end-c002-s01', 'item:scene:end-c002-s02']);
  await fixture.scene('end', 2, 2, {}, 'alt');
  await fixture.sweep();
  expect((await fixture.reported('end', 2)).at(-1)).toMatchObject({ cause: 'end:end@alt', present: true });
  await fixture.act('end', 'the lamp', 'dismiss', { branch: 'alt' });
  await fixture.sweep();
  await fixture.sweep();
  expect(told(await fixture.reported('end', 3))).toMatchObject([
    { cause: 'end:end@main', present: true },
    { cause: 'end:end@alt', present: true },
    { cause: 'end:end@alt', present: false },
  ]);
});

it('says at the end of a book what is still owed, as that becomes less', async () => {
  await fixture.begin('less');
  await fixture.design('less', 1);
  await fixture.scene('less', 1, 1, { obligationsOpened: ['the lamp', 'the rope'] });
  for (const [chapter, scene] of [
    [1, 2],
    [2, 1],
    [2, 2],
  ] as const)
    await fixture.scene('less', chapter, scene);
  await fixture.sweep();
  expect((await fixture.reported('less', 1)).at(-1)!.message).toContain('owes its reader 2 things');
  await fixture.act('less', 'the lamp', 'dismiss');
  await fixture.sweep();
  const now = (await fixture.reported('less', 2)).filter(({ cause }) => cause === 'end:less@main').at(-1)!;
  expect(now.present).toBe(true);
  expect(now.message).toContain('the rope');
  expect(now.message).not.toContain('the lamp');
});
