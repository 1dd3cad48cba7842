import { NotFoundError, readPlan, type FictionPhaseProgressed, type FictionPlanChanged } from '@fiction/contracts';
import { until } from '@fiction/testing';
import type { Socket } from 'socket.io-client';
import { ADMIN_TOKEN } from '../gateway.fixture';
import { event, FeedFixture, heardAll, listen, numbers, outcome, plan, say, upTo } from './feed.fixture';

let feed: FeedFixture;
beforeAll(async () => (feed = await FeedFixture.start()));
afterAll(() => feed.stop());
afterEach(() => feed.reset());

describe('a socket', () => {
  it.each([
    ['no token', {}, 'TOKEN_MISSING'],
    ['a wrong token', { auth: { token: 'fw_wrong' } }, 'TOKEN_INVALID'],
    ['a token that is no text', { auth: { token: { a: 1 } } }, 'TOKEN_MISSING'],
  ])('with %s is refused', async (_name, options, code) => {
    expect(await outcome(feed.connect({ auth: {}, ...options }))).toBe(code);
  });

  it('is let in with the token in its handshake or its header', async () => {
    expect(await outcome(feed.connect())).toBe('connected');
    const header = { extraHeaders: { authorization: `Bearer ${ADMIN_TOKEN}` } };
    expect(await outcome(feed.connect(header))).toBe('connected');
  });

  it('finds nothing outside the namespace', async () => {
    expect(await outcome(feed.connect({ auth: { token: ADMIN_TOKEN } }, '/'))).toContain('/fiction');
  });

  it('may come over long polling', async () => {
    const socket = feed.connect({ transports: ['polling'], auth: { token: ADMIN_TOKEN } });
    feed.happen('polled', 3);
    expect(await outcome(socket)).toBe('connected');
    const seen = listen(socket);
    await say(socket, 'subscribe', { planId: 'polled' });
    await heardAll(seen, 3);
  });
});

describe('how a plan stands', () => {
  /** Everything a socket hears, in order. */
  function everything(socket: Socket): string[] {
    const seen: string[] = [];
    socket.on('FictionPhaseProgressed', ({ seq }: FictionPhaseProgressed) => seen.push(String(seq)));
    socket.on('FictionPlanChanged', ({ status }: FictionPlanChanged) => seen.push(status));
    return seen;
  }

  it('is told after the history to whoever subscribes, and whenever it changes', async () => {
    feed.happen('standing', 2);
    feed.change('standing', 'running', { minute: 1 });
    const socket = feed.connect();
    const seen = everything(socket);
    await say(socket, 'subscribe', { planId: 'standing' });
    await until('the status', () => seen.includes('running'));
    feed.happen('standing', 1);
    feed.change('standing', 'complete', { minute: 2 });
    await until('the end', () => seen.includes('complete'));
    expect(seen).toEqual(['1', '2', 'running', '3', 'complete']);
    // Whoever comes when all is over needs nothing but this.
    const late = feed.connect();
    const heard = everything(late);
    await say(late, 'subscribe', { planId: 'standing', afterSeq: 3 });
    await until('the end', () => heard.length > 0);
    expect(heard).toEqual(['complete']);
  });

  it('is told whole, and even if the feed has lost it', async () => {
    feed.gateway.services.on(readPlan, ({ planId }) => plan(planId));
    feed.happen('unheard', 1);
    const socket = feed.connect();
    const seen: FictionPlanChanged[] = [];
    socket.on('FictionPlanChanged', (heard: FictionPlanChanged) => seen.push(heard));
    await say(socket, 'subscribe', { planId: 'unheard' });
    feed.change('unheard', 'paused', { tell: false });
    await until('the change', () => seen.length > 0);
    expect(seen).toEqual(feed.standing.get('unheard'));
  });
});

