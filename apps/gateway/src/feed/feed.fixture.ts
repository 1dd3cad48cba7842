import {
  FEED_SUBJECT,
  listProgress,
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

export function event(planId: string, seq: number): FictionPhaseProgressed {
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

/** A gateway with a telemetry that the test plays, and sockets at it. */
export class FeedFixture {
  /** How plans stand, as telemetry knows it. */
  readonly standing = new Map<string, FictionPlanChanged[]>();
  private readonly history = new Map<string, FictionPhaseProgressed[]>();
  private readonly sockets: Socket[] = [];

  private constructor(readonly gateway: TestGateway) {}

  static async start(): Promise<FeedFixture> {
    const fixture = new FeedFixture(await startGateway());
    fixture.reset();
    return fixture;
  }

  stop(): Promise<void> {
    return this.gateway.stop();
  }

  /** Nothing has happened, and nobody listens. */
  reset(): void {
    for (const socket of this.sockets.splice(0)) socket.disconnect();
    this.history.clear();
    this.standing.clear();
    this.gateway.services.clear();
    this.gateway.services.on(listProgress, ({ planId, afterSeq, limit, changes }) => {
      const events = this.history.get(planId) ?? [];
      const page = { events: events.slice(afterSeq, afterSeq + limit), lastSeq: events.length };
      return changes ? { ...page, changes: this.standing.get(planId) ?? [] } : page;
    });
  }

  /** What telemetry does: events become history, then the feed tells of them. */
  happen(planId: string, count: number, { tell = true } = {}): void {
    const all = this.history.get(planId) ?? [];
    const fresh = Array.from({ length: count }, (_, index) => event(planId, all.length + 1 + index));
    this.history.set(planId, [...all, ...fresh]);
    if (tell) this.tellOf(planId, fresh);
  }

  tellOf(planId: string, events: FictionPhaseProgressed[]): void {
    this.tell(planId, JSON.stringify({ planId, events }));
  }

  /** What telemetry does when a plan's status changes. */
  change(planId: string, status: string, { tell = true, minute = 1 } = {}): void {
    const afterSeq = this.history.get(planId)?.length ?? 0;
    const occurredAt = new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
    const changed = { planId, branch: 'main', primary: true, status, reason: null, occurredAt, afterSeq };
    this.standing.set(planId, [changed]);
    if (tell) this.tell(planId, JSON.stringify({ planId, events: [], changes: [changed] }));
  }

  /** Puts anything at all on the feed of a plan. */
  tell(planId: string, body: string): void {
    this.gateway.app.get(Bus).nats.publish(`${FEED_SUBJECT}.${planId}`, body);
  }

  connect(options: Parameters<typeof io>[1] = { auth: { token: ADMIN_TOKEN } }, namespace = '/fiction'): Socket {
    const socket = io(`${this.gateway.url}${namespace}`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      ...options,
    });
    this.sockets.push(socket);
    return socket;
  }
}

export const outcome = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
      resolve(error.data?.code ?? error.message),
    );
  });

export const say = (socket: Socket, name: string, body: unknown) =>
  socket.timeout(5_000).emitWithAck(name, body) as Promise<FeedReply>;

export function listen(socket: Socket): FictionPhaseProgressed[] {
  const seen: FictionPhaseProgressed[] = [];
  socket.on('FictionPhaseProgressed', (heard: FictionPhaseProgressed) => seen.push(heard));
  return seen;
}

export const numbers = (events: FictionPhaseProgressed[]) => events.map(({ seq }) => seq);
export const upTo = (last: number, from = 1) => Array.from({ length: last - from + 1 }, (_, index) => from + index);
export const heardAll = (seen: FictionPhaseProgressed[], last: number) =>
  until(`event ${last}`, () => seen.at(-1)?.seq === last);

/** A plan that has begun, as the planner tells of it. */
export function plan(id: string): PlanDetail {
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
