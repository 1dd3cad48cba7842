import { jobName, readLore, readReadiness, supplyLore, waiveLore } from '@fiction/contracts';
import { ScriptedModel, until } from '@fiction/testing';
import { declarationOf, LoreFixture, requirementOf, WRITER } from '../../testing/lore-fixture';
import { LoreDeclarations } from './lore-declarations';

const SCENE = 'fiction:scene:s1';
const model = new ScriptedModel(({ task, material }) => {
  if (task !== 'lore.draft') return { verdict: 'consistent', contradictions: [] };
  const { name } = material.need as { name: string };
  const facts = [{ statement: 'It was there before.', from: '0.0', until: null }];
  return { name, aliases: [], summary: `${name} is there.`, facts, relations: [] };
});
let lore: LoreFixture;
beforeAll(async () => {
  lore = await LoreFixture.start(model);
});
afterAll(() => lore.service.stop());

const VISION = 'fiction:vision:test';
const read = (planId: string, requirementId: string, branch = 'main') =>
  lore.service.ask(readLore, { planId, requirementId, branch });
const raised = (planId: string, branch: string, raisedBy = SCENE) =>
  lore.service.ask(readReadiness, { planId, branch, requirementIds: [], raisedBy }).then((reply) => reply.raised);

it('fulfilled on alt-beta it wakes that branch alone; lineage, conversation, pass and source are right everywhere', async () => {
  await lore.declare('p', [{ requirementId: 'r' }], { terms: { policy: 'after-sla', slaSeconds: 60 } });
  await lore.block('p', 'r');
  await lore.service.forked({ planId: 'p', branch: 'alt-beta', runIds: [VISION] });
  expect(await lore.status('r', 'alt-beta')).toBe('planned');
  lore.clock.advance(30_000);
  await lore.block('p', 'r', 'alt-beta');
  lore.clock.advance(30_000);
  await lore.fire();
  // Each side has a clock of its own: only the first one's has run down.
  expect([await lore.status('r'), await lore.status('r', 'alt-beta')]).toEqual(['requested', 'blocked']);
  lore.clock.advance(30_000);
  await lore.fire();
  await lore.service.runEnded(await lore.fulfil('p', 'r', 'alt-beta'));

  expect([await lore.status('r'), await lore.status('r', 'alt-beta')]).toEqual(['requested', 'ready']);
  expect(lore.filed.map(({ branch }) => branch)).toEqual(['alt-beta']);
  const wakes = () =>
    lore.wakes.filter((wake) => wake.requirementId === 'r').map((wake) => `${wake.branch} ${wake.because}`);
  await until('each side was woken', () => wakes().length === 2);
  expect(wakes().sort()).toEqual(['alt-beta sla', 'main sla']);
  const seen = await read('p', 'r', 'alt-beta');
  expect(seen).toMatchObject({ branch: 'alt-beta', lineage: ['alt-beta', 'main'], sharedFrom: null, breached: true });
  const told = (await lore.told('r', 9)).filter(({ branch }) => branch === 'alt-beta');
  expect(told).toEqual(seen.timeline);
  expect(told.at(-1)).toMatchObject({
    branch: 'alt-beta',
    lineage: ['alt-beta', 'main'],
    // Until a run has it, it is the branch's own conversation; then the run's.
    conversationId: 'conversation',
    planPassId: null,
    source: 'automation',
    backlogItemId: 'item:r',
    runId: jobName('lore', 'r', 'alt-beta'),
    from: 'drafted',
    to: 'ready',
  });
  expect(told[0]).toMatchObject({
    conversationId: 'conversation:author:p@alt-beta',
    backlogItemId: 'item:lore:r@alt-beta',
    note: `declared by ${VISION}, forked from main`,
  });
  const rows =
    'SELECT lineage, conversation_id FROM requirement_events WHERE requirement_id = $1 AND branch = $2 ORDER BY id';
  expect(await lore.service.query(rows, ['r', 'alt-beta'])).toEqual(
    told.map(({ lineage, conversationId }) => ({ lineage, conversation_id: conversationId })),
  );
});

it('shows a branch what it shares, with the timeline of where it was fulfilled, and lets nobody change it there', async () => {
  await lore.declare('s', [{ requirementId: 's-r' }], { terms: { approval: 'auto' } });
  await lore.service.runEnded(await lore.fulfil('s', 's-r'));
  await lore.service.forked({ planId: 's', branch: 'alt', runIds: [VISION, jobName('lore', 's-r')] });
  expect(await read('s', 's-r', 'alt')).toMatchObject({ status: 'ready', sharedFrom: 'main' });
  const waived = lore.service.ask(waiveLore, {
    planId: 's',
    branch: 'alt',
    requirementId: 's-r',
    ...WRITER,
    note: 'x',
  });
  await expect(waived).rejects.toMatchObject({ code: 'LORE_ALREADY_READY' });
  // What a branch shares as fulfilled does not become open again because somebody on it asks for it.
  await lore.declare('s', [{ requirementId: 's-r' }, { requirementId: 's-new' }], {
    branch: 'alt',
    source: `${SCENE}@alt`,
  });
  await lore.declared('s-new', 'alt');
  expect(await lore.status('s-r', 'alt')).toBeUndefined();
  expect(await raised('s', 'alt', `${SCENE}@alt`)).toMatchObject([
    { requirementId: 's-new', ready: false },
    { requirementId: 's-r', ready: true },
  ]);
  expect(await raised('s', 'main', `${SCENE}@alt`)).toEqual([]);
});

