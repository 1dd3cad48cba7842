import { behave, type Behaviour } from '@fiction/testing';
import { judgeAnswer } from '../answer/judge-answer';
import { renderTask } from '../task/render-task';
import { StandstillServer } from './wire/standstill.fixture';
import { blueprint, draft, startWire, stopWires, type WireFixture } from './wire/wire.fixture';

const GOOD_BLUEPRINT = '{"title":"Low Water","beats":["the clock stops"]}';
const TIDE = 'The tide came in — “again” 🌊 — and the clock kept time. '.repeat(40);

describe.each([
  ['plain', false],
  ['streamed', true],
])('a call in the %s protocol', (_name, stream) => {
  let wire: WireFixture;
  beforeAll(async () => {
    wire = await startWire({ stream }, { answer: (task) => (task.task === 'blueprint' ? GOOD_BLUEPRINT : TIDE) });
  });
  afterEach(() => wire.server.reset());
  afterAll(stopWires);

  it('brings the answer with everything a transcript needs', async () => {
    const answer = await wire.ask();
    expect(answer).toMatchObject({
      text: TIDE,
      request: {
        messages: renderTask(draft),
        maxOutputTokens: 200,
        temperature: 0.7,
        responseFormat: { type: 'text' },
      },
      response: { text: TIDE, finishReason: 'stop', modelId: 'novelist' },
      costUsd: 0,
      provider: 'local',
      model: 'novelist',
      lane: 'metal',
    });
    expect(answer.usage.outputTokens).toBe(Math.ceil(TIDE.length / 4));
    expect(answer.usage.inputTokens).toBeGreaterThan(10);
    expect(answer.usageEstimated).toBeUndefined();
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    expect(wire.server.calls).toMatchObject([
      { task: 'scene.draft', streamed: stream, authorization: 'Bearer sk-local-secret' },
    ]);
  });

  it('asks for the shape of a structured answer', async () => {
    const answer = await wire.ask(blueprint);
    expect(answer.request.responseFormat).toEqual({ type: 'json', name: 'blueprint', enforcedBy: 'json_schema' });
    expect(judgeAnswer(blueprint, answer)).toMatchObject({ validation: 'valid', value: { title: 'Low Water' } });
  });

  it('waits for a slow answer', async () => {
    wire.server.script('scene.draft', [behave.delay(120)]);
    const answer = await wire.ask();
    expect(answer.text).toBe(TIDE);
    expect(answer.latencyMs).toBeGreaterThanOrEqual(100);
  });

  it.each([
    ['broken JSON', behave.brokenJson(), 'malformed-json'],
    ['JSON of the wrong schema', behave.wrongSchema(), 'wrong-schema'],
    ['an empty answer', behave.empty(), 'empty'],
    ['an answer cut at the token limit', behave.truncated(), 'truncated'],
    ['a refusal in the field for it', behave.refusal(), 'refused'],
  ])('hands over %s for judging', async (_what, behaviour, validation) => {
    wire.server.script('blueprint', [behaviour]);
    const answer = await wire.ask(blueprint);
    expect(judgeAnswer(blueprint, answer)).toMatchObject({ validation });
  });

  it.each([
    ['model_length', 'length'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['eos', 'other'],
  ])('knows what a server means that ends an answer with %s', async (reason, finishReason) => {
    wire.server.script('scene.draft', [behave.ended(reason, TIDE)]);
    expect((await wire.ask()).response.finishReason).toBe(finishReason);
  });

  it.each(['error', 'insufficient_system_resource', 'abort'])(
    'takes no answer that a server ends with %s',
    async (word) => {
      wire.server.script('scene.draft', [behave.ended(word, 'The tide came')]);
      expect(await wire.failure()).toMatchObject({
        code: 'PROVIDER_UNAVAILABLE',
        message: `local/novelist is unavailable: the server stopped in the middle of the answer (finish_reason ${word})`,
      });
    },
  );

  it('does not take the answer of a server that leaves out what does not fit into its context window', async () => {
    const asking = (words: number) => wire.ask({ ...draft, material: { notes: 'tide '.repeat(words) } });
    wire.server.script('scene.draft', Array<Behaviour>(4).fill(behave.counted(512)));
    for (const words of [800, 1000]) expect((await asking(words)).usage.inputTokens).toBe(512);
    for (const words of [1200, 800]) {
      await expect(asking(words)).rejects.toMatchObject({
        code: 'PROMPT_CUT',
        retryable: false,
        message: expect.stringContaining('it counted 512 tokens in prompts of different lengths') as string,
      });
    }
  });

  it('spends no attempt on a 429 and says how long to wait (seconds)', async () => {
    const own = await startWire({ stream });
    own.server.script('scene.draft', [behave.throttle(7)]);
    const failure = await own.failure();
    expect(failure).toMatchObject({ code: 'PROVIDER_THROTTLED', status: 429, retryAfterMs: 7000, retryable: true });
    expect(failure.spendsAttempt).toBe(false);
  });

  it('understands a Retry-After that is a date', async () => {
    const own = await startWire({ stream });
    own.server.script('scene.draft', [behave.throttle(new Date(Date.now() + 30_000))]);
    const { retryAfterMs } = await own.failure();
    expect(retryAfterMs).toBeGreaterThan(27_000);
    expect(retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  it.each([502, 503, 504, 529])('spends no attempt on %i, with which a server is not ready yet', async (status) => {
    const own = await startWire({ stream });
    const behaviour = { kind: 'status', status, headers: { 'retry-after': '7' }, body: 'Loading model' } as const;
    own.server.script('scene.draft', [behaviour]);
    const failure = await own.failure();
    expect(failure).toMatchObject({ code: 'PROVIDER_NOT_READY', status, retryAfterMs: 7000, retryable: true });
    expect(failure.spendsAttempt).toBe(false);
    expect(failure.waitsFor).toBe(`local/novelist: HTTP ${status}, Loading model`);
  });

  it.each([500, 408, 498, 499])('takes %i for a passing fault', async (status) => {
    wire.server.script('scene.draft', [behave.status(status)]);
    expect(await wire.failure()).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      status,
      retryable: true,
      spendsAttempt: true,
    });
  });

  it.each([400, 401, 403, 404, 422])('takes %i for a final no', async (status) => {
    wire.server.script('scene.draft', [behave.status(status)]);
    expect(await wire.failure()).toMatchObject({ code: 'PROVIDER_REFUSED', status, retryable: false });
  });

  it('says what the server said, without the key the server repeats', async () => {
    wire.server.script('scene.draft', [behave.status(401, 'Incorrect API key provided: sk-local-secret')]);
    const { message } = await wire.failure();
    const place = `(${wire.server.baseUrl}/chat/completions)`;
    expect(message).toBe(`local/novelist refused the request: HTTP 401, Incorrect API key provided: *** ${place}`);
  });

  it('has what was sent with a call that failed, and nothing with one that was not begun', async () => {
    wire.server.script('scene.draft', [behave.status(400), behave.throttle(0)]);
    expect((await wire.failure()).request?.messages.length).toBeGreaterThan(0);
    expect((await wire.failure()).request).toBeUndefined();
  });

  it('ends an answer that goes on and on, before it is too long to be kept or shown', async () => {
    const own = await startWire({ stream });
    own.server.script('scene.draft', [behave.answer('x'.repeat(199_999)), behave.answer('the clock '.repeat(20_001))]);
    expect((await own.ask()).text).toHaveLength(199_999);
    const failure = await own.failure();
    expect(failure).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryable: true, spendsAttempt: true });
    expect(failure.message).toBe('local/novelist is unavailable: the answer has more than 200000 characters');
  });

  it('takes a longer one where more is asked for', async () => {
    const own = await startWire({ stream });
    own.server.script('blueprint', [behave.answer('x'.repeat(400_000)), behave.answer('x'.repeat(400_001))]);
    const long = { ...blueprint, maxOutputTokens: 50_000 };
    expect((await own.ask(long)).text).toHaveLength(400_000);
    await expect(own.ask(long)).rejects.toThrow('the answer has more than 400000 characters');
  });

  it.each([
    ['a connection cut in the answer', behave.cut()],
    ['a body that is not the protocol', behave.brokenBody()],
    ['an empty body', behave.brokenBody('')],
    ['a body that breaks off', behave.brokenBody('data: {"id":"x","choices":[{"del')],
  ])('takes %s for a passing fault', async (_what, behaviour) => {
    wire.server.script('scene.draft', [behaviour]);
    expect(await wire.failure()).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryable: true, spendsAttempt: true });
  });

  it.each([
    ['never answers', behave.hang()],
    ['falls silent', behave.stall()],
  ])('ends a call whose server %s after its time, connection and all', async (_what, behaviour) => {
    const own = await startWire({ stream, timeoutSeconds: 0.2 });
    own.server.script('scene.draft', [behaviour]);
    expect(await own.failure()).toMatchObject({ code: 'PROVIDER_TIMEOUT', retryable: true, spendsAttempt: true });
    await own.server.waitForCall((call) => call.abortedAt !== undefined, 1000);
  });

  it.each([
    ['before the answer', behave.hang()],
    ['within the answer', behave.stall()],
  ])('closes the connection at once when it is cancelled %s', async (_what, behaviour) => {
    wire.server.script('scene.draft', [behaviour]);
    const cancel = new AbortController();
    const failure = wire.failure(cancel.signal);
    await wire.server.waitForCall((call) => call.task === 'scene.draft');
    const cancelledAt = performance.now();
    cancel.abort();
    expect(await failure).toMatchObject({ code: 'MODEL_CALL_CANCELLED', spendsAttempt: false });
    const closed = await wire.server.waitForCall((call) => call.abortedAt !== undefined, 1000);
    expect(closed.abortedAt! - cancelledAt).toBeLessThan(1000);
    expect(wire.client.load()).toMatchObject([{ provider: 'local', inFlight: 0, queued: 0 }]);
  });

  it('does not even begin when it is already cancelled', async () => {
    expect(await wire.failure(AbortSignal.abort())).toMatchObject({ code: 'MODEL_CALL_CANCELLED' });
    expect(wire.server.count()).toBe(0);
  });

  it('spends no attempt on a server that is not there, to which nothing was sent', async () => {
    const own = await startWire({ stream });
    await own.server.stop();
    const failure = await own.failure();
    expect(failure).toMatchObject({ code: 'PROVIDER_UNREACHABLE', retryable: true, spendsAttempt: false });
    expect(failure.message).toBe('local/novelist cannot be reached: connection refused');
    expect(failure.waitsFor).toBe('local/novelist: connection refused');
  });

  it('spends no attempt on a name nobody knows', async () => {
    const own = await startWire({ stream, baseUrl: 'http://no-such-host.invalid/v1' });
    const failure = await own.failure();
    expect(failure).toMatchObject({ code: 'PROVIDER_UNREACHABLE', retryable: true, spendsAttempt: false });
    expect(failure.waitsFor).toMatch(/^local\/novelist: .*host name/);
  });

  it('makes exactly one request for every call, whatever comes of it', async () => {
    wire.server.script('scene.draft', [behave.status(500), behave.cut(), behave.empty()]);
    await wire.failure();
    await wire.failure();
    await wire.ask();
    await wire.ask();
    expect(wire.server.count('scene.draft')).toBe(4);
  });
});

