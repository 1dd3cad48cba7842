import {
  approveLore,
  cancelRunCommandOf,
  DomainError,
  fulfilLore,
  readLore,
  rejectLore,
  waiveLore,
} from '@fiction/contracts';
import { ScriptedModel, until, type ScriptedCall } from '@fiction/testing';
import { LoreFixture, WRITER } from '../../testing/lore-fixture';

const HUMAN = { approval: 'human' as const };
const model = new ScriptedModel(({ task, material, instructions }: ScriptedCall) => {
  if (task !== 'lore.draft') return { verdict: 'consistent', contradictions: [] };
  const { name } = material.need as { name: string };
  const reason = (material.refused as { reason?: string } | undefined)?.reason;
  if (reason !== undefined) expect(instructions).toMatch(/^The writer has rejected/);
  const facts = [{ statement: 'It was there before.', from: '0.0', until: null }];
  return { name, aliases: [], summary: reason ?? `${name} as it was first told.`, facts, relations: [] };
});

let lore: LoreFixture;
beforeAll(async () => {
  lore = await LoreFixture.start(model);
});
afterAll(() => lore.service.stop());

const which = (requirementId: string) => ({ planId: 'p', requirementId, ...WRITER });
const callsFor = (name: string) =>
  model.calls.filter(({ material }) => JSON.stringify(material).includes(`"${name}"`)).map((call) => call.task);
const read = (requirementId: string) => lore.service.ask(readLore, { planId: 'p', requirementId });

/** Declares and drafts; the run then waits for the writer. */
async function drafted(id: string): Promise<void> {
  await lore.declare('p', [{ requirementId: id }], { terms: HUMAN });
  const ended = await lore.service.runEnded(await lore.fulfil('p', id));
  expect(ended).toMatchObject({ status: 'blocked', details: { reason: 'LORE_AWAITS_APPROVAL', requirementId: id } });
  expect(await lore.status(id)).toBe('drafted');
}

/** Resumes, as the planner does when it is woken, and waits until the run has ended again. */
async function resumed(id: string, resumption: number) {
  const runId = await lore.fulfil('p', id, 'main', resumption);
  return until(`${runId} has ended again`, async () => {
    const [run] = await lore.service.query<{ status: string }>(
      'SELECT status FROM runs WHERE id = $1 AND resumption = $2',
      [runId, resumption],
    );
    return run !== undefined && !['queued', 'running'].includes(run.status) && run.status;
  });
}

it('waits for approval, shows what is to be approved, and files that without another call', async () => {
  await drafted('approved');
  expect(await read('approved')).toMatchObject({ draft: { summary: 'approved as it was first told.' } });
  const done = await lore.service.ask(approveLore, which('approved'));
  expect(done).toMatchObject({ requirement: { status: 'drafted' }, repeated: false });
  expect(await lore.woken('approved', 'approved')).toMatchObject({ actor: 'mo', source: 'console' });
  expect(await resumed('approved', 1)).toBe('complete');
  expect(callsFor('approved')).toEqual(['lore.draft', 'lore.check']);
  expect(lore.filed.at(-1)).toMatchObject({ requirementId: 'approved', writtenBy: null });
  const { status, timeline } = await read('approved');
  expect(status).toBe('ready');
  expect(timeline.map(({ from, to, actor, source }) => `${from} ${to} ${actor} ${source}`)).toEqual([
    'null planned fiction:vision:test automation',
    'planned requested lore-fulfillment automation',
    'requested drafted lore-fulfillment automation',
    'drafted drafted mo console',
    'drafted ready lore-fulfillment automation',
  ]);
});

it('does not draft another while one waits to be approved', async () => {
  await drafted('waiting');
  const asked = lore.service.ask(fulfilLore, which('waiting'));
  await expect(asked).rejects.toMatchObject({ code: 'LORE_AWAITS_APPROVAL', status: 409 });
  expect(await lore.status('waiting')).toBe('drafted');
  await lore.service.ask(approveLore, which('waiting'));
  expect(await resumed('waiting', 1)).toBe('complete');
});

