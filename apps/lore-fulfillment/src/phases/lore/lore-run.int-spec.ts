import { fulfilLore, listLore, readReadiness, waitsForLore, type LoreNeed } from '@fiction/contracts';
import { ScriptedModel, until, type ScriptedCall } from '@fiction/testing';
import { KNOWN_FACT, LoreFixture, needOf, WRITER } from '../../testing/lore-fixture';

const PROBLEM = { entry: 'No Lamps', fact: KNOWN_FACT, quote: 'Forty lamps were lit.', problem: 'lamps are not lit' };
const UNPROVEN = { ...PROBLEM, quote: 'A hundred lamps were lit.' };

/** The name of a requirement says how its drafts go. */
function script({ task, material, instructions }: ScriptedCall): unknown {
  const name = task === 'lore.draft' ? (material.need as LoreNeed).name : (material.draft as { name: string }).name;
  if (task === 'lore.draft') {
    const again = instructions.startsWith('An earlier draft was refused');
    const summary = again && !name.startsWith('stubborn') ? 'The quay stayed dark.' : 'Forty lamps were lit.';
    const facts = [{ statement: summary, from: '0.0', until: null }];
    return { name: `The ${name}`, aliases: [], summary, facts, relations: [] };
  }
  const lit = (material.draft as { summary: string }).summary.startsWith('Forty');
  if (name.startsWith('careless') || name.startsWith('stubborn')) {
    return lit ? { verdict: 'contradicts', contradictions: [PROBLEM] } : { verdict: 'consistent', contradictions: [] };
  }
  if (name.startsWith('accused')) return { verdict: 'contradicts', contradictions: [UNPROVEN] };
  return { verdict: 'consistent', contradictions: [] };
}

const model = new ScriptedModel(script);
let lore: LoreFixture;
beforeAll(async () => {
  lore = await LoreFixture.start(model);
});
afterAll(() => lore.service.stop());

const callsFor = (name: string) =>
  model.calls.filter(({ material }) => JSON.stringify(material).includes(`"${name}"`)).map((call) => call.task);
const missing = async (requirementIds: string[]) =>
  (await lore.service.ask(readReadiness, { planId: 'plan', requirementIds })).missing;
const statuses = async (id: string) => (await lore.timeline(id)).map((event) => event.status);

it('drafts, checks and files what is declared; the timeline tells it', async () => {
  await lore.declare('plan', [{ requirementId: 'plain', chapter: 2, scene: 3 }]);
  await lore.declared('plain');
  const asked = await lore.service.ask(readReadiness, { planId: 'plan', requirementIds: ['plain', 'unknown'] });
  expect(waitsForLore(asked)).toBe(`waits for lore: ${asked.names.plain}, unknown`);
  expect(asked.names).toEqual({ plain: expect.stringMatching(/\S/) });
  const runId = await lore.fulfil('plan', 'plain');
  expect(await lore.service.runEnded(runId)).toMatchObject({
    status: 'complete',
    details: { requirementId: 'plain', entryId: 'entry-of-plain' },
  });
  expect(await missing(['plain', 'unknown'])).toEqual(['unknown']);
  expect(lore.filed.filter((filing) => filing.requirementId === 'plain')).toMatchObject([
    {
      planId: 'plan',
      branch: 'main',
      domain: 'history',
      from: '2.3',
      entry: { name: 'plain', aliases: ['The plain'] },
    },
  ]);
  expect(await lore.timeline('plain')).toMatchObject([
    { status: 'planned', run_id: null, note: 'declared by fiction:vision:test' },
    { status: 'requested', run_id: runId },
    { status: 'drafted', run_id: runId },
    { status: 'ready', run_id: runId },
  ]);
  const draft = model.calls.find((call) => call.task === 'lore.draft')!;
  expect(draft.material).toMatchObject({ need: needOf('plain'), related: [{ name: 'No Lamps' }] });
  const check = model.calls.find((call) => call.task === 'lore.check')!;
  expect(check.material).toMatchObject({ locked: [{ entry: 'No Lamps', statement: KNOWN_FACT }] });
});

