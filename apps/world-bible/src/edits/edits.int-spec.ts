import {
  addEntry,
  editEntry,
  fileLore,
  fileReflection,
  jobName,
  listEntries,
  lockEntry,
  readEntry,
  readPlanMaterial,
  readSceneContext,
  readWorldIndex,
  startRunsCommand,
  type RequestOf,
} from '@fiction/contracts';
import { ScriptedModel, type ServiceUnderTest } from '@fiction/testing';
import { BRIEF, fileWorld, METADATA, startWorldBible, VISION } from '../testing/bible-fixture';
import { draft, entry } from '../testing/entry.builder';
import { change, sceneFiling } from '../testing/scene-filing.builder';
import type { WorldDomainMaterial } from '../phases/world/world.prompt';

const told: WorldDomainMaterial[] = [];
let service: ServiceUnderTest;
beforeAll(async () => {
  const model = new ScriptedModel(({ material }) => {
    told.push(material as WorldDomainMaterial);
    const { domain } = material as WorldDomainMaterial;
    if (domain === 'people') return { entries: [draft('Ada Quill', { summary: 'As the world has it.' })] };
    return {
      entries: [draft(domain === 'objects' ? 'salt clock' : 'The Other Quay', { summary: 'The world says on.' })],
    };
  });
  service = await startWorldBible({ replicas: 2, model });
  service.answer(readPlanMaterial, () => ({ brief: BRIEF, vision: VISION }));
});
afterAll(() => service.stop());

const ADA = entry('Ada Quill', {
  aliases: ['Quill'],
  summary: 'Dry.',
  relations: [{ to: 'The Office', kind: 'works for' }],
});
const by = (planId: string, over: { branch?: string; idempotencyKey?: string } = {}) => ({
  ...{ actor: 'ann', source: 'console' as const, planId, branch: 'main', idempotencyKey: null, ...over },
});
const adding = (name: string, over: Partial<RequestOf<typeof addEntry>> = {}) => ({
  ...{ type: 'object' as const, name, aliases: [], summary: `${name}.`, facts: [], relations: [], ...over },
});
const listed = async (planId: string, branch = 'main') => (await service.ask(listEntries, { planId, branch })).items;
const named = async (name: string, ...of: Parameters<typeof listed>) =>
  (await listed(...of)).find((item) => item.name === name)!;
const contextOf = (planId: string, names: string[], over: { branch?: string; loreIds?: string[] } = {}) =>
  service.ask(readSceneContext, {
    ...{ planId, names, chapter: 2, scene: 1, continuity: 'strict', pov: 'Ada Quill', budgetTokens: 4000, loreIds: [] },
    ...over,
  });

it('adds an entry that scenes see from then on, and none twice', async () => {
  await fileWorld(service, 'add', [ADA]);
  expect((await contextOf('add', ['The Lamp'])).entries).toHaveLength(1);
  const { entry: lamp } = await service.ask(addEntry, {
    ...by('add'),
    ...adding('The Lamp', { aliases: ['the light'] }),
  });
  expect(lamp).toMatchObject({ name: 'The Lamp', version: 1, source: 'person', locked: false });
  const { entries, knownNames } = await contextOf('add', ['a light']);
  expect(entries.map((one) => one.name)).toEqual(['Ada Quill', 'The Lamp']);
  expect(knownNames).toContain('the light');
  for (const type of ['object', 'location'] as const) {
    const again = service.ask(addEntry, { ...by('add'), ...adding('the lamp', { type }) });
    await expect(again).rejects.toMatchObject({ code: 'ENTRY_EXISTS', status: 409 });
  }
  const whole = await service.ask(readEntry, { planId: 'add', entryId: lamp.id });
  expect(whole.versions).toMatchObject([{ version: 1, source: 'person', actor: 'ann' }]);
});

it('adds nothing twice for one key, however many at once ask, and refuses the key for something else', async () => {
  await fileWorld(service, 'key', [ADA]);
  const asking = { ...by('key', { idempotencyKey: 'k' }), ...adding('The Lamp') };
  const answers = await Promise.all(Array.from({ length: 8 }, () => service.ask(addEntry, asking)));
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
  expect(new Set(answers.map((answer) => answer.entry.id)).size).toBe(1);
  const other = service.ask(addEntry, { ...asking, summary: 'Another.' });
  await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', status: 409 });
});