it('decides nothing any more while it is being filed, and files what is decided after that has failed', async () => {
  await lore.declare('p', [{ requirementId: 'away' }]);
  lore.notFiled = new DomainError('SERVICE_UNAVAILABLE', 503, 'The world bible is away.');
  const runId = await lore.fulfil('p', 'away');
  await until('it is being filed', async () => {
    const steps = await lore.service.query('SELECT 1 FROM steps WHERE run_id = $1 AND name = $2', [runId, 'filing.0']);
    return steps.length > 0;
  });
  const supplied = { ...which('away'), text: 'It was never there.' };
  for (const late of [
    lore.service.ask(fulfilLore, supplied),
    lore.service.ask(waiveLore, { ...which('away'), note: 'No.' }),
  ]) {
    await expect(late).rejects.toMatchObject({ code: 'LORE_BEING_FILED', status: 409 });
  }
  lore.notFiled = new DomainError('INPUT_INVALID', 400, 'Not like this.');
  expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'failed' });
  lore.notFiled = undefined;
  await lore.service.ask(fulfilLore, supplied);
  expect(await resumed('away', 1)).toBe('complete');
  expect(lore.filed.at(-1)).toMatchObject({
    requirementId: 'away',
    writtenBy: 'mo',
    entry: { summary: supplied.text },
  });
  expect((await read('away')).timeline.at(-1)).toMatchObject({ to: 'ready', note: 'as written by mo' });
});

it.each(['on its way', 'arrived'])(
  'takes nothing that could not be filed, of a run that is stopped: %s',
  async (how) => {
    const id = `stopped-${how}`;
    await lore.declare('p', [{ requirementId: id }]);
    lore.notFiled = how === 'arrived' ? undefined : new DomainError('SERVICE_UNAVAILABLE', 503, 'It has not answered.');
    const runId = await lore.fulfil('p', id);
    if (how === 'arrived') {
      await lore.service.runEnded(runId);
      // As if the pause had come before the commit that completes the run.
      await lore.service.database.transaction(async (uow) => {
        await uow.query(`UPDATE requirements SET status = 'drafted', entry_id = NULL WHERE id = $1`, [id]);
        await uow.query(`UPDATE runs SET status = 'cancelled' WHERE id = $1`, [runId]);
      });
    } else {
      await until('it is being filed', async () => {
        const filing = `SELECT 1 FROM steps WHERE run_id = $1 AND name = 'filing.0'`;
        return (await lore.service.query(filing, [runId])).length > 0;
      });
      await lore.service.publish(cancelRunCommandOf('lore-fulfillment'), { runId, reason: 'the plan was paused' });
      expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'cancelled' });
      lore.notFiled = undefined;
    }
    const late = lore.service.ask(fulfilLore, { ...which(id), text: 'It was never there.' });
    await expect(late).rejects.toMatchObject({ code: 'LORE_BEING_FILED', status: 409 });
    expect(await resumed(id, 1)).toBe('complete');
    expect(lore.filed.at(-1)).toMatchObject({ requirementId: id, writtenBy: null });
    expect((await read(id)).timeline.at(-1)).toMatchObject({ to: 'ready', note: null });
  },
);

it('drafts a rejected one again with the reason, as often as it is rejected, and pays for each draft once', async () => {
  await drafted('rejected');
  const reasons = ['It was a winter.', 'It was the winter before.'];
  for (const [n, reason] of reasons.entries()) {
    const rejected = await lore.service.ask(rejectLore, { ...which('rejected'), reason });
    expect(rejected.requirement.status).toBe('rejected');
    expect(await resumed('rejected', n + 1)).toBe('blocked');
    expect((await read('rejected')).draft!.summary).toBe(reason);
  }
  await lore.service.ask(approveLore, which('rejected'));
  expect(await resumed('rejected', 3)).toBe('complete');
  expect(callsFor('rejected')).toEqual(Array.from({ length: 3 }, () => ['lore.draft', 'lore.check']).flat());
  expect(lore.filed.at(-1)!.entry.summary).toBe('It was the winter before.');
  expect((await read('rejected')).timeline.map(({ to, note }) => `${to} ${note}`).slice(2)).toEqual([
    'drafted null',
    'rejected It was a winter.',
    'requested drafted again',
    'drafted draft 2',
    'rejected It was the winter before.',
    'requested drafted again',
    'drafted draft 3',
    'drafted approved',
    'ready null',
  ]);
});