it('keeps every source of what several ask for, tells of each once, and answers a scene what it has raised', async () => {
  await lore.declare('m', [{ requirementId: 'm-r', name: 'The Mill' }]);
  await lore.declared('m-r');
  lore.clock.advance(1_000);
  const clash = { requirementId: 'm-clash', kind: 'contradiction' as const, backlogItemId: null };
  for (let times = 0; times < 3; times += 1) {
    await lore.declare('m', [{ requirementId: 'm-r', name: 'Mill' }, clash], { source: SCENE });
  }
  await lore.told('m-r', 2);
  lore.clock.advance(1_000);
  await lore.declare('m', [{ requirementId: 'm-r', name: 'Mill' }], { source: 'person:mo', askedFrom: 'console' });
  await lore.told('m-r', 3);
  const { name, sources, timeline } = await read('m', 'm-r');
  expect(name).toBe('The Mill');
  expect(sources.map(({ source }) => source)).toEqual([VISION, SCENE, 'person:mo']);
  expect(timeline.map(({ note, actor, source }) => `${note} | ${actor} ${source}`)).toEqual([
    `declared by ${VISION} | ${VISION} automation`,
    `also asked for by ${SCENE} | ${SCENE} automation`,
    'also asked for by person:mo | mo console',
  ]);
  const other = 'fiction:scene:s2';
  await lore.declare('m', [clash], { source: other });
  await lore.told('m-clash', 2);
  await lore.service.ask(waiveLore, { planId: 'm', requirementId: 'm-clash', ...WRITER, note: 'He lies.' });
  // Every scene that has run into it goes on.
  await until('both are woken', () => lore.wakes.filter((wake) => wake.requirementId === 'm-clash').length === 2);
  const woken = lore.wakes.filter((wake) => wake.requirementId === 'm-clash').map((wake) => wake.declaredBy);
  expect(woken.sort()).toEqual([SCENE, other]);
  // One that runs into it later does too, once, and the others are left alone.
  const later = 'fiction:scene:s3';
  for (let times = 0; times < 2; times += 1) await lore.declare('m', [clash], { source: later });
  await lore.declare('m', [clash], { source: 'fiction:scene:s4' });
  const wakes = () => lore.wakes.filter((wake) => wake.requirementId === 'm-clash').map((wake) => wake.declaredBy);
  await until('the last is woken', () => wakes().includes('fiction:scene:s4') && wakes().includes(later));
  expect(wakes().sort()).toEqual([SCENE, other, later, 'fiction:scene:s4']);
  expect(await raised('m', 'main')).toEqual([
    expect.objectContaining({ requirementId: 'm-clash', kind: 'contradiction', ready: true, waived: true }),
    expect.objectContaining({ requirementId: 'm-r', kind: 'entry', name: 'The Mill', ready: false, waived: false }),
  ]);
});

it('a fork may say what a requirement is to become, before or after that is known on the branch', async () => {
  await lore.declare('f', [{ requirementId: 'f-1' }, { requirementId: 'f-2' }]);
  await Promise.all([lore.declared('f-1'), lore.declared('f-2')]);
  const facts = [{ statement: 'It burned.', from: '0.0', until: null }];
  const supplied = (requirementId: string) => ({
    planId: 'f',
    branch: 'alt',
    requirementId,
    entry: { name: requirementId, aliases: [], summary: `${requirementId} burned.`, facts, relations: [] },
    actor: 'mo',
    source: 'console',
  });
  await lore.service.publish(supplyLore, supplied('f-1'));
  await until('it is supplied', async () => {
    const known = `SELECT 1 FROM requirement_decisions WHERE requirement_id = 'f-1'`;
    return (await lore.service.query(known)).length > 0;
  });
  await lore.service.forked({ planId: 'f', branch: 'alt', runIds: [VISION] });
  await lore.service.publish(supplyLore, supplied('f-2'));
  await lore.woken('f-2', 'supplied');
  const calls = model.calls.length;
  for (const id of ['f-1', 'f-2']) {
    expect(await lore.service.runEnded(await lore.fulfil('f', id, 'alt'))).toMatchObject({ status: 'complete' });
    expect(lore.filed.at(-1)).toMatchObject({
      branch: 'alt',
      writtenBy: 'mo',
      entry: { summary: `${id} burned.` },
    });
  }
  expect(model.calls.length).toBe(calls);
  expect(await lore.status('f-1')).toBe('planned');
});

it('is what the first calls it, of all who ask for it at once, and keeps each as a source', async () => {
  const app = lore.service.replicas[0]!.get(LoreDeclarations, { strict: false });
  const places = [3, 1, 2, 5, 4].map((chapter) => ({
    ...declarationOf('at-once', 'main', `person:${chapter}`),
    requirements: [{ ...requirementOf('at-once-1'), name: `Mill ${chapter}`, chapter }],
  }));
  await lore.service.database.transaction((uow) => app.declare(uow, places));
  const seen = await read('at-once', 'at-once-1');
  expect(seen).toMatchObject({ name: 'Mill 3', chapter: 3, source: 'person:3' });
  expect(seen.sources.map(({ source }) => source)).toEqual([1, 2, 3, 4, 5].map((n) => `person:${n}`));
  expect(seen.timeline.map(({ actor }) => actor)).toEqual(expect.arrayContaining(['1', '2', '3', '4', '5']));
});