it('edits only what was seen: of two at once one is refused', async () => {
  await fileWorld(service, 'race', [ADA]);
  const { id: entryId } = await named('Ada Quill', 'race');
  const edits = ['One.', 'Two.'].map((summary) =>
    service.ask(editEntry, { ...by('race'), entryId, expectedVersion: 1, summary }).then(
      ({ entry: edited }) => edited.summary,
      (error: { code: string; status: number }) => `${error.code} ${error.status}`,
    ),
  );
  const outcomes = await Promise.all(edits);
  expect(outcomes).toContain('ENTRY_CHANGED 409');
  expect(await named('Ada Quill', 'race')).toMatchObject({
    version: 2,
    summary: outcomes.find((one) => one !== 'ENTRY_CHANGED 409'),
  });
  for (const wrong of [{ entryId: 'none' }, { planId: 'add' }]) {
    const edit = service.ask(editEntry, { ...by('race'), entryId, expectedVersion: 2, summary: 'S', ...wrong });
    await expect(edit).rejects.toMatchObject({ code: 'ENTRY_NOT_FOUND' });
  }
});

it('is found by what it says now, its lore too, and not by what a person has taken away', async () => {
  const dry = ['Bo', 'Cy', 'Zed'].map((name) => entry(name, { summary: 'Dry.' }));
  await fileWorld(service, 'find', [ADA, ...dry, entry('Mo', { summary: 'Wet.' })]);
  const lore = { planId: 'find', requirementId: 'r', domain: 'people' as const, from: '0.0' };
  await service.ask(fileLore, { ...lore, entry: draft('Mo', { summary: 'Sings.' }) });
  const aliases = { add: ['The Pen', 'The Nib'], drop: [] };
  for (const name of ['Ada Quill', 'Bo', 'Cy']) {
    const { id: entryId, version: expectedVersion } = await named(name, 'find');
    const more = name === 'Ada Quill' && { aliases };
    await service.ask(editEntry, { ...by('find'), entryId, expectedVersion, summary: 'Soaked.', ...more });
  }
  const foundBy = async (text: string, limit = 1) =>
    (await service.ask(listEntries, { planId: 'find', text, limit })).items.map(({ name }) => name);
  expect(await foundBy('soaked', 5)).toEqual(['Ada Quill', 'Bo', 'Cy']);
  expect(await foundBy('DRY')).toEqual(['Zed']);
  expect([await foundBy('wet'), await foundBy('sings')]).toEqual([['Mo'], ['Mo']]);
  expect(await foundBy('the nib')).toEqual(['Ada Quill']);
  for (const nowhere of ['"', 'pen, the', 'pen the']) expect(await foundBy(nowhere)).toEqual([]);
});

it('leaves aside what an edit does not name, whatever it is like', async () => {
  await fileWorld(service, 'aside', [entry('The Bus Station', { aliases: ['bus station', 'the stop'] })]);
  const { id: entryId } = await named('The Bus Station', 'aside');
  const { entry: edited } = await service.ask(editEntry, {
    ...{ ...by('aside'), entryId, expectedVersion: 1, summary: 'Wet.' },
  });
  expect(edited).toMatchObject({ version: 2, summary: 'Wet.', aliases: ['bus station', 'the stop'] });
});

it('refuses an edit that names no change, and counts no version for it', async () => {
  await fileWorld(service, 'nothing', [ADA]);
  const { id: entryId } = await named('Ada Quill', 'nothing');
  for (const none of [{}, { aliases: { add: [], drop: [] }, facts: { add: [], drop: [] } }]) {
    const edit = service.ask(editEntry, { ...by('nothing'), entryId, expectedVersion: 1, ...none });
    await expect(edit).rejects.toMatchObject({ code: 'INPUT_INVALID', status: 400 });
  }
  expect((await named('Ada Quill', 'nothing')).version).toBe(1);
});

