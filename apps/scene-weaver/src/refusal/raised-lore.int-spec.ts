import { jobName, type LoreNeed, type RaisedLore } from '@fiction/contracts';
import type { EndedRun } from '@fiction/testing';
import { MAX_REVISIONS } from '../phases/scene/scene-writing';
import { proseOf, sceneIdOf, WeaverFixture } from '../testing/weaver-fixture';
import { MAX_RAISES } from './raised-lore.service';

let weaver: WeaverFixture;
beforeAll(async () => {
  weaver = await WeaverFixture.start();
});
afterAll(() => weaver.service.stop());

const GOOD = proseOf(1, 'plain');
const TOWN = `${GOOD} She had lived in Xanadu.`;
const ALIVE = { entry: 'Ada Quill', statement: 'Ada Quill is alive.' };
const DEAD = `${GOOD} Ada was dead.`;
const WRITING = ['scene.draft', ...Array<string>(MAX_REVISIONS).fill('scene.revise')];
const ENDING = ['scene.critique', 'scene.reflect', 'scene.summarise'];

/** Requirements that lore-fulfillment knows of, for whichever run asks. */
let lore: RaisedLore[];
const raise = (name: string, more: Partial<RaisedLore> = {}): RaisedLore => {
  return { requirementId: `r:${name}`, kind: 'entry', name, why: 'Named.', ready: true, waived: false, ...more };
};
/** A contradiction in the words in which the planner declares it. */
const WAIVED = raise('Ada Quill', {
  kind: 'contradiction',
  why: 'Ada Quill is alive. – but the scene says: "Ada was dead."',
  waived: true,
});

beforeEach(() => {
  weaver.context = {};
  weaver.model.calls.length = 0;
  lore = [];
  weaver.raised = () => lore;
});

function insistOn(prose: string): void {
  weaver.script = ({ task }) => (task === 'scene.draft' || task === 'scene.revise' ? prose : undefined);
}
const tasks = (): string[] => weaver.model.calls.map(({ task }) => task).sort();
const sorted = (names: string[]): string[] => [...names].sort();

async function run(planId: string, resumption = 0, revision = 1): Promise<EndedRun> {
  const runId = await weaver.begin(planId, 'main', 1, { resumption, revision });
  return weaver.service.runEnded(runId, revision, resumption);
}
async function steps(planId: string): Promise<string[]> {
  const rows = await weaver.service.query<{ name: string }>(
    `SELECT name FROM steps WHERE run_id = $1 AND (name LIKE 'needs-%' OR name LIKE 'raised-%') ORDER BY name`,
    [jobName('scene', sceneIdOf(planId, 1), 'main')],
  );
  return rows.map(({ name }) => name);
}

const XANADU: LoreNeed = {
  domain: 'places',
  name: 'Xanadu',
  why: 'The prose names it: «She had lived in Xanadu.»',
};

it('blocks on an invented town, and goes on when that is established, with no call made again', async () => {
  insistOn(TOWN);
  const blocked = { status: 'blocked', details: { reason: 'LORE_NEEDED', needs: [XANADU] } };
  expect(await run('town')).toMatchObject(blocked);
  expect(tasks()).toEqual(sorted(WRITING));
  // Resumed too early it waits on, however often: that is no new round.
  for (let early = 1; early <= 2 * MAX_RAISES; early += 1) {
    lore = early % 2 === 0 ? [raise('Xanadu', { ready: false })] : [];
    expect(await run('town', early)).toMatchObject(blocked);
  }
  expect(await steps('town')).toEqual(['needs-1']);
  expect(tasks()).toEqual(sorted(WRITING));

  lore = [raise('Xanadu')];
  expect(await run('town', 2 * MAX_RAISES + 1)).toMatchObject({ status: 'complete' });
  expect(tasks()).toEqual(sorted([...WRITING, ...ENDING]));
  expect(await steps('town')).toEqual(['needs-1', 'raised-1']);
  // What it has raised counts as known in it, whether or not its process is the one that raised it.
  expect(weaver.filed.at(-1)).toMatchObject({ page: { loreIds: ['r:Xanadu'] } });
  const versions = await weaver.versions('town', 1);
  expect(versions.map(({ accepted, findings }) => [accepted, findings.length])).toEqual([
    [false, 1],
    [false, 1],
    [false, 1],
    [true, 0],
  ]);
});

it('takes a waived name as known', async () => {
  insistOn(TOWN);
  await run('waived-town');
  lore = [raise('Xanadu', { ready: false, waived: true })];
  expect(await run('waived-town', 1)).toMatchObject({ status: 'complete' });
});