it('changes nothing when declaration and command come again', async () => {
  const [calls, filed] = [model.calls.length, lore.filed.length];
  await Promise.all(Array.from({ length: 5 }, () => lore.declare('plan', [{ requirementId: 'plain' }])));
  await lore.fulfil('plan', 'plain');
  await lore.declare('plan', [{ requirementId: 'marker' }]);
  await lore.declared('marker');
  expect(await statuses('plain')).toEqual(['planned', 'requested', 'drafted', 'ready']);
  expect([model.calls.length, lore.filed.length]).toEqual([calls, filed]);
});

it('waits for a declaration that the command has overtaken, and spends no attempt on it', async () => {
  const runId = await lore.fulfil('plan', 'late');
  const waited = await until('the run has waited', async () => {
    const [run] = await lore.service.query<{ pauses: number; failures: number }>(
      'SELECT pauses, failures FROM runs WHERE id = $1 AND pauses > 0',
      [runId],
    );
    return run;
  });
  expect(waited.failures).toBe(0);
  await lore.declare('plan', [{ requirementId: 'late' }]);
  expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'complete' });
});

it('waits for the world, and spends no attempt on it', async () => {
  lore.refusals = 1;
  await lore.declare('plan', [{ requirementId: 'early' }]);
  const runId = await lore.fulfil('plan', 'early');
  expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'complete' });
  const [run] = await lore.service.query('SELECT failures FROM runs WHERE id = $1', [runId]);
  expect(run).toEqual({ failures: 0 });
});

it('drafts again what contradicts the bible, with the contradiction before it', async () => {
  await lore.declare('plan', [{ requirementId: 'careless' }]);
  await lore.service.runEnded(await lore.fulfil('plan', 'careless'));
  expect(callsFor('careless')).toEqual(['lore.draft', 'lore.check', 'lore.draft', 'lore.check']);
  const redraft = model.calls.filter((call) => call.task === 'lore.draft').at(-1)!;
  expect(redraft.material.refused).toMatchObject({ contradictions: [PROBLEM] });
  expect((await lore.timeline('careless')).at(-2)).toMatchObject({ status: 'drafted', note: 'draft 2' });
  expect(lore.filed.at(-1)!.entry.summary).toBe('The quay stayed dark.');
});

it('drafts in rounds, a little later each time, and fails with the quotations when all of them contradict', async () => {
  await lore.declare('plan', [{ requirementId: 'stubborn' }]);
  const ended = await lore.service.runEnded(await lore.fulfil('plan', 'stubborn'));
  expect(ended).toMatchObject({ status: 'failed', error: { code: 'LORE_CONTRADICTS' } });
  expect(ended.error!.message).toContain('Forty lamps were lit.');
  expect(callsFor('stubborn')).toHaveLength(12);
  const rounds = ['failed', 'requested', 'failed', 'requested', 'failed'];
  expect(await statuses('stubborn')).toEqual(['planned', 'requested', ...rounds]);
  expect(await missing(['stubborn'])).toEqual(['stubborn']);
  expect(lore.filed.some((filing) => filing.requirementId === 'stubborn')).toBe(false);
});

it('is not held up by a contradiction that quotes what nobody wrote', async () => {
  await lore.declare('plan', [{ requirementId: 'accused' }]);
  expect(await lore.service.runEnded(await lore.fulfil('plan', 'accused'))).toMatchObject({ status: 'complete' });
  expect(callsFor('accused')).toEqual(['lore.draft', 'lore.check']);
});

it('lists requirements by their place in the book, in pages, by status; one whose run failed is failed', async () => {
  const place = (requirementId: string, chapter: number | null, scene: number | null) => ({
    requirementId,
    chapter,
    scene,
  });
  const inOrder = [
    place('x-book', null, null),
    place('b-chapter', 1, null),
    place('a-scene', 1, 2),
    place('c-scene', 1, 10),
  ];
  await lore.declare('plan-list', inOrder.toReversed());
  await lore.declared('a-scene');
  await lore.service.query(
    `UPDATE requirements SET status = 'requested', run_id = 'fiction:lore:stubborn' WHERE id = $1`,
    ['a-scene'],
  );
  const first = await lore.service.ask(listLore, { planId: 'plan-list', limit: 3 });
  const second = await lore.service.ask(listLore, { planId: 'plan-list', limit: 3, cursor: first.nextCursor! });
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(inOrder.map((one) => one.requirementId));
  expect(second.nextCursor).toBeNull();
  const foreign = lore.service.ask(listLore, { planId: 'plan-other', cursor: first.nextCursor! });
  await expect(foreign).rejects.toMatchObject({ code: 'INPUT_INVALID', errors: [{ field: 'cursor' }] });
  await lore.fire();
  const failed = await lore.service.ask(listLore, { planId: 'plan-list', status: 'failed' });
  expect(failed.items.map((item) => item.id)).toEqual(['a-scene']);
});

