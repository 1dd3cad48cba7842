import {
  fileLore,
  fileReflection,
  jobName,
  listDeltas,
  listEntries,
  listMentions,
  readSceneContext,
  readWorldIndex,
} from '@fiction/contracts';
import type { ServiceUnderTest } from '@fiction/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { fileWorld, startWorldBible } from '../testing/bible-fixture';
import { draft, entry } from '../testing/entry.builder';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startWorldBible();
});
afterAll(() => service.stop());

const SCENES = 6;
const REQUIREMENTS = ['a', 'b', 'c', 'd'];
const BRANCHES = ['main', 'child', 'grandchild'] as const;
type Branch = (typeof BRANCHES)[number];
/** 0: before the child is forked; 1: before the grandchild is; 2: after. */
type Time = 0 | 1 | 2;

/** A scene or requirement: when each branch makes it, if it is not shared, and from where on the grandchild shares it. */
interface Making {
  main: Time;
  child: 1 | 2;
  /** Whether it lies before the point at which the grandchild was forked. */
  beforeThePoint: boolean;
  opens: number;
  keeps: number;
}
const making = fc.record<Making>({
  main: fc.constantFrom<Time[]>(0, 1, 2),
  child: fc.constantFrom<(1 | 2)[]>(1, 2),
  beforeThePoint: fc.boolean(),
  opens: fc.nat({ max: 2 }),
  keeps: fc.nat({ max: 2 }),
});
const makings = fc.record({
  scenes: fc.array(making, { minLength: SCENES, maxLength: SCENES }),
  lore: fc.array(making, { minLength: REQUIREMENTS.length, maxLength: REQUIREMENTS.length }),
});

/** Whose making a branch sees. */
function makerFor(branch: Branch, one: Making): Branch {
  if (branch === 'main') return 'main';
  const childs = one.main === 0 ? 'main' : 'child';
  if (branch === 'child') return childs;
  const done = childs === 'main' || one.child === 1;
  return done && one.beforeThePoint ? childs : 'grandchild';
}
const makers = (one: Making): Set<Branch> => new Set(BRANCHES.map((branch) => makerFor(branch, one)));
const timeOf = (maker: Branch, one: Making): Time => (maker === 'main' ? one.main : maker === 'child' ? one.child : 2);

async function fileScene(planId: string, branch: string, n: number, by: Branch, { opens, keeps }: Making) {
  await service.ask(fileReflection, {
    planId,
    branch,
    sceneId: `${planId}-s${n}`,
    revision: 1,
    chapter: 1 + Math.floor(n / 3),
    scene: 1 + (n % 3),
    pov: 'Ada Quill',
    reflection: {
      worldChanges: [
        { entry: 'Ada Quill', statement: `${by} changed her in ${n}.`, quote: 'q' },
        { kind: 'fact-ends', entry: 'Ada Quill', statement: `${by} changed her in ${keeps}.`, quote: 'q' },
        { kind: 'alias-added', entry: 'The Harbour', statement: `${by} water ${opens}`, quote: 'q' },
      ],
      memories: [{ persona: 'Ada Quill', text: `${by} wrote ${n}` }],
      obligationsOpened: [`promise ${opens}`],
      obligationsResolved: [`promise ${keeps}`],
    },
    page: { prose: `q ${opens === 1 ? 'The Lamp' : 'The Well'}`, loreIds: [], continuity: 'strict' },
  });
}

async function fileRequirement(planId: string, branch: string, n: number, by: Branch): Promise<void> {
  await service.ask(fileLore, {
    planId,
    branch,
    requirementId: `${planId}-${REQUIREMENTS[n]}`,
    domain: 'places',
    entry: draft(n % 2 === 0 ? 'Low Water' : 'The Harbour', { summary: `${by} told ${n}.` }),
    from: '0.0',
  });
}