describe('a streamed call', () => {
  afterAll(stopWires);

  it.each([
    ['before the first byte', behave.hang()],
    ['in the middle', behave.stall()],
  ])('ends when the server is silent for too long %s', async (_what, behaviour) => {
    const wire = await startWire({ stream: true, idleTimeoutSeconds: 0.15 });
    wire.server.script('scene.draft', [behaviour]);
    const failure = await wire.failure();
    expect(failure).toMatchObject({ code: 'PROVIDER_TIMEOUT' });
    const says = 'nothing received for 0.15 s (idleTimeoutSeconds); if the server handles one call at a time,';
    expect(failure.message).toBe(`local/novelist took too long: ${says} lower concurrency or raise this limit`);
    await wire.server.waitForCall((call) => call.abortedAt !== undefined, 1000);
  });

  it.each([
    [
      'an error',
      '{"error":{"message":"out of memory","type":"server_error"}}',
      'PROVIDER_UNAVAILABLE',
      'out of memory',
    ],
    ['an overload', '{"error":{"message":"busy","type":"overloaded_error"}}', 'PROVIDER_NOT_READY', 'busy'],
    ['a start-up', '{"error":{"message":"Loading model","code":503}}', 'PROVIDER_NOT_READY', 'Loading model'],
    ['a limit', '{"error":{"message":"slow down","type":"rate_limit_exceeded"}}', 'PROVIDER_THROTTLED', 'slow down'],
  ])('ends with %s that is reported inside it', async (_what, event, code, text) => {
    const wire = await startWire({ stream: true });
    wire.server.script('scene.draft', [behave.brokenBody(`data: ${event}\n\ndata: [DONE]\n\n`)]);
    const failure = await wire.failure();
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(text);
  });
});

describe('a process that stood still for longer than a call may take', () => {
  afterAll(stopWires);

  it('has the answer that came meanwhile: it is paid for', async () => {
    const message = { role: 'assistant', content: TIDE };
    const completion = {
      id: '1',
      created: 1,
      model: 'novelist',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
    };
    const server = await StandstillServer.start(JSON.stringify(completion));
    try {
      const own = await startWire({ baseUrl: server.url, timeoutSeconds: 0.1, stream: false });
      const asked = own.ask();
      await server.standStill(500);
      expect(await asked).toMatchObject({ text: TIDE });
    } finally {
      await server.stop();
    }
  });
});
