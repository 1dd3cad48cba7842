import {
  FEED_SUBJECT,
  listProgress,
  NotFoundError,
  readPlan,
  settleBrief,
  type FictionPhaseProgressed,
  type FictionPlanChanged,
  type PlanDetail,
} from '@fiction/contracts';
import { Bus } from '@fiction/messaging';
import { until } from '@fiction/testing';
import { io, type Socket } from 'socket.io-client';
import { ADMIN_TOKEN, startGateway, type TestGateway } from '../gateway.fixture';
import type { FeedReply } from '../sockets/feed.protocol';

let gateway: TestGateway;
const sockets: Socket[] = [];
const history = new Map<string, FictionPhaseProgressed[]>();
const standing = new Map<string, FictionPlanChanged[]>();
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => {
  history.clear();
  standing.clear();
  gateway.services.clear();
  gateway.services.on(listProgress, ({ planId, afterSeq, limit, changes }) => {
    const events = history.get(planId) ?? [];
    const page = { events: events.slice(afterSeq, afterSeq + limit), lastSeq: events.length };
    return changes ? { ...page, changes: standing.get(planId) ?? [] } : page;
  });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});

const METADATA = {
  planId: 'p',
  branch: 'main',
  backlogItemId: 'b',
  taskId: 't',
  conversationId: 'c',
  conversationPlanId: 'p',
  agentId: 'agent_author',
  providerId: 'rehearsal',
  modelId: 'novelist',
  correlationId: 'x',
};

function event(planId: string, seq: number): FictionPhaseProgressed {
  return {
    eventId: `${planId}-${seq}`,
    seq,
    planId,
    branch: 'main',
    phase: 'scene',
    runId: `fiction:scene:${seq}`,
    revision: 1,
    resumption: 0,
    attempt: 1,
    status: 'Completed',
    percent: 100,
    message: 'done',
    metadata: METADATA,
    checkpoint: 'complete',
    usage: { calls: 1, inputTokens: 1, outputTokens: 1, costUsd: 0 },
    details: {},
    occurredAt: '2024-01-01T00:00:00.000Z',
  };
}

/** What telemetry does: events become history, then the feed tells of them. */
function happen(planId: string, count: number, { tell = true } = {}): void {
  const all = history.get(planId) ?? [];
  const fresh = Array.from({ length: count }, (_, index) => event(planId, all.length + 1 + index));
  history.set(planId, [...all, ...fresh]);
  if (tell) tellOf(planId, fresh);
}

function tellOf(planId: string, events: FictionPhaseProgressed[]): void {
  gateway.app.get(Bus).nats.publish(`${FEED_SUBJECT}.${planId}`, JSON.stringify({ planId, events }));
}

/** What telemetry does when a plan's status changes. */
function change(planId: string, status: string, { tell = true, minute = 1 } = {}): void {
  const afterSeq = history.get(planId)?.length ?? 0;
  const occurredAt = new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
  const changed = { planId, branch: 'main', primary: true, status, reason: null, occurredAt, afterSeq };
  standing.set(planId, [changed]);
  const body = JSON.stringify({ planId, events: [], changes: [changed] });
  if (tell) gateway.app.get(Bus).nats.publish(`${FEED_SUBJECT}.${planId}`, body);
}