it('files what a person has written as that person’s, without a call, whole or as plain text', async () => {
  const facts = [{ statement: 'The mill burned.', from: '1.1', until: null }];
  const entry = { name: 'Mill', aliases: ['old mill'], summary: 'A mill that burned.', facts, relations: [] };
  await lore.declare('p', [{ requirementId: 'whole' }, { requirementId: 'plain-text', chapter: 2 }]);
  await Promise.all([lore.declared('whole'), lore.declared('plain-text')]);
  await lore.service.ask(fulfilLore, { ...which('whole'), entry });
  const text = 'Nobody lit the lamp. It was said that Dr. Ames had paid for it!\nThat was in March.';
  await lore.service.ask(fulfilLore, { ...which('plain-text'), text });
  expect(await lore.woken('whole', 'supplied')).toMatchObject({ kind: 'entry', declaredBy: 'fiction:vision:test' });
  const runs = [await lore.fulfil('p', 'whole'), await lore.fulfil('p', 'plain-text')];
  for (const runId of runs) expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'complete' });
  expect([callsFor('whole'), callsFor('plain-text')]).toEqual([[], []]);
  const filed = (id: string) => lore.filed.find((one) => one.requirementId === id);
  expect(filed('whole')).toMatchObject({
    writtenBy: 'mo',
    entry: { name: 'whole', aliases: ['Mill', 'old mill'] },
  });
  expect(filed('plain-text')).toMatchObject({ writtenBy: 'mo', entry: { name: 'plain-text', summary: text } });
  expect(filed('plain-text')!.entry.facts).toContainEqual({
    statement: 'That was in March.',
    from: '2.1',
    until: null,
  });
  expect((await read('whole')).timeline.at(-1)).toMatchObject({ to: 'ready', note: 'as written by mo' });
});

it('takes a person’s text in place of a draft that waits', async () => {
  await drafted('replaced');
  await lore.service.ask(fulfilLore, { ...which('replaced'), text: 'Mine instead.' });
  expect(await resumed('replaced', 1)).toBe('complete');
  expect(callsFor('replaced')).toEqual(['lore.draft', 'lore.check']);
  expect(lore.filed.at(-1)).toMatchObject({ writtenBy: 'mo', entry: { summary: 'Mine instead.' } });
});

it('lets go of what is waived: ready at once, nothing is filed, and its run completes without a call', async () => {
  await lore.declare('p', [{ requirementId: 'waived' }], { terms: { policy: 'manual' } });
  await lore.block('p', 'waived');
  const done = await lore.service.ask(waiveLore, { ...which('waived'), note: 'It is meant to be unknown.' });
  expect(done.requirement).toMatchObject({ status: 'ready', waived: true, entryId: null });
  await lore.woken('waived', 'waived');
  const ended = await lore.service.runEnded(await lore.fulfil('p', 'waived'));
  expect(ended).toMatchObject({ status: 'complete', details: { waived: true } });
  expect(callsFor('waived')).toEqual([]);
  expect(lore.filed.some((one) => one.requirementId === 'waived')).toBe(false);
  expect((await read('waived')).timeline.at(-1)).toMatchObject({
    actor: 'mo',
    note: expect.stringContaining('unknown'),
  });
});

it('leaves a contradiction to people: it is not fulfilled, and waived it lets its scene go on', async () => {
  const need = { requirementId: 'clash', kind: 'contradiction' as const, backlogItemId: null };
  await lore.declare('p', [need], { source: 'fiction:scene:s1' });
  await lore.declared('clash');
  const refused = lore.service.ask(fulfilLore, which('clash'));
  await expect(refused).rejects.toMatchObject({ code: 'LORE_NEEDS_PERSON', status: 409 });
  await lore.service.ask(waiveLore, { ...which('clash'), note: 'He lies.' });
  expect(await lore.woken('clash', 'waived')).toMatchObject({ kind: 'contradiction', declaredBy: 'fiction:scene:s1' });
});

