import {
  addMemory,
  addNote,
  changeBaseline,
  fileRoster,
  jobName,
  listMemories,
  listNotes,
  listPersonas,
  listRoster,
  readPersona,
  retractMemory,
} from '@fiction/contracts';
import { VISION } from '../testing/bible-fixture';
import { BY, ObligationFixture } from '../testing/obligation.fixture';

let fixture: ObligationFixture;
beforeAll(async () => (fixture = await ObligationFixture.start()));
afterAll(() => fixture.stop());

const idOf = (planId: string, branch = 'main', key = 'ada quill') => `${planId}@${branch}:${key}`;
async function begin(planId: string): Promise<void> {
  await fixture.begin(planId);
  await fixture.service.ask(fileRoster, {
    planId,
    author: { name: 'M. Okafor', summary: 'A clock, and who pays.' },
    cast: VISION.cast,
    briefCast: [
      { name: 'ADA QUILL', role: 'protagonist', baseline: { forbidden: ['lies'], knowledge: ['the ledger'] } },
    ],
  });
}
const change = (planId: string, version: number, voice: string, branch = 'main') =>
  fixture.service.ask(changeBaseline, {
    ...BY,
    planId,
    personaId: idOf(planId, branch),
    version,
    baseline: { voice },
    note: null,
  });
const remember = (
  planId: string,
  text: string,
  over: { from?: string; idempotencyKey?: string; branch?: string } = {},
) =>
  fixture.service.ask(addMemory, {
    ...BY,
    planId,
    personaId: idOf(planId, over.branch),
    text,
    from: over.from ?? '0.0',
    idempotencyKey: over.idempotencyKey ?? null,
  });
const memories = async (planId: string, branch = 'main') =>
  (await fixture.service.ask(listMemories, { planId, personaId: idOf(planId, branch) })).items;
const baselineOf = async (planId: string, branch = 'main') =>
  (await fixture.context(planId, 1, 2, { branch })).persona.baseline;

it('has the author and the cast, with the brief’s parts before the vision’s', async () => {
  await begin('p');
  const first = await fixture.service.ask(listPersonas, { planId: 'p', limit: 2 });
  expect(first.items).toMatchObject([
    { personaId: 'p@main:*author', kind: 'author', name: 'M. Okafor', role: null, version: 1 },
    {
      personaId: 'p@main:ada quill',
      role: 'character',
      baseline: {
        voice: 'short sentences',
        values: ['the clock'],
        knowledge: ['the ledger'],
        forbidden: ['lies'],
      },
    },
  ]);
  const rest = await fixture.service.ask(listPersonas, { planId: 'p', limit: 2, cursor: first.nextCursor! });
  expect(rest).toMatchObject({ items: [{ name: 'Tobias Marsh' }], nextCursor: null });
  expect(await baselineOf('p')).toBe('short sentences. Goes by: the clock. Knows: the ledger. Never: lies');
  for (const personaId of ['p@main:nobody', 'q@main:ada quill', 'nonsense', 'p@main:']) {
    await expect(fixture.service.ask(readPersona, { planId: 'p', personaId })).rejects.toMatchObject({
      code: 'PERSONA_NOT_FOUND',
    });
  }
  await expect(fixture.service.ask(listPersonas, { planId: 'p', cursor: 'AAAA' })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
});

it('changes a baseline by versions, of which one wins, and scenes hear of it', async () => {
  await begin('change');
  const changes = await Promise.allSettled([change('change', 1, 'one'), change('change', 1, 'two')]);
  expect(changes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(changes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'PERSONA_CHANGED', status: 409 },
  });
  await change('change', 2, 'terse');
  expect(await baselineOf('change')).toMatch(/^terse\./);
  const { versions } = await fixture.service.ask(readPersona, { planId: 'change', personaId: idOf('change') });
  expect(versions.map(({ version, actor }) => [version, actor])).toEqual([
    [3, BY.actor],
    [2, BY.actor],
    [1, null],
  ]);
  const { items } = await fixture.service.ask(listRoster, { planId: 'change' });
  expect(items[0]).toMatchObject({ name: 'Ada Quill', baseline: 'terse' });
});

