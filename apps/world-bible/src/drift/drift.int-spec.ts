import { alertCauseReported, fileReflection, jobName, listDrift, readDrift, type SceneDrift } from '@fiction/contracts';
import { packStyle, styleOf } from '@fiction/stylometry';
import { readAuthors, type ServiceUnderTest } from '@fiction/testing';
import { resolve } from 'node:path';
import { fileWorld, startWorldBible } from '../testing/bible-fixture';
import { entry } from '../testing/entry.builder';
import { DriftScoring } from './drift-scoring';

const PASSAGES = readAuthors(resolve(__dirname, '../../../..'));
const passage = (author: string, at: number): string => PASSAGES.filter((one) => one.author === author)[at]!.text;

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startWorldBible({ replicas: 2 });
});
afterAll(() => service.stop());

interface SceneOf {
  planId: string;
  branch?: string;
  at: [chapter: number, scene: number];
  text: string;
  pov?: string;
  revision?: number;
  memories?: { persona: string; text: string }[];
  samples?: SceneDrift['samples'];
}

/** Files a scene as scene-weaver does, and has it scored. */
async function file({ planId, branch = 'main', at: [chapter, scene], text, memories = [], ...rest }: SceneOf) {
  const { pov = 'Ada Quill', revision = 1, samples = [] } = rest;
  const backlogItemId = `item ${chapter}.${scene}@${branch}`;
  await service.ask(fileReflection, {
    ...{ planId, branch, sceneId: `${planId}-${chapter}.${scene}`, revision, chapter, scene, pov },
    reflection: { worldChanges: [], memories, obligationsOpened: [], obligationsResolved: [] },
    drift: { backlogItemId, style: packStyle(styleOf(text)), samples, threshold: 0.5 },
  });
  await scored();
}

/** Each replica looks for what there is to score, at once. */
const scored = () =>
  Promise.all(service.replicas.map((replica) => replica.get(DriftScoring, { strict: false }).sweep()));

const idOf = (planId: string, key: string, branch = 'main'): string => `${planId}@${branch}:${key}`;
const author = (planId: string, branch = 'main'): string => idOf(planId, '*author', branch);
const scoresOf = async (planId: string, branch = 'main', personaId = author(planId, branch)) =>
  (await service.ask(readDrift, { planId, personaId })).items;
const authorOf = async (planId: string, branch = 'main') =>
  (await service.ask(listDrift, { planId, branch, personaId: author(planId, branch) })).items[0]!;
/** What telemetry is told; it is not there to take it out of the outbox. */
const reportsOf = async (planId: string, branch = 'main') => {
  const rows = await service.query<{ body: { cause: string; present: boolean; itemIds: string[]; branch: string } }>(
    'SELECT body FROM outbox WHERE subject = $1 ORDER BY position',
    [alertCauseReported.subject],
  );
  return rows.map(({ body }) => body).filter(({ cause }) => cause === `${planId}@${branch}:author`);
};
async function begin(planId: string): Promise<void> {
  await fileWorld(service, planId, [entry('Ada Quill')]);
  for (const at of [0, 1, 2, 3, 4]) await file({ planId, at: [1, at + 1], text: passage('hodgson', at) });
}

it('knows somebody by whichever of their names a scene, a memory or a sample calls them', async () => {
  await fileWorld(service, 'aliases', [entry('Ada Quill', { aliases: ['Ada'] })]);
  const sample = [{ persona: 'Ada', style: packStyle(styleOf(passage('hodgson', 0))) }];
  for (const at of [0, 1, 2, 3, 4, 5]) {
    const pov = at % 2 === 0 ? 'Ada Quill' : 'Ada';
    const memories = [{ persona: at % 2 === 0 ? 'Ada' : 'Ada Quill', text: 'was there' }];
    await file({ planId: 'aliases', at: [1, at + 1], text: passage('hodgson', at), pov, memories, samples: sample });
  }
  const { items } = await service.ask(listDrift, { planId: 'aliases' });
  expect(items.map(({ persona, baseline }) => `${persona.name} ${baseline}`).sort()).toEqual([
    'Ada Quill sample',
    'M. Okafor scenes',
  ]);
  const ada = items.find(({ persona }) => persona.name === 'Ada Quill')!;
  expect((await scoresOf('aliases', 'main', ada.persona.id)).filter(({ kind }) => kind === 'scene')).toHaveLength(6);
});