it('shows a later attempt the lore that an earlier one has seen', async () => {
  insistOn(TOWN);
  await run('recorded');
  lore = [raise('Xanadu')];
  let broken = true;
  weaver.script = ({ task }) => {
    if (task === 'scene.critique' && broken) throw Object.assign(new Error('no'), { retryable: false });
    return undefined;
  };
  expect(await run('recorded', 1)).toMatchObject({ status: 'failed' });
  broken = false;
  lore = [];
  expect(await run('recorded', 2)).toMatchObject({ status: 'complete' });
});

it('raises again what is left, a bounded number of times', async () => {
  const people = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `Q${String.fromCharCode(97 + at)}zor`);
  const crowd = (count: number): string =>
    `Ada Quill met ${people(count)
      .map((name) => `Mr ${name}`)
      .join(', ')}, all by the clock.`;
  const untilSettled = async (planId: string): Promise<{ raises: number; ended: EndedRun }> => {
    lore = [];
    for (let resumption = 0; ; resumption += 1) {
      const ended = await run(planId, resumption);
      if (ended.status !== 'blocked') return { raises: resumption, ended };
      lore = [...lore, ...(ended.details.needs as LoreNeed[]).map(({ name }) => raise(name))];
    }
  };
  insistOn(crowd(20));
  expect(await untilSettled('crowd')).toMatchObject({ raises: 3, ended: { status: 'complete' } });
  insistOn(crowd(26));
  expect(await untilSettled('multitude')).toMatchObject({
    raises: MAX_RAISES,
    ended: {
      status: 'failed',
      error: { code: 'SCENE_GATES_FAILED', message: expect.stringContaining('3 rounds of raised lore') },
      details: { findings: [expect.stringContaining('Qyzor'), expect.stringContaining('Qzzor')] },
    },
  });
});

it('does not go round for ever when what was established bears another name', async () => {
  insistOn(TOWN);
  await run('renamed');
  lore = [raise('The Pleasure Dome')];
  for (let resumption = 1; resumption < MAX_RAISES; resumption += 1) {
    expect(await run('renamed', resumption)).toMatchObject({ status: 'blocked', details: { needs: [XANADU] } });
  }
  expect(await run('renamed', MAX_RAISES)).toMatchObject({ status: 'failed', error: { code: 'SCENE_GATES_FAILED' } });
  expect(tasks()).toEqual(sorted(WRITING));
});

it('passes a contradiction that the writer waives, and keeps it on record', async () => {
  insistOn(DEAD);
  weaver.context = { lockedFacts: [ALIVE] };
  const failed = {
    status: 'failed',
    error: { code: 'SCENE_GATES_FAILED' },
    details: { contradictions: [{ ...ALIVE, quote: 'Ada was dead.' }] },
  };
  expect(await run('dead')).toMatchObject(failed);
  // Nobody has decided, or on something else; however often it is resumed, and written anew, a waiver still counts afterwards.
  lore = [raise('Ada Quill', { ...WAIVED, why: 'Ada Quill is tall.' }), { ...WAIVED, ready: false, waived: false }];
  for (let early = 1; early <= 2; early += 1) expect(await run('dead', early)).toMatchObject(failed);
  lore = [WAIVED];
  expect(await run('dead', 3)).toMatchObject({ status: 'complete' });
  const rounds = 3;
  expect(tasks()).toEqual(sorted([...Array<string[]>(rounds).fill(WRITING).flat(), ...ENDING]));
  expect((await weaver.versions('dead', 1)).at(-1)).toMatchObject({
    version: rounds * WRITING.length,
    accepted: true,
    findings: [{ gate: 'locked-facts', quote: 'Ada was dead.', waived: true }],
  });

  // The scene's next input is not held to what was waived.
  weaver.model.calls.length = 0;
  expect(await run('dead', 0, 2)).toMatchObject({ status: 'complete', details: { versions: 1 } });
  expect(tasks()).toEqual(sorted(['scene.draft', ...ENDING]));
  expect((await weaver.versions('dead', 1)).at(-1)).toMatchObject({ accepted: true, findings: [{ waived: true }] });
});

it('fails on a contradiction beside a name, telling both, and raises the name when the contradiction is waived', async () => {
  insistOn(`${TOWN} Ada was dead.`);
  weaver.context = { lockedFacts: [ALIVE] };
  const failed = await run('both');
  expect(failed).toMatchObject({
    status: 'failed',
    details: {
      findings: [expect.stringMatching(/^known-names: "Xanadu"/), expect.stringMatching(/^locked-facts: /)],
      contradictions: [{ ...ALIVE, quote: 'Ada was dead.' }],
    },
  });
  lore = [WAIVED];
  expect(await run('both', 1)).toMatchObject({ status: 'blocked', details: { needs: [XANADU] } });
  lore = [WAIVED, raise('Xanadu')];
  expect(await run('both', 2)).toMatchObject({ status: 'complete' });
  expect(tasks()).toEqual(sorted([...WRITING, ...ENDING]));
});

