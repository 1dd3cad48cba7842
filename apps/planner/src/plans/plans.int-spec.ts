import { briefDigest, createPlan, listPlans, readPlan, type Brief } from '@fiction/contracts';
import { ServiceUnderTest } from '@fiction/testing';
import { PlannerModule } from '../planner.module';

jest.setTimeout(60_000);

let planner: ServiceUnderTest;
beforeAll(async () => {
  planner = await ServiceUnderTest.start({ service: 'planner', module: (config) => PlannerModule.forConfig(config) });
});
afterAll(async () => planner?.stop());

const BRIEF: Brief = {
  title: 'The Salt Clock',
  author: 'M. Okafor',
  text: 'A clock of salt.',
  lore: { slaSeconds: 60 },
};
const create = (brief: Brief, idempotencyKey: string | null) =>
  planner.ask(createPlan, { brief, idempotencyKey, actor: 'writer' });

it('makes one plan of a brief however often it is sent with its key, in whatever order its fields come', async () => {
  const first = await create(BRIEF, 'same');
  expect(first.created).toBe(true);
  const { title, ...rest } = BRIEF;
  const again = await Promise.all([create(BRIEF, 'same'), create({ ...rest, title }, 'same')]);
  for (const answer of again) expect(answer).toEqual({ planId: first.planId, created: false });
});

it('refuses another brief with a key that was used, and makes nothing of it', async () => {
  await create(BRIEF, 'taken');
  const before = await planner.ask(listPlans, {});
  await expect(create({ ...BRIEF, chapters: 2 }, 'taken')).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
    status: 409,
  });
  expect(await planner.ask(listPlans, {})).toEqual(before);
});

it('makes one plan of two briefs that come with one key at once, and refuses whichever came second', async () => {
  const briefs = [BRIEF, { ...BRIEF, title: 'Other' }, BRIEF, { ...BRIEF, title: 'Other' }];
  const answers = await Promise.allSettled(briefs.map((brief) => create(brief, 'race')));
  const made = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  expect(made).toHaveLength(2);
  expect(new Set(made.map(({ planId }) => planId)).size).toBe(1);
  expect(made.filter(({ created }) => created)).toHaveLength(1);
});

it('knows a plan from before by its key alone', async () => {
  const { planId } = await create(BRIEF, 'old');
  await planner.query('UPDATE plans SET brief_digest = NULL WHERE id = $1', [planId]);
  expect(await create({ ...BRIEF, title: 'Other' }, 'old')).toEqual({ planId, created: false });
});

it('lists the plans of one brief, by what the brief says, page by page', async () => {
  const brief = { ...BRIEF, text: 'Another clock.' };
  const made = [await create(brief, null), await create({ ...brief, title: 'Other' }, null), await create(brief, null)];
  const [first, , last] = made.map(({ planId }) => planId);
  const query = { briefDigest: briefDigest({ ...brief, lore: { slaSeconds: 60 } }), limit: 1 };
  const { items, nextCursor } = await planner.ask(listPlans, query);
  expect(items).toMatchObject([{ id: last, briefDigest: query.briefDigest }]);
  expect(await planner.ask(listPlans, { ...query, cursor: nextCursor! })).toMatchObject({ items: [{ id: first }] });
  expect((await planner.ask(readPlan, { planId: first! })).briefDigest).toBe(query.briefDigest);
});

it.each(['2024-02-31T99:99:99.000000Z', '2024-02-30T00:00:00.000000Z', '0000-01-01T00:00:00.000000Z'])(
  'refuses a cursor of no moment, %s',
  async (moment) => {
    const asked = planner.ask(listPlans, { cursor: `${moment}_00000000-0000-0000-0000-000000000000` });
    await expect(asked).rejects.toMatchObject({ code: 'INPUT_INVALID', errors: [{ field: 'cursor' }] });
  },
);