const begin = (planId: string): Promise<void> =>
  fileWorld(service, planId, [
    entry('Ada Quill'),
    entry('The Harbour', { type: 'location' }),
    entry('The Lamp', { type: 'object' }),
    entry('The Well', { type: 'location' }),
  ]);

/** All that readers are told of a branch, without ids and times; what is shared keeps the numbers it was given. */
async function told(planId: string, branch: string): Promise<unknown> {
  const loreIds = REQUIREMENTS.map((id) => `${planId}-${id}`);
  const contexts = await Promise.all(
    [2, 3].flatMap((chapter) =>
      (['strict', 'chapter'] as const).map((continuity) =>
        service.ask(readSceneContext, {
          planId,
          branch,
          chapter,
          scene: 3,
          continuity,
          names: ['the harbour', 'low water'],
          pov: 'Ada Quill',
          loreIds,
          budgetTokens: 8000,
        }),
      ),
    ),
  );
  const { items } = await service.ask(listEntries, { planId, branch });
  const [deltas, mentions] = await Promise.all([
    service.ask(listDeltas, { planId, branch }),
    service.ask(listMentions, { planId, branch }),
  ]);
  const entries = items.map(({ id: _id, createdAt: _at, version: _version, ...rest }) => rest);
  const all = {
    contexts: contexts.map(({ sources, ...rest }) => ({ ...rest, why: sources!.map(({ name, why }) => [name, why]) })),
    entries,
    deltas: deltas.items.map(({ entryId: _id, filedAt: _at, ...rest }) => rest),
    mentions: mentions.items.map(({ entryId: _id, ...rest }) => rest),
    index: await service.ask(readWorldIndex, { planId, branch, loreIds }),
  };
  return JSON.parse(JSON.stringify(all).replaceAll(planId, 'plan')) as unknown;
}

it('reads a branch as a plan in which nothing happened but what it shares and what is its own', async () => {
  await fc.assert(
    fc.asyncProperty(makings, async ({ scenes, lore }) => {
      const planId = randomUUID();
      await begin(planId);
      const file = async (time: Time): Promise<void> => {
        for (const by of BRANCHES) {
          for (const [n, one] of scenes.entries()) {
            if (makers(one).has(by) && timeOf(by, one) === time) await fileScene(planId, by, n, by, one);
          }
          for (const [n, one] of lore.entries()) {
            if (makers(one).has(by) && timeOf(by, one) === time) await fileRequirement(planId, by, n, by);
          }
        }
      };
      /** What the branch sees of the makings before it. */
      const shared = (branch: Branch): string[] => [
        jobName('vision', planId),
        jobName('world', planId),
        ...scenes.map((one, n) => jobName('scene', `${planId}-s${n}`, makerFor(branch, one))),
        ...lore.map((one, n) => jobName('lore', `${planId}-${REQUIREMENTS[n]}`, makerFor(branch, one))),
      ];
      const notItsOwn = (branch: Branch) => shared(branch).filter((runId) => !runId.endsWith(`@${branch}`));
      await file(0);
      await service.forked({ planId, branch: 'child', runIds: notItsOwn('child') });
      await file(1);
      await service.forked({ planId, branch: 'grandchild', parent: 'child', runIds: notItsOwn('grandchild') });
      await file(2);

      for (const branch of BRANCHES) {
        const plain = randomUUID();
        await begin(plain);
        for (const time of [0, 1, 2]) {
          for (const by of BRANCHES) {
            for (const [n, one] of scenes.entries()) {
              if (makerFor(branch, one) === by && timeOf(by, one) === time) await fileScene(plain, 'main', n, by, one);
            }
            for (const [n, one] of lore.entries()) {
              if (makerFor(branch, one) === by && timeOf(by, one) === time) await fileRequirement(plain, 'main', n, by);
            }
          }
        }
        expect({ branch, told: await told(planId, branch) }).toEqual({ branch, told: await told(plain, 'main') });
      }
    }),
    { numRuns: 12 },
  );
}, 240_000);