it('raises nothing where something else is wrong besides', async () => {
  insistOn(TOWN.replaceAll('clock', 'bell'));
  const ended = await run('beat');
  expect(ended).toMatchObject({ status: 'failed', error: { code: 'SCENE_GATES_FAILED' } });
  expect(ended.details.findings).toHaveLength(2);
  expect(ended.details).not.toHaveProperty('needs');
});

it('writes a scene anew that fails, each time that somebody resumes it, and keeps every version', async () => {
  const bad = TOWN.replaceAll('clock', 'bell');
  insistOn(bad);
  expect(await run('anew')).toMatchObject({ status: 'failed' });
  expect(await run('anew', 1)).toMatchObject({ status: 'failed' });
  expect(tasks()).toEqual(sorted([...WRITING, ...WRITING]));
  insistOn(GOOD);
  expect(await run('anew', 2)).toMatchObject({ status: 'complete', details: { versions: 9 } });
  expect(tasks()).toEqual(sorted([...WRITING, ...WRITING, 'scene.draft', ...ENDING]));
  const versions = await weaver.versions('anew', 1);
  expect(versions.map(({ prose, accepted }) => [prose, accepted])).toEqual([
    ...Array<unknown>(8).fill([bad, false]),
    [GOOD, true],
  ]);
});

it('asks for no revision of what the writer has waived when it is written anew for something else', async () => {
  insistOn(DEAD.replaceAll('clock', 'bell'));
  weaver.context = { lockedFacts: [ALIVE] };
  await run('meant');
  lore = [WAIVED];
  expect(await run('meant', 1)).toMatchObject({
    status: 'failed',
    details: { findings: [expect.stringMatching(/^beats/)] },
  });
  weaver.model.calls.length = 0;
  insistOn(DEAD);
  expect(await run('meant', 2)).toMatchObject({ status: 'complete', details: { versions: 9 } });
  expect(tasks()).toEqual(sorted(['scene.draft', ...ENDING]));
});

it('relies on the lore that is required by the time it begins, and by the time it is written anew', async () => {
  weaver.script = () => undefined;
  await weaver.write('late', 'main', [1, 2, 3], 'plain');
  weaver.lore = { loreIds: [], sharedLoreIds: ['r:lens'] };
  insistOn(DEAD);
  weaver.context = { lockedFacts: [ALIVE] };
  await weaver.service.runEnded(await weaver.begin('late', 'main', 4));
  weaver.lore = { loreIds: ['r:mill'], sharedLoreIds: ['r:lens'] };
  insistOn(proseOf(4, 'plain'));
  await weaver.service.runEnded(await weaver.begin('late', 'main', 4, { resumption: 1 }), 1, 1);
  weaver.lore = { loreIds: [], sharedLoreIds: [] };
  expect(weaver.filed.at(-1)).toMatchObject({ page: { loreIds: ['r:lens', 'r:mill'] } });
  const known = await weaver.service.query(
    `SELECT name, result::json AS lore FROM steps WHERE run_id = $1 AND name LIKE 'lore%' ORDER BY name`,
    [jobName('scene', sceneIdOf('late', 4), 'main')],
  );
  expect(known).toEqual([
    { name: 'lore', lore: { loreIds: [], sharedLoreIds: ['r:lens'] } },
    { name: 'lore.2', lore: { loreIds: ['r:mill'], sharedLoreIds: ['r:lens'] } },
  ]);
});

it('goes on with the round that was begun, whatever was settled about the one before', async () => {
  insistOn(DEAD);
  weaver.context = { lockedFacts: [ALIVE] };
  await run('begun');
  insistOn(GOOD);
  const broken = weaver.script;
  weaver.script = (call) => {
    if (call.task === 'scene.critique') throw Object.assign(new Error('no'), { retryable: false });
    return broken(call);
  };
  expect(await run('begun', 1)).toMatchObject({ status: 'failed', error: { message: 'no' } });
  weaver.script = broken;
  lore = [WAIVED];
  expect(await run('begun', 2)).toMatchObject({ status: 'complete', details: { versions: 5 } });
  expect((await weaver.versions('begun', 1)).at(-1)).toMatchObject({ prose: GOOD, accepted: true });
});

it('writes anew from the world as it is by then', async () => {
  insistOn(DEAD);
  weaver.context = { lockedFacts: [ALIVE] };
  expect(await run('mended')).toMatchObject({ status: 'failed' });
  weaver.context = { lockedFacts: [] };
  expect(await run('mended', 1)).toMatchObject({ status: 'complete', details: { versions: 5 } });
});