describe('subscribe', () => {
  it('brings history and then what happens, each event once, in order and unchanged', async () => {
    feed.happen('plan', 450);
    const socket = feed.connect();
    const seen = listen(socket);
    expect(await say(socket, 'subscribe', { planId: 'plan' })).toEqual({ ok: true, lastSeq: 450 });
    feed.happen('plan', 2);
    await heardAll(seen, 452);
    feed.happen('plan', 3);
    await heardAll(seen, 455);
    expect(numbers(seen)).toEqual(upTo(455));
    expect(seen[0]).toEqual(event('plan', 1));
  });

  it('misses nothing and repeats nothing over reconnections while events keep coming', async () => {
    const all: FictionPhaseProgressed[] = [];
    for (let round = 0; round < 5; round += 1) {
      const socket = feed.connect();
      const seen = listen(socket);
      const afterSeq = all.at(-1)?.seq ?? 0;
      feed.happen('busy', 7);
      await say(socket, 'subscribe', { planId: 'busy', afterSeq });
      feed.happen('busy', 40);
      await until('some events', () => seen.length > 10 + round);
      socket.disconnect();
      all.push(...seen);
      feed.happen('busy', 11);
    }
    const last = feed.connect();
    const seen = listen(last);
    await say(last, 'subscribe', { planId: 'busy', afterSeq: all.at(-1)?.seq });
    await heardAll(seen, 5 * 58);
    expect(numbers([...all, ...seen])).toEqual(upTo(5 * 58));
  });

  it('finds what the feed lost, without anything else happening', async () => {
    feed.gateway.services.on(readPlan, ({ planId }) => plan(planId));
    feed.happen('lost', 2);
    const socket = feed.connect();
    const seen = listen(socket);
    await say(socket, 'subscribe', { planId: 'lost' });
    await heardAll(seen, 2);
    feed.happen('lost', 3, { tell: false });
    await heardAll(seen, 5);
    expect(numbers(seen)).toEqual(upTo(5));
  });

  it('survives nonsense on the feed', async () => {
    feed.happen('odd', 1);
    const socket = feed.connect();
    const seen = listen(socket);
    await say(socket, 'subscribe', { planId: 'odd' });
    feed.tell('odd', 'not json');
    feed.tell('odd', '{"planId":"odd","events":[{"seq":2}]}');
    feed.tellOf('odd', [event('other', 2)]);
    feed.happen('odd', 1);
    await heardAll(seen, 2);
  });

  it('of two plans brings both, and unsubscribe ends one', async () => {
    const socket = feed.connect();
    const seen = listen(socket);
    feed.happen('one', 1);
    feed.happen('two', 1);
    await say(socket, 'subscribe', { planId: 'one' });
    await say(socket, 'subscribe', { planId: 'two' });
    await until('both', () => seen.length === 2);
    expect(await say(socket, 'unsubscribe', { planId: 'one' })).toEqual({ ok: true });
    feed.happen('one', 1);
    feed.happen('two', 1);
    await until('the other', () => seen.length === 3);
    expect(seen.map(({ planId, seq }) => `${planId}:${seq}`).sort()).toEqual(['one:1', 'two:1', 'two:2']);
  });

  it('ends by an unsubscribe that comes on its heels', async () => {
    const socket = feed.connect();
    const seen = listen(socket);
    feed.happen('one', 1);
    feed.happen('two', 1);
    const replies = await Promise.all([
      say(socket, 'subscribe', { planId: 'one' }),
      say(socket, 'unsubscribe', { planId: 'one' }),
      say(socket, 'subscribe', { planId: 'two' }),
    ]);
    expect(replies).toEqual([{ ok: true, lastSeq: 1 }, { ok: true }, { ok: true, lastSeq: 1 }]);
    feed.happen('one', 1);
    feed.happen('two', 1);
    await until('the other', () => seen.filter(({ planId }) => planId === 'two').length === 2);
    expect(seen.filter(({ planId }) => planId === 'one')).toEqual([]);
  });

  it.each([
    ['nothing', undefined, 'INPUT_INVALID'],
    ['a word', 'plan', 'INPUT_INVALID'],
    ['a negative seq', { planId: 'p', afterSeq: -1 }, 'INPUT_INVALID'],
    ['more than is known', { planId: 'p', room: 'x' }, 'INPUT_INVALID'],
    ['a plan that is not there', { planId: 'gone' }, 'PLAN_NOT_FOUND'],
    ['a seq that has not been', { planId: 'young', afterSeq: 9 }, 'SEQ_AHEAD'],
  ])('to %s is refused with a problem', async (_name, body, code) => {
    feed.gateway.services.on(readPlan, ({ planId }) => {
      throw new NotFoundError('plan', planId);
    });
    feed.happen('young', 3);
    expect(await say(feed.connect(), 'subscribe', body)).toMatchObject({ ok: false, problem: { code } });
  });

  it('while telemetry is away says so', async () => {
    feed.gateway.services.clear();
    expect(await say(feed.connect(), 'subscribe', { planId: 'p' })).toMatchObject({
      ok: false,
      problem: { code: 'SERVICE_UNAVAILABLE', status: 503 },
    });
  });

  it('to more plans than a socket may watch is refused', async () => {
    const socket = feed.connect();
    for (let index = 0; index < 50; index += 1) {
      feed.happen(`many-${index}`, 1, { tell: false });
      expect(await say(socket, 'subscribe', { planId: `many-${index}` })).toMatchObject({ ok: true });
    }
    feed.happen('one-more', 1, { tell: false });
    expect(await say(socket, 'subscribe', { planId: 'one-more' })).toMatchObject({
      ok: false,
      problem: { status: 429 },
    });
  });

  it('goes on after the broker was away, with what happened meanwhile', async () => {
    feed.happen('outage', 1);
    const socket = feed.connect();
    const seen = listen(socket);
    await say(socket, 'subscribe', { planId: 'outage' });
    await heardAll(seen, 1);
    await feed.gateway.nats.instance.kill();
    feed.happen('outage', 2, { tell: false });
    await feed.gateway.nats.instance.start();
    await heardAll(seen, 3);
    feed.happen('outage', 1);
    await heardAll(seen, 4);
    expect(numbers(seen)).toEqual(upTo(4));
  });
});