it('opens one alert when its run has failed for good, and closes it when it is ready after all', async () => {
  await lore.fire();
  const alertsOf = (id: string) =>
    lore.alerts.filter((alert) => alert.cause === `${id}@main`).map(({ present }) => present);
  await until('the alert is told of', () => alertsOf('stubborn').length > 0);
  await lore.fire();
  expect(lore.alerts.find((alert) => alert.cause === 'stubborn@main')).toMatchObject({
    rule: 'lore-failed',
    planId: 'plan',
    itemIds: ['item:stubborn'],
    message: expect.stringContaining('Forty lamps were lit.'),
  });
  expect(alertsOf('stubborn')).toEqual([true]);
  const which = { planId: 'plan', requirementId: 'stubborn', ...WRITER };
  await lore.service.ask(fulfilLore, { ...which, text: 'The quay stayed dark that night.' });
  const runId = await lore.fulfil('plan', 'stubborn', 'main', 1);
  await until('it is ready', async () => (await missing(['stubborn'])).length === 0);
  expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'complete' });
  await until('the alert is closed', () => alertsOf('stubborn').length === 2);
  expect(alertsOf('stubborn')).toEqual([true, false]);
  expect(callsFor('stubborn')).toHaveLength(12);
});

it('goes on in further rounds, on what is on record, when somebody resumes it as it is', async () => {
  await lore.declare('plan', [{ requirementId: 'stubborn-2' }]);
  await lore.service.runEnded(await lore.fulfil('plan', 'stubborn-2'));
  const runId = await lore.fulfil('plan', 'stubborn-2', 'main', 1);
  await until('it has failed again', async () => {
    const failed = `SELECT 1 FROM runs WHERE id = $1 AND resumption = 1 AND status = 'failed'`;
    return (await lore.service.query(failed, [runId])).length > 0;
  });
  expect(callsFor('stubborn-2')).toHaveLength(24);
});

it('has no more rounds for having been paused, or resumed for something else, before', async () => {
  await lore.declare('plan', [{ requirementId: 'stubborn-4' }]);
  const runId = await lore.fulfil('plan', 'stubborn-4', 'main', 2);
  expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'failed', error: { code: 'LORE_CONTRADICTS' } });
  expect(callsFor('stubborn-4')).toHaveLength(12);
});

it('drafts by the bible as it is by then when somebody resumes it after having changed that', async () => {
  await lore.declare('plan', [{ requirementId: 'stubborn-3' }]);
  await lore.service.runEnded(await lore.fulfil('plan', 'stubborn-3'));
  lore.knownFact = 'Some light a lamp on the quay.';
  await lore.fulfil('plan', 'stubborn-3', 'main', 1);
  await until('it is ready', async () => (await missing(['stubborn-3'])).length === 0);
  lore.knownFact = KNOWN_FACT;
  expect(callsFor('stubborn-3')).toHaveLength(14);
  const redraft = model.calls.filter((call) => call.task === 'lore.draft').at(-1)!;
  expect(redraft.material).not.toHaveProperty('refused');
});

it('files once and is ready once when its process is lost between the two', async () => {
  await lore.declare('plan', [{ requirementId: 'torn' }]);
  const runId = await lore.fulfil('plan', 'torn');
  await lore.service.runEnded(runId);
  const filed = () => lore.filed.filter((filing) => filing.requirementId === 'torn').length;
  // As if the commit that completes the run had not happened: the filing is on record, the rest is not.
  await lore.service.database.transaction(async (uow) => {
    await uow.query(`UPDATE requirements SET status = 'drafted', entry_id = NULL WHERE id = 'torn'`);
    await uow.query(`UPDATE runs SET status = 'running', worker_id = 0, finished_at = NULL WHERE id = $1`, [runId]);
  });
  expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'complete' });
  expect([filed(), callsFor('torn').length]).toEqual([1, 2]);
  expect(await missing(['torn'])).toEqual([]);
});