it('names every alias and relation that is to be taken away and is not there', async () => {
  await fileWorld(service, 'absent', [ADA]);
  const { id: entryId, version } = await named('Ada Quill', 'absent');
  const relations = { add: [], drop: [{ to: 'The Guild', kind: 'works for' }] };
  const aliases = { add: ['Ada Q'], drop: ['QUILL', 'Nobody'] };
  const edit = service.ask(editEntry, { ...by('absent'), entryId, expectedVersion: version, aliases, relations });
  await expect(edit).rejects.toMatchObject({
    ...{ code: 'INPUT_INVALID', status: 400 },
    errors: [{ field: 'aliases.drop.1' }, { field: 'relations.drop.0' }],
  });
  expect(await named('Ada Quill', 'absent')).toMatchObject({ version, aliases: ['Quill'] });
});

it('takes away what scenes and lore have told as well, until it is told anew', async () => {
  await fileWorld(service, 'drop', [ADA]);
  await service.ask(fileLore, {
    ...{ planId: 'drop', requirementId: 'r1', domain: 'people', from: '0.0' },
    entry: draft('Ada Quill', {
      summary: 'She was rich.',
      facts: [{ statement: 'Ada owns a ship.', from: '0.0', until: null }],
    }),
  });
  const filing = sceneFiling('drop', '1.1', [
    change('Ada sings.'),
    change('met', { kind: 'relation-begins', to: 'Tobias Marsh' }),
    change('Salt Ada', { kind: 'alias-added' }),
  ]);
  await service.ask(fileReflection, filing);
  const before = await named('Ada Quill', 'drop');
  expect(before).toMatchObject({ version: 2, aliases: ['Quill', 'Salt Ada'], summary: 'Dry. She was rich.' });
  const idOf = (statement: string) => before.facts.find((fact) => fact.statement === statement)!.id;
  const facts = {
    drop: [idOf('Ada sings.'), idOf('Ada owns a ship.')],
    add: [{ statement: 'Ada owns a boat.', from: '0.0', until: null }],
  };
  const edit = {
    ...{ ...by('drop'), entryId: before.id, expectedVersion: 2, facts },
    ...{ summary: 'Poor.', aliases: { add: [], drop: ['SALT ADA'] } },
    relations: { add: [{ to: 'The Guild', kind: 'works for' }], drop: before.relations },
  };
  const { entry: after } = await service.ask(editEntry, edit);
  expect(after).toMatchObject({
    ...{ version: 3, summary: 'Poor.', aliases: ['Quill'], source: 'person' },
    relations: [{ to: 'The Guild', kind: 'works for' }],
  });
  expect(after.facts.map((fact) => fact.statement)).toEqual(['Ada Quill was there before.', 'Ada owns a boat.']);
  const { entries } = await contextOf('drop', [], { loreIds: ['r1'] });
  expect(entries[0]!.summary).toBe('Poor.');
  expect(entries[0]!.facts.map((fact) => fact.statement)).toEqual(['Ada Quill was there before.', 'Ada owns a boat.']);

  await service.ask(fileReflection, sceneFiling('drop', '1.2', [change('Ada sings.')]));
  expect((await named('Ada Quill', 'drop')).facts.at(-1)).toMatchObject({ statement: 'Ada sings.', from: '1.2' });
  const again = service.ask(editEntry, { ...edit, expectedVersion: 3 });
  await expect(again).rejects.toMatchObject({ code: 'FACT_NOT_FOUND', status: 404 });
});

it('locks a fact that a scene has begun for every scene after it, and unlocks the rules of a world', async () => {
  await fileWorld(service, 'lock', [ADA, entry('No Lamps', { type: 'rule' })]);
  await service.ask(fileReflection, sceneFiling('lock', '1.1', [change('Ada sings.')]));
  const ada = await named('Ada Quill', 'lock');
  const rule = await named('No Lamps', 'lock');
  expect([ada.locked, rule.locked]).toEqual([false, true]);
  const factId = ada.facts.at(-1)!.id;
  await service.ask(lockEntry, { ...by('lock'), entryId: ada.id, factId, locked: true });
  await service.ask(lockEntry, { ...by('lock'), entryId: rule.id, locked: false });
  expect((await contextOf('lock', [])).lockedFacts).toEqual([{ entry: 'Ada Quill', statement: 'Ada sings.' }]);
  const unknown = service.ask(lockEntry, { ...by('lock'), entryId: ada.id, factId: 'none', locked: true });
  await expect(unknown).rejects.toMatchObject({ code: 'FACT_NOT_FOUND' });
});