it('remembers what scenes and people tell, from when on, and forgets nothing that is taken back', async () => {
  await begin('words');
  await fixture.scene('words', 1, 1, {
    memories: [{ persona: 'Quill', text: 'saw the tide' }],
    worldNotes: [{ persona: 'Ada Quill', text: 'the harbour lies' }],
  });
  await remember('words', 'has been here before');
  const said = await remember('words', 'knows the price', { from: '1.2', idempotencyKey: 'k' });
  const again = await remember('words', 'knows the price', { from: '1.2', idempotencyKey: 'k' });
  expect(again).toEqual({ ...said, repeated: true });
  await remember('words', 'learns who did it', { from: '2.1' });
  expect((await memories('words')).map(({ text, from, sceneId }) => [text, from, sceneId])).toEqual([
    ['has been here before', '0.0', null],
    ['saw the tide', '1.1', 'words-c001-s01'],
    ['knows the price', '1.2', null],
    ['learns who did it', '2.1', null],
  ]);
  const told = async () => (await fixture.context('words', 1, 2)).persona.memories;
  expect(await told()).toEqual(['has been here before', 'saw the tide', 'knows the price']);

  const retract = (memoryId: string) =>
    fixture.service.ask(retractMemory, {
      ...BY,
      planId: 'words',
      personaId: idOf('words'),
      memoryId,
      note: 'was asleep',
      idempotencyKey: null,
    });
  const [, seen] = await memories('words');
  await retract(seen!.id);
  await retract(said.word.id);
  await expect(retract(said.word.id)).rejects.toMatchObject({ code: 'MEMORY_RETRACTED', status: 409 });
  await expect(retract('word-0')).rejects.toMatchObject({ code: 'MEMORY_NOT_FOUND' });
  expect(await told()).toEqual(['has been here before']);
  expect((await memories('words'))[1]).toMatchObject({ retracted: { actor: BY.actor, note: 'was asleep' } });

  const note = { ...BY, planId: 'words', personaId: idOf('words'), text: 'trusts nobody', from: '1.2' };
  await fixture.service.ask(addNote, { ...note, idempotencyKey: null });
  const notes = await fixture.service.ask(listNotes, { planId: 'words', personaId: idOf('words') });
  expect(notes.items.map(({ text }) => text)).toEqual(['the harbour lies', 'trusts nobody']);
});

it('begins a branch with what its parent’s people have said, and keeps the sides apart from then on', async () => {
  await begin('fork');
  await change('fork', 1, 'terse');
  await remember('fork', 'before the fork');
  await fixture.service.forked({
    planId: 'fork',
    branch: 'alt',
    runIds: [jobName('vision', 'fork'), jobName('world', 'fork')],
  });
  await change('fork', 2, 'wordy', 'alt');
  await remember('fork', 'on alt', { branch: 'alt' });
  await change('fork', 2, 'gruff');
  await remember('fork', 'on main');
  expect([await baselineOf('fork'), await baselineOf('fork', 'alt')]).toEqual([
    expect.stringMatching(/^gruff/),
    expect.stringMatching(/^wordy/),
  ]);
  const texts = async (branch: string) => (await memories('fork', branch)).map(({ text }) => text);
  expect([await texts('main'), await texts('alt')]).toEqual([
    ['before the fork', 'on main'],
    ['before the fork', 'on alt'],
  ]);
  const one = await fixture.service.ask(readPersona, { planId: 'fork', personaId: idOf('fork', 'alt') });
  expect(one).toMatchObject({ personaId: 'fork@alt:ada quill', version: 3 });
});

it('lists people page by page, however long their names are in bytes', async () => {
  await fixture.begin('long-names');
  const names = ['ก', 'ข'].map((letter) => letter.repeat(100));
  const cast = names.map((name) => ({ ...VISION.cast[0]!, name }));
  const author = { name: 'M. Okafor', summary: 'A clock, and who pays.' };
  await fixture.service.ask(fileRoster, { planId: 'long-names', author, cast, briefCast: [] });
  const seen: string[] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const { items, nextCursor } = await fixture.service.ask(listPersonas, { planId: 'long-names', cursor, limit: 1 });
    seen.push(...items.map(({ name }) => name));
    cursor = nextCursor ?? undefined;
  }
  expect(seen).toEqual(expect.arrayContaining(names));
});
