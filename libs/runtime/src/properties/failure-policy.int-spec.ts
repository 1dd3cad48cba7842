import { MAX_REPAIRS } from '@fiction/llm';
import { behave, type Behaviour } from '@fiction/testing';
import { MAX_FAILURES } from '../execution/failure';
import { beatsTask, GOOD_BEATS, metadataOf, proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

const CALLS_PER_ROUND = MAX_REPAIRS + 1;

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start({ timeoutSeconds: 4, model: { answer: () => JSON.stringify(GOOD_BEATS) } });
  fixture.script = async (run) => {
    const beats = await run.ask('beats', beatsTask(taskOf(run.runId)));
    return { message: beats.title };
  };
  // All at once; what they wait between attempts is left out.
  for (const { what, bad } of CASES) {
    fixture.models.script(taskOf(onceId(what)), [bad]);
    fixture.models.script(taskOf(alwaysId(what)), times(100, bad));
  }
  await fixture.begin(
    ...CASES.flatMap(({ what, validation }) => [
      { runId: onceId(what) },
      // What is never answered need not be waited for; what is answered in the end must have the time, on a busy machine too.
      { runId: alwaysId(what), metadata: metadataOf(validation === 'PROVIDER_TIMEOUT' ? { providerId: 'hasty' } : {}) },
    ]),
  );
});
afterAll(() => fixture.stop());

interface Case {
  what: string;
  bad: Behaviour;
  /** What the transcript of the bad call says. */
  validation: string;
  /** What a run that meets nothing else fails with. */
  code: string;
  /** Calls of an attempt that meets nothing else. */
  calls: number;
}

const broken = (what: string, bad: Behaviour, code: string): Case => ({ what, bad, validation: code, code, calls: 1 });
const unusable = (what: string, bad: Behaviour, validation: string): Case => ({
  what,
  bad,
  validation,
  code: 'ANSWER_INVALID',
  calls: CALLS_PER_ROUND,
});

const CASES: Case[] = [
  broken('status 500', behave.status(500), 'PROVIDER_UNAVAILABLE'),
  broken('a hang', behave.hang(), 'PROVIDER_TIMEOUT'),
  broken('a stall', behave.stall(), 'PROVIDER_TIMEOUT'),
  broken('a cut connection', behave.cut(), 'PROVIDER_UNAVAILABLE'),
  broken('a page instead of an answer', behave.brokenBody(), 'PROVIDER_UNAVAILABLE'),
  unusable('broken JSON', behave.brokenJson(), 'malformed-json'),
  unusable('a wrong schema', behave.wrongSchema(), 'wrong-schema'),
  unusable('an empty answer', behave.empty(), 'empty'),
  unusable('an answer cut at the token limit', behave.truncated(), 'truncated'),
];

const onceId = (what: string): string => `fiction:scene:once-${what.replaceAll(' ', '-')}`;
const alwaysId = (what: string): string => `fiction:scene:always-${what.replaceAll(' ', '-')}`;
/** Each run asks for a task of its own name, by which its calls are told apart. */
const taskOf = (runId: string): string => runId.slice(runId.lastIndexOf(':') + 1);
const times = (count: number, behaviour: Behaviour): Behaviour[] => Array.from({ length: count }, () => behaviour);
const transcripts = async (runId: string) => (await fixture.steps(runId)).filter((step) => step.kind !== 'action');

describe.each(CASES)('$what', ({ what, validation, code, calls }) => {
  it('once, and then a good answer: the run completes, and both calls are on record', async () => {
    const runId = onceId(what);
    expect(await fixture.endedInHaste(runId)).toMatchObject({ status: 'complete' });
    expect(fixture.models.count(taskOf(runId))).toBe(2);
    expect((await transcripts(runId)).map((step) => step.validation)).toEqual([validation, 'valid']);
    expect((await fixture.events(runId)).at(-1)).toMatchObject({ status: 'Completed', message: GOOD_BEATS.title });
  });

  it('always: the run fails with a clear code after a bounded number of calls, each on record', async () => {
    const runId = alwaysId(what);
    const run = await fixture.endedInHaste(runId);
    expect(run).toMatchObject({ status: 'failed', attempt: MAX_FAILURES, failures: MAX_FAILURES - 1, error: { code } });
    expect(run.error!.message).toContain(`gave up after ${MAX_FAILURES} attempts`);
    expect(fixture.models.count(taskOf(runId))).toBe(MAX_FAILURES * calls);
    const rows = await transcripts(runId);
    expect(rows).toHaveLength(MAX_FAILURES * calls);
    expect(new Set(rows.map((row) => row.validation))).toEqual(new Set([validation]));
    const events = await fixture.events(runId);
    expect(events.at(-1)).toMatchObject({ status: 'Failed', details: { code } });
    expect(events.filter((event) => event.status === 'Failed')).toHaveLength(1);
  });
});