it('asks for the run when nobody has written anything', async () => {
  await lore.declare('p', [{ requirementId: 'asked' }], { terms: { policy: 'manual' } });
  await lore.block('p', 'asked');
  await lore.service.ask(fulfilLore, which('asked'));
  await lore.woken('asked', 'requested');
  expect((await lore.told('asked', 3)).at(-1)).toMatchObject({ from: 'blocked', to: 'requested', actor: 'mo' });
});

describe('refuses, and changes nothing,', () => {
  const everything = () =>
    lore.service.query('SELECT id, branch, status, updated_at FROM requirements ORDER BY id, branch');
  const counted = () =>
    lore.service.query(
      'SELECT (SELECT count(*) FROM requirement_decisions) AS decisions, (SELECT count(*) FROM requirement_events) AS events',
    );
  let before: unknown;
  beforeEach(async () => {
    before = [await everything(), await counted()];
  });
  afterEach(async () => expect([await everything(), await counted()]).toEqual(before));

  it.each([
    ['approve', () => lore.service.ask(approveLore, which('nobody')), 'LORE_REQUIREMENT_NOT_FOUND', 404],
    ['fulfil', () => lore.service.ask(fulfilLore, which('whole')), 'LORE_ALREADY_READY', 409],
    ['waive', () => lore.service.ask(waiveLore, { ...which('whole'), note: 'x' }), 'LORE_ALREADY_READY', 409],
    ['approve', () => lore.service.ask(approveLore, which('asked')), 'LORE_NOT_DRAFTED', 409],
    ['reject', () => lore.service.ask(rejectLore, { ...which('asked'), reason: 'x' }), 'LORE_NOT_DRAFTED', 409],
    ['waive', () => lore.service.ask(waiveLore, { ...which('asked'), note: ' ' }), 'INPUT_INVALID', 400],
    [
      'read',
      () => lore.service.ask(readLore, { planId: 'other', requirementId: 'asked' }),
      'LORE_REQUIREMENT_NOT_FOUND',
      404,
    ],
    ['fulfil', () => lore.service.ask(fulfilLore, { ...which('asked'), branch: 'nowhere' }), 'BRANCH_NOT_READY', 503],
  ])('to %s what cannot be (%#)', async (_verb, ask, code, status) => {
    await expect(ask()).rejects.toMatchObject({ code, status });
  });

  it('a second decision on one draft', async () => {
    await lore.declare('p', [{ requirementId: 'twice' }], { terms: HUMAN });
    await lore.service.runEnded(await lore.fulfil('p', 'twice'));
    await lore.service.ask(approveLore, which('twice'));
    before = [await everything(), await counted()];
    await expect(lore.service.ask(approveLore, which('twice'))).rejects.toMatchObject({ code: 'LORE_ALREADY_DECIDED' });
  });
});

it('does once what is asked for under one key, and refuses another thing under it', async () => {
  await lore.declare('p', [{ requirementId: 'keyed' }]);
  await lore.declared('keyed');
  const keyed = { ...which('keyed'), idempotencyKey: 'k-1', text: 'Once.' };
  const answers = await Promise.all([1, 2, 3].map(() => lore.service.ask(fulfilLore, keyed)));
  expect(answers.filter(({ repeated }) => repeated)).toHaveLength(2);
  expect((await lore.timeline('keyed')).filter(({ source }) => source === 'console')).toHaveLength(1);
  const other = lore.service.ask(fulfilLore, { ...keyed, text: 'Twice.' });
  await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', status: 409 });
});

it('lists what is only ever added to: neither decisions nor timelines can be changed', async () => {
  for (const statement of ['UPDATE requirement_events SET note = NULL', 'DELETE FROM requirement_decisions']) {
    await expect(lore.service.query(statement)).rejects.toThrow(/never change/);
  }
});