function connect(options: Parameters<typeof io>[1] = { auth: { token: ADMIN_TOKEN } }, namespace = '/fiction'): Socket {
  const socket = io(`${gateway.url}${namespace}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...options,
  });
  sockets.push(socket);
  return socket;
}

const outcome = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
      resolve(error.data?.code ?? error.message),
    );
  });

const say = (socket: Socket, name: string, body: unknown) =>
  socket.timeout(5_000).emitWithAck(name, body) as Promise<FeedReply>;

function listen(socket: Socket): FictionPhaseProgressed[] {
  const seen: FictionPhaseProgressed[] = [];
  socket.on('FictionPhaseProgressed', (heard: FictionPhaseProgressed) => seen.push(heard));
  return seen;
}

const numbers = (events: FictionPhaseProgressed[]) => events.map(({ seq }) => seq);
const upTo = (last: number, from = 1) => Array.from({ length: last - from + 1 }, (_, index) => from + index);
const heardAll = (seen: FictionPhaseProgressed[], last: number) =>
  until(`event ${last}`, () => seen.at(-1)?.seq === last);

describe('a socket', () => {
  it.each([
    ['no token', {}, 'TOKEN_MISSING'],
    ['a wrong token', { auth: { token: 'fw_wrong' } }, 'TOKEN_INVALID'],
    ['a token that is no text', { auth: { token: { a: 1 } } }, 'TOKEN_MISSING'],
  ])('with %s is refused', async (_name, options, code) => {
    expect(await outcome(connect({ auth: {}, ...options }))).toBe(code);
  });

  it('is let in with the token in its handshake or its header', async () => {
    expect(await outcome(connect())).toBe('connected');
    const header = { extraHeaders: { authorization: `Bearer ${ADMIN_TOKEN}` } };
    expect(await outcome(connect(header))).toBe('connected');
  });

  it('finds nothing outside the namespace', async () => {
    expect(await outcome(connect({ auth: { token: ADMIN_TOKEN } }, '/'))).toContain('/fiction');
  });

  it('may come over long polling', async () => {
    const socket = connect({ transports: ['polling'], auth: { token: ADMIN_TOKEN } });
    happen('polled', 3);
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
    happen('standing', 2);
    change('standing', 'running', { minute: 1 });
    const socket = connect();
    const seen = everything(socket);
    await say(socket, 'subscribe', { planId: 'standing' });
    await until('the status', () => seen.includes('running'));
    happen('standing', 1);
    change('standing', 'complete', { minute: 2 });
    await until('the end', () => seen.includes('complete'));
    expect(seen).toEqual(['1', '2', 'running', '3', 'complete']);
    // Whoever comes when all is over needs nothing but this.
    const late = connect();
    const heard = everything(late);
    await say(late, 'subscribe', { planId: 'standing', afterSeq: 3 });
    await until('the end', () => heard.length > 0);
    expect(heard).toEqual(['complete']);
  });

  it('is told whole, and even if the feed has lost it', async () => {
    gateway.services.on(readPlan, ({ planId }) => plan(planId));
    happen('unheard', 1);
    const socket = connect();
    const seen: FictionPlanChanged[] = [];
    socket.on('FictionPlanChanged', (heard: FictionPlanChanged) => seen.push(heard));
    await say(socket, 'subscribe', { planId: 'unheard' });
    change('unheard', 'paused', { tell: false });
    await until('the change', () => seen.length > 0);
    expect(seen).toEqual(standing.get('unheard'));
  });
});

describe('subscribe', () => {
  it('brings history and then what happens, each event once, in order and unchanged', async () => {
    happen('plan', 450);
    const socket = connect();
    const seen = listen(socket);
    expect(await say(socket, 'subscribe', { planId: 'plan' })).toEqual({ ok: true, lastSeq: 450 });
    happen('plan', 2);
    await heardAll(seen, 452);
    happen('plan', 3);
    await heardAll(seen, 455);
    expect(numbers(seen)).toEqual(upTo(455));
    expect(seen[0]).toEqual(event('plan', 1));
  });

  it('misses nothing and repeats nothing over reconnections while events keep coming', async () => {
    const all: FictionPhaseProgressed[] = [];
    for (let round = 0; round < 5; round += 1) {
      const socket = connect();
      const seen = listen(socket);
      const afterSeq = all.at(-1)?.seq ?? 0;
      happen('busy', 7);
      await say(socket, 'subscribe', { planId: 'busy', afterSeq });
      happen('busy', 40);
      await until('some events', () => seen.length > 10 + round);
      socket.disconnect();
      all.push(...seen);
      happen('busy', 11);
    }
    const last = connect();
    const seen = listen(last);
    await say(last, 'subscribe', { planId: 'busy', afterSeq: all.at(-1)?.seq });
    await heardAll(seen, 5 * 58);
    expect(numbers([...all, ...seen])).toEqual(upTo(5 * 58));
  });

  it('finds what the feed lost, without anything else happening', async () => {
    gateway.services.on(readPlan, ({ planId }) => plan(planId));
    happen('lost', 2);
    const socket = connect();
    const seen = listen(socket);
    await say(socket, 'subscribe', { planId: 'lost' });
    await heardAll(seen, 2);
    happen('lost', 3, { tell: false });
    await heardAll(seen, 5);
    expect(numbers(seen)).toEqual(upTo(5));
  });

  it('survives nonsense on the feed', async () => {
    happen('odd', 1);
    const socket = connect();
    const seen = listen(socket);
    await say(socket, 'subscribe', { planId: 'odd' });
    const { nats } = gateway.app.get(Bus);
    nats.publish(`${FEED_SUBJECT}.odd`, 'not json');
    nats.publish(`${FEED_SUBJECT}.odd`, '{"planId":"odd","events":[{"seq":2}]}');
    tellOf('odd', [event('other', 2)]);
    happen('odd', 1);
    await heardAll(seen, 2);
  });

  it('of two plans brings both, and unsubscribe ends one', async () => {
    const socket = connect();
    const seen = listen(socket);
    happen('one', 1);
    happen('two', 1);
    await say(socket, 'subscribe', { planId: 'one' });
    await say(socket, 'subscribe', { planId: 'two' });
    await until('both', () => seen.length === 2);
    expect(await say(socket, 'unsubscribe', { planId: 'one' })).toEqual({ ok: true });
    happen('one', 1);
    happen('two', 1);
    await until('the other', () => seen.length === 3);
    expect(seen.map(({ planId, seq }) => `${planId}:${seq}`).sort()).toEqual(['one:1', 'two:1', 'two:2']);
  });

  it.each([
    ['nothing', undefined, 'INPUT_INVALID'],
    ['a word', 'plan', 'INPUT_INVALID'],
    ['a negative seq', { planId: 'p', afterSeq: -1 }, 'INPUT_INVALID'],
    ['more than is known', { planId: 'p', room: 'x' }, 'INPUT_INVALID'],
    ['a plan that is not there', { planId: 'gone' }, 'PLAN_NOT_FOUND'],
    ['a seq that has not been', { planId: 'young', afterSeq: 9 }, 'SEQ_AHEAD'],
  ])('to %s is refused with a problem', async (_name, body, code) => {
    gateway.services.on(readPlan, ({ planId }) => {
      throw new NotFoundError('plan', planId);
    });
    happen('young', 3);
    expect(await say(connect(), 'subscribe', body)).toMatchObject({ ok: false, problem: { code } });
  });

  it('while telemetry is away says so', async () => {
    gateway.services.clear();
    expect(await say(connect(), 'subscribe', { planId: 'p' })).toMatchObject({
      ok: false,
      problem: { code: 'SERVICE_UNAVAILABLE', status: 503 },
    });
  });

  it('to more plans than a socket may watch is refused', async () => {
    const socket = connect();
    for (let index = 0; index < 50; index += 1) {
      happen(`many-${index}`, 1, { tell: false });
      expect(await say(socket, 'subscribe', { planId: `many-${index}` })).toMatchObject({ ok: true });
    }
    happen('one-more', 1, { tell: false });
    expect(await say(socket, 'subscribe', { planId: 'one-more' })).toMatchObject({
      ok: false,
      problem: { status: 429 },
    });
  });

  it('goes on after the broker was away, with what happened meanwhile', async () => {
    happen('outage', 1);
    const socket = connect();
    const seen = listen(socket);
    await say(socket, 'subscribe', { planId: 'outage' });
    await heardAll(seen, 1);
    await gateway.nats.instance.kill();
    happen('outage', 2, { tell: false });
    await gateway.nats.instance.start();
    await heardAll(seen, 3);
    happen('outage', 1);
    await heardAll(seen, 4);
    expect(numbers(seen)).toEqual(upTo(4));
  });
});

function plan(id: string): PlanDetail {
  const brief = settleBrief({ title: 'T', author: 'A', text: 'P' }, { provider: 'rehearsal', model: 'novelist' });
  const createdAt = '2024-01-01T00:00:00.000Z';
  const times = { createdAt, startedAt: null, finishedAt: null };
  return {
    id,
    projectId: 's',
    title: 'T',
    author: 'A',
    status: 'running',
    statusReason: null,
    briefDigest: null,
    ...times,
    brief,
    primaryBranch: 'main',
    phases: [],
    words: 0,
  };
}