it('shares edits and locks made before a fork, also of a fork told before its parent, and none made after', async () => {
  await fileWorld(service, 'forked', [ADA]);
  const { id: entryId } = await named('Ada Quill', 'forked');
  const edit = (branch: string, expectedVersion: number, summary: string) =>
    service.ask(editEntry, { ...by('forked', { branch }), entryId, expectedVersion, summary });
  await edit('main', 1, 'Before.');
  await service.ask(lockEntry, { ...by('forked'), entryId, locked: true });
  const runIds = [jobName('vision', 'forked'), jobName('world', 'forked')];
  await service.forked({ planId: 'forked', branch: 'grandchild', parent: 'child', runIds });
  await service.forked({ planId: 'forked', branch: 'child', runIds });
  await edit('main', 2, 'On main.');
  await edit('child', 2, 'On child.');
  const seen = async (branch: string) => {
    const { summary, version, locked } = await named('Ada Quill', 'forked', branch);
    const { entries } = await contextOf('forked', [], { branch });
    expect(entries[0]!.summary).toBe(summary);
    return [summary, version, locked];
  };
  expect(await seen('main')).toEqual(['On main.', 3, true]);
  expect(await seen('child')).toEqual(['On child.', 3, true]);
  expect(await seen('grandchild')).toEqual(['Before.', 2, true]);
  await service.ask(lockEntry, { ...by('forked', { branch: 'child' }), entryId, locked: false });
  expect([await seen('main'), await seen('child')].map(([, , locked]) => locked)).toEqual([true, false]);
});

it('is built on by a later world pass, which drops neither what a person has written nor what lore has told', async () => {
  await fileWorld(service, 'pass', [entry('The Salt Clock', { type: 'object', summary: 'It runs.' })]);
  const clock = await named('The Salt Clock', 'pass');
  await service.ask(editEntry, { ...by('pass'), entryId: clock.id, expectedVersion: 1, summary: 'It has stopped.' });
  await service.ask(addEntry, { ...by('pass'), ...adding('The Well', { type: 'location' }) });
  await service.ask(fileLore, {
    ...{ planId: 'pass', requirementId: 'r1', domain: 'history', from: '0.0' },
    entry: draft('The First Salt'),
  });
  told.length = 0;
  await service.publish(startRunsCommand('world'), {
    starts: [
      {
        ...{ planId: 'pass', branch: 'main', runId: jobName('world', 'pass'), revision: 2, resumption: 0 },
        ...{ phase: 'world', target: {}, metadata: METADATA('pass') },
      },
    ],
  });
  expect(await service.runEnded(jobName('world', 'pass'), 2)).toMatchObject({ status: 'complete' });
  const known = told[0]!.entries.map(({ name }) => name).sort();
  expect(known).toEqual(['The First Salt', 'The Salt Clock', 'The Well']);
  const items = await listed('pass');
  expect(items.map((item) => item.name)).toEqual([
    'Ada Quill',
    'The First Salt',
    'The Other Quay',
    'The Salt Clock',
    'The Well',
  ]);
  const after = await named('The Salt Clock', 'pass');
  expect(after).toMatchObject({ id: clock.id, version: 3, summary: 'It has stopped. The world says on.' });
  const { entries } = await service.ask(readWorldIndex, { planId: 'pass' });
  expect(entries.find((one) => one.name === 'The Salt Clock')!.summary).toBe('It has stopped. The world says on.');
  // The brief's Ada was there first.
  const ada = await service.ask(readEntry, { planId: 'pass', entryId: items[0]!.id });
  expect(ada.versions.map(({ source }) => source)).toEqual(['brief', 'world']);
});

it('never changes what was done', async () => {
  const edit = service.query(`UPDATE entry_edits SET actor = 'other'`);
  await expect(edit).rejects.toThrow(/history and never change/);
});