it('gives a server that breaks a minute or two to mend before it is given up', async () => {
  const waits = (await fixture.events(alwaysId('status 500')))
    .filter((event) => event.status === 'Resumed')
    .map((event) => event.details['retryInMs'] as number);
  expect(waits).toHaveLength(MAX_FAILURES - 1);
  const total = waits.reduce((sum, wait) => sum + wait);
  expect(total).toBeGreaterThan(60_000);
  expect(total).toBeLessThan(150_000);
});

it('fails at once when the provider refuses', async () => {
  fixture.models.script('refused', [behave.status(400, 'no such parameter')]);
  await fixture.begin({ runId: 'fiction:scene:refused' });
  const run = await fixture.ended('fiction:scene:refused');
  expect(run).toMatchObject({ status: 'failed', attempt: 1, error: { code: 'PROVIDER_REFUSED' } });
  expect(run.error!.message).toContain('no such parameter');
  expect(fixture.models.count('refused')).toBe(1);
});

it('asks a model that declines twice more, then fails for good with its words', async () => {
  const runId = 'fiction:scene:declined';
  fixture.models.script('declined', times(CALLS_PER_ROUND, behave.refusal('That is too sad for me.')));
  await fixture.begin({ runId });
  const run = await fixture.ended(runId);
  expect(run).toMatchObject({ status: 'failed', attempt: 1, error: { code: 'ANSWER_REFUSED' } });
  expect(run.error!.message).toContain('That is too sad for me.');
  expect((await transcripts(runId)).map((step) => step.validation)).toEqual(['refused', 'refused', 'refused']);
});

it('does not try a run again whose model has spent all its room on thinking three times', async () => {
  const runId = 'fiction:scene:thought';
  fixture.models.script('thought', times(CALLS_PER_ROUND, behave.ended('length', '')));
  await fixture.begin({ runId });
  const run = await fixture.ended(runId);
  expect(run).toMatchObject({ status: 'failed', attempt: 1, error: { code: 'ANSWER_NOT_BEGUN' } });
  expect(run.error!.message).toContain('thinkingTokens');
  expect(fixture.models.count('thought')).toBe(CALLS_PER_ROUND);
});

it('shows the model its unusable answer, and counts what every call took', async () => {
  const runId = 'fiction:scene:repaired';
  fixture.models.script('repaired', [behave.wrongSchema()]);
  await fixture.begin({ runId });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 1, calls: 2 });
  const [bad, repaired] = await transcripts(runId);
  expect(JSON.stringify(repaired!.request)).toContain('unexpected');
  expect(JSON.stringify(bad!.response)).toContain('unexpected');
});

it('fails with a message and details that events can carry, whatever was thrown', async () => {
  const script = fixture.script;
  fixture.script = async () => {
    throw Object.assign(new Error(`\u0000\ud800 ${'long '.repeat(500_000)}`), {
      code: 'ODD',
      retryable: false,
      details: { nested: { too: 'deep' } },
    });
  };
  await fixture.begin({ runId: 'fiction:scene:odd' });
  expect(await fixture.ended('fiction:scene:odd')).toMatchObject({ status: 'failed', error: { code: 'ODD' } });
  const event = (await fixture.events('fiction:scene:odd')).at(-1)!;
  expect(event.message.length).toBeLessThanOrEqual(2_000);
  expect(event.details).toMatchObject({ code: 'ODD' });

  fixture.script = async () => {
    throw undefined;
  };
  await fixture.begin({ runId: 'fiction:scene:undefined' });
  expect(await fixture.ended('fiction:scene:undefined')).toMatchObject({ status: 'failed', attempt: MAX_FAILURES });
  fixture.script = script;
});

it('stores an answer that PostgreSQL could not store as it is', async () => {
  const script = fixture.script;
  const heard: string[] = [];
  fixture.script = async (run) => {
    heard.push(await run.ask('draft', proseTask('scene.odd')));
    await run.step('odd', async () => ({ 'a\u0000b': 'half \ud83d a pair' }));
    if (run.attempt === 1) throw new Error('again');
    return { message: 'done' };
  };
  fixture.models.script('scene.odd', [behave.answer('a\u0000b \ud83d c 🕰')]);
  await fixture.begin({ runId: 'fiction:scene:odd-text' });
  expect(await fixture.ended('fiction:scene:odd-text')).toMatchObject({ status: 'complete', attempt: 2 });
  expect(new Set(heard).size).toBe(1);
  fixture.script = script;
});