it('says nothing until five scenes have made a baseline, then tells another hand with what differs', async () => {
  await begin('establish');
  const first = await scoresOf('establish');
  expect(first.map(({ score, establishing }) => [score, establishing])).toEqual(first.map(() => [0, true]));
  expect(await authorOf('establish')).toMatchObject({
    ...{ established: true, baseline: 'scenes', baselineScenes: 5 },
    // By the name that the registry has, not as "author".
    persona: { kind: 'author', name: 'M. Okafor' },
  });

  await file({ planId: 'establish', at: [2, 1], text: passage('hodgson', 6) });
  await file({ planId: 'establish', at: [2, 2], text: passage('waddington', 0) });
  const [same, other] = (await scoresOf('establish')).slice(5);
  expect(same!.score).toBeLessThan(0.5);
  expect(other!.score).toBeGreaterThan(0.5);
  expect(other!.parts.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(other!.score, 4);
  expect(other!.parts.find(({ group }) => group === 'punctuation')!.telling).toHaveLength(3);
});

it('scores alike in whatever order the scenes of the story are finished', async () => {
  const scenes = [
    ...[0, 1, 2, 3, 4, 5, 6].map((at) => ({ at: [1, at + 1] as [number, number], text: passage('carroll', at) })),
    { at: [2, 1] as [number, number], text: passage('tucker', 2) },
  ];
  const orders = [scenes, scenes.toReversed(), [3, 0, 7, 2, 6, 1, 5, 4].map((at) => scenes[at]!)];
  const results = [];
  for (const [n, order] of orders.entries()) {
    const planId = `order-${n}`;
    await fileWorld(service, planId, [entry('Ada Quill')]);
    for (const scene of order) await file({ planId, ...scene });
    const scores = await scoresOf(planId);
    results.push(scores.map(({ sceneId: _id, ...score }) => score));
  }
  expect(results[0]!.at(-1)!.score).toBeGreaterThan(0.5);
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

it('opens one alert for the author and branch, counts what is seen again, and closes it on recovery', async () => {
  const planId = 'alerts';
  await begin(planId);
  await file({ planId, at: [2, 1], text: passage('waddington', 0) });
  expect(await authorOf(planId)).toMatchObject({ alert: 'open', latest: { chapter: 2, scene: 1 } });
  await file({ planId, at: [2, 2], text: passage('waddington', 1) });
  // A good scene before them in the story is no recovery.
  await file({ planId, at: [1, 6], text: passage('hodgson', 5) });
  expect(await authorOf(planId)).toMatchObject({ alert: 'open' });
  await file({ planId, at: [2, 3], text: passage('hodgson', 6) });
  expect(await authorOf(planId)).toMatchObject({ alert: 'none', latest: { scene: 3 } });

  const reports = await reportsOf(planId);
  expect(reports.map(({ present }) => present)).toEqual([true, true, false]);
  expect(new Set(reports.map(({ cause }) => cause)).size).toBe(1);
  expect(reports[1]!.itemIds).toEqual(['item 2.2@main', 'item 2.1@main']);
});

it('closes it as well when the scene is written again', async () => {
  const planId = 'rewritten';
  await begin(planId);
  await file({ planId, at: [2, 1], text: passage('waddington', 0) });
  expect(await authorOf(planId)).toMatchObject({ alert: 'open' });
  await file({ planId, at: [2, 1], revision: 2, text: passage('hodgson', 7) });
  expect(await authorOf(planId)).toMatchObject({ alert: 'none', latest: { revision: 2 } });
  expect(await scoresOf(planId)).toHaveLength(6);
});

it('a branch goes on from the baseline it shares, and neither side’s drift is the other’s', async () => {
  const planId = 'forked';
  await begin(planId);
  const runIds = [1, 2, 3, 4, 5].map((scene) => jobName('scene', `${planId}-1.${scene}`));
  await service.forked({
    planId,
    branch: 'alt',
    runIds: [jobName('world', planId), jobName('vision', planId), ...runIds],
  });
  await file({ planId, at: [2, 1], text: passage('hodgson', 6) });
  await file({ planId, branch: 'alt', at: [2, 1], text: passage('waddington', 0) });
  expect(await authorOf(planId, 'alt')).toMatchObject({ alert: 'open', baselineScenes: 5 });
  expect(await authorOf(planId)).toMatchObject({ alert: 'none' });
  expect(await scoresOf(planId, 'alt')).toHaveLength(6);
  expect(await reportsOf(planId, 'main')).toEqual([]);
  expect(await reportsOf(planId, 'alt')).toMatchObject([{ present: true, branch: 'alt' }]);
});

it('holds scenes against the writer’s sample from the first, and memories against who remembers', async () => {
  const planId = 'sample';
  await fileWorld(service, planId, [entry('Ada Quill')]);
  const sample = packStyle(styleOf([0, 1, 2].map((at) => passage('hodgson', at)).join('\n\n')));
  const samples = [null, 'Ada Quill'].map((persona) => ({ persona, style: sample }));
  const memories = [{ persona: 'Ada Quill', text: 'She saw the swine-things climb out of the great Pit.' }];
  await file({ planId, at: [1, 1], text: passage('waddington', 3), samples, memories });
  const [score] = await scoresOf(planId);
  expect(score).toMatchObject({ establishing: false });
  expect(score!.score).toBeGreaterThan(0.5);
  const ofAda = await scoresOf(planId, 'main', idOf(planId, 'ada quill'));
  expect(ofAda.map(({ kind, text }) => [kind, text])).toEqual([
    ['scene', null],
    ['memory', memories[0]!.text],
  ]);
  // One sentence tells little, and says so.
  expect(ofAda[1]!.confidence).toBeLessThan(0.1);
  expect(ofAda[1]!.score).toBeLessThan(0.5);
});

it('a scene filed twice, or by many at once, is scored once', async () => {
  const planId = 'once';
  await begin(planId);
  await Promise.all([1, 2, 3, 4].map(() => file({ planId, at: [2, 1], text: passage('waddington', 0) })));
  await file({ planId, at: [2, 1], text: passage('waddington', 0) });
  expect(await reportsOf(planId)).toHaveLength(1);
});

it('pages, and refuses who and what is not there', async () => {
  const planId = 'once';
  const page = await service.ask(readDrift, { planId, personaId: author(planId), limit: 4 });
  const rest = await service.ask(readDrift, { planId, personaId: author(planId), limit: 4, cursor: page.nextCursor! });
  expect([...page.items, ...rest.items]).toEqual(await scoresOf(planId));
  expect(rest.nextCursor).toBeNull();
  const people = await service.ask(listDrift, { planId, limit: 1 });
  expect(people.items).toMatchObject([{ persona: { id: author(planId), kind: 'author' } }]);
  const next = await service.ask(listDrift, { planId, limit: 1, cursor: people.nextCursor! });
  const ada = { id: idOf(planId, 'ada quill'), kind: 'character', name: 'Ada Quill' };
  expect(next.items).toMatchObject([{ persona: ada }]);
  for (const asked of [
    service.ask(readDrift, { planId, personaId: author(planId), cursor: 'zzz' }),
    service.ask(listDrift, { planId, cursor: 'zzz' }),
  ]) {
    await expect(asked).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  }
  for (const unknown of [
    () => service.ask(readDrift, { planId, personaId: idOf(planId, 'nobody') }),
    () => service.ask(readDrift, { planId, personaId: 'nobody' }),
    () => service.ask(listDrift, { planId, personaId: author(planId, 'alt') }),
  ]) {
    await expect(unknown()).rejects.toMatchObject({ code: 'PERSONA_NOT_FOUND', status: 404 });
  }
});
