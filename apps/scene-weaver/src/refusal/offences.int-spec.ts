import type { SceneContext, SceneGate } from '@fiction/contracts';
import { proseOf, WeaverFixture } from '../testing/weaver-fixture';
import { MAX_REVISIONS } from '../phases/scene/scene-writing';

let weaver: WeaverFixture;
beforeAll(async () => {
  weaver = await WeaverFixture.start();
});
afterAll(() => weaver.service.stop());

const GOOD = proseOf(1, 'plain');
const PEOPLE = ['Ada Quill', 'Tobias Renn'];

/** What a model may do wrong: the gate that catches it, and the words that the finding quotes. */
interface Offence {
  gate: SceneGate;
  prose: string;
  quote: string | null;
  context?: Partial<SceneContext>;
}
const OFFENCES: Record<string, Offence> = {
  'contradicts the bible': {
    gate: 'locked-facts',
    prose: `${GOOD} Ada was dead.`,
    quote: 'Ada was dead.',
    context: { lockedFacts: [{ entry: 'Ada Quill', statement: 'Ada Quill is alive.' }] },
  },
  'forgets the point of view': { gate: 'pov', prose: `${GOOD} I followed her down.`, quote: 'I followed her down.' },
  'lets a character know too much': {
    gate: 'knowledge',
    prose: `${GOOD} She knew that Tobias Renn was the thief.`,
    quote: 'She knew that Tobias Renn was the thief.',
    context: { notKnown: [{ entry: 'Tobias Renn', statement: 'Tobias Renn is the thief.' }] },
  },
  'drops a beat': { gate: 'beats', prose: GOOD.replaceAll('clock', 'bell'), quote: null },
  'repeats a paragraph': { gate: 'repetition', prose: `${GOOD}\n\n${GOOD}`, quote: GOOD },
  'invents a town': {
    gate: 'known-names',
    prose: `${GOOD} She had lived in Xanadu.`,
    quote: 'She had lived in Xanadu.',
  },
  'stops short': { gate: 'length', prose: 'Ada Quill heard the clock.', quote: null },
};
const CASES = Object.entries(OFFENCES).map(([what, offence]) => ({ what, ...offence }));

/** The tasks asked for since, in order. */
function watch(): () => string[] {
  const from = weaver.model.calls.length;
  return () => weaver.model.calls.slice(from).map(({ task }) => task);
}

beforeEach(() => {
  weaver.context = {};
  weaver.script = () => undefined;
});

it.each(CASES)('a model that $what is caught by $gate, shown its words, and heard again', async (offence) => {
  const { gate, prose, quote, context } = offence;
  const planId = `mends-${gate}`;
  weaver.context = { knownNames: PEOPLE, ...context };
  const shown: unknown[] = [];
  weaver.script = ({ task, material }) => {
    if (task === 'scene.draft') return prose;
    if (task !== 'scene.revise') return undefined;
    shown.push({ prose: material.prose, findings: material.findings });
    return GOOD;
  };
  const tasks = watch();
  expect(await weaver.service.runEnded(await weaver.begin(planId, 'main', 1))).toMatchObject({ status: 'complete' });
  expect(tasks().slice(0, 3)).toEqual(['scene.draft', 'scene.revise', 'scene.critique']);
  const finding = { gate, message: expect.any(String) as string, quote: quote && expect.stringContaining(quote) };
  expect(shown).toEqual([{ prose, findings: [finding] }]);
  expect(await weaver.versions(planId, 1)).toMatchObject([
    { version: 1, accepted: false, prose, findings: [finding] },
    { version: 2, accepted: true, prose: GOOD, findings: [] },
  ]);
});

it.each(CASES.filter(({ gate }) => gate !== 'known-names'))(
  'a model that $what and does not mend it fails the scene after the last revision, with its words',
  async ({ gate, prose, quote, context }) => {
    weaver.context = { knownNames: PEOPLE, ...context };
    weaver.script = ({ task }) => (task === 'scene.draft' || task === 'scene.revise' ? prose : undefined);
    const tasks = watch();
    const ended = await weaver.service.runEnded(await weaver.begin(`fails-${gate}`, 'main', 1));
    expect(tasks()).toEqual(['scene.draft', ...Array<string>(MAX_REVISIONS).fill('scene.revise')]);
    expect(ended).toMatchObject({
      status: 'failed',
      error: { code: 'SCENE_GATES_FAILED', message: expect.stringContaining(`after ${MAX_REVISIONS} revisions`) },
      details: { findings: [expect.stringMatching(`^${gate}: `)] },
    });
    if (quote !== null) expect(ended.error!.message).toContain(quote);
    expect(ended.details.contradictions).toEqual(
      gate === 'locked-facts' ? [{ entry: 'Ada Quill', statement: 'Ada Quill is alive.', quote }] : undefined,
    );
    expect(await weaver.versions(`fails-${gate}`, 1)).toEqual([]);
  },
);

it('tells a model what must not be told, about those whom it is told of anyway', async () => {
  weaver.context = {
    notKnown: [
      { entry: 'Ada Quill', statement: 'Ada Quill is adopted.' },
      { entry: 'Tobias Renn', statement: 'Tobias Renn is the thief.' },
    ],
  };
  await weaver.write('withheld', 'main', [1], 'plain');
  expect(weaver.drafted.at(-1)).toMatchObject({ notKnown: ['Ada Quill is adopted.'] });
});
