import { DomainError } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { readPlan } from '@fiction/contracts';
import {
  Ack,
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { FeedHub } from '../feed/feed-hub';
import type { PlanState } from '../feed/pump';
import { readSubscribe, readUnsubscribe, socketProblem, type FeedReply } from './feed.protocol';
import { SocketAccess } from './socket-access';
import { SocketSink } from './socket-sink';
import { TelemetryHistory } from '../feed/telemetry-history';

/** Plans that one socket may watch at once. */
const MAX_SUBSCRIPTIONS = 50;

const EVENTS = new Set<unknown>(['subscribe', 'unsubscribe']);

type Acknowledge = ((reply: FeedReply) => void) | undefined;

/** What one socket watches, by plan. */
interface Subscriptions {
  /** Ends one. */
  ends: Map<string, () => void>;
  /** The last that was asked for and is not there yet. */
  asked: Map<string, symbol>;
}

/**
 * Progress as it happens: `subscribe {planId, afterSeq?}`, then `FictionPhaseProgressed`, each once and in order, and
 * `FictionPlanChanged`, how each branch stands.
 */
@WebSocketGateway({ namespace: '/fiction' })
export class FeedGateway implements OnGatewayInit<Namespace>, OnGatewayConnection<Socket>, OnGatewayDisconnect<Socket> {
  private readonly subscriptions = new WeakMap<Socket, Subscriptions>();

  constructor(
    private readonly hub: FeedHub,
    private readonly history: TelemetryHistory,
    private readonly requester: Requester,
    private readonly access: SocketAccess,
  ) {}

  afterInit(namespace: Namespace): void {
    this.access.guard(namespace);
  }

  /** Whatever a socket says is counted, also what there is not, and in the order in which it was said. */
  handleConnection(socket: Socket): void {
    socket.use(([event, ...sent]: unknown[], next) => void this.hear(socket, event, sent.at(-1), next));
  }

  handleDisconnect(socket: Socket): void {
    this.access.forget(socket);
    const { ends, asked } = this.of(socket);
    for (const end of ends.values()) end();
    ends.clear();
    asked.clear();
  }

  @SubscribeMessage('subscribe')
  async subscribe(@ConnectedSocket() socket: Socket, @MessageBody() body: unknown, @Ack() ack: Acknowledge) {
    let isWanted = false;
    try {
      const { planId, afterSeq } = readSubscribe(body);
      const { ends, asked } = this.of(socket);
      // Before anything is waited for, so that what the client says next comes next.
      const ours = Symbol(planId);
      asked.set(planId, ours);
      const { lastSeq, changes } = await this.checkPlan(planId, afterSeq).finally(() => {
        // It may have said something else since.
        isWanted = asked.get(planId) === ours && socket.connected;
        if (isWanted) asked.delete(planId);
      });
      if (isWanted) {
        if (ends.size >= MAX_SUBSCRIPTIONS && !ends.has(planId)) throw tooMany();
        // Subscribing again starts over, where the client now says.
        ends.get(planId)?.();
        ends.delete(planId);
      }
      ack?.({ ok: true, lastSeq });
      if (isWanted) ends.set(planId, this.hub.watch(planId, afterSeq, changes, new SocketSink(socket)));
    } catch (error) {
      ack?.({ ok: false, problem: socketProblem(error, socket.id) });
    }
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSocket() socket: Socket, @MessageBody() body: unknown, @Ack() ack: Acknowledge): void {
    try {
      const { planId } = readUnsubscribe(body);
      const { ends, asked } = this.of(socket);
      asked.delete(planId);
      ends.get(planId)?.();
      ends.delete(planId);
      ack?.({ ok: true });
    } catch (error) {
      ack?.({ ok: false, problem: socketProblem(error, socket.id) });
    }
  }

  private async hear(socket: Socket, event: unknown, answer: unknown, next: () => void): Promise<void> {
    try {
      await this.access.spend(socket);
      // Nest leaves an event that nobody handles unanswered, and who waits for an answer waits for ever.
      if (!EVENTS.has(event)) throw unknownEvent();
    } catch (error) {
      if (typeof answer !== 'function') return;
      (answer as NonNullable<Acknowledge>)({ ok: false, problem: socketProblem(error, socket.id) });
      return;
    }
    next();
  }

  /** Number of the plan's newest event, and how its branches stand. A plan with a history exists; one without may only be new. */
  private async checkPlan(planId: string, afterSeq: number): Promise<PlanState> {
    const state = await this.history.state(planId, afterSeq);
    const { lastSeq } = state;
    if (lastSeq === 0) await this.requester.ask(readPlan, { planId });
    if (afterSeq > lastSeq) throw new SeqAheadError(afterSeq, lastSeq);
    return state;
  }

  private of(socket: Socket): Subscriptions {
    const known = this.subscriptions.get(socket);
    if (known !== undefined) return known;
    const made: Subscriptions = { ends: new Map(), asked: new Map() };
    this.subscriptions.set(socket, made);
    return made;
  }
}

/** The client says it has seen what has not happened: it has mistaken one plan, or one installation, for another. */
export class SeqAheadError extends DomainError {
  constructor(afterSeq: number, lastSeq: number) {
    super('SEQ_AHEAD', 409, `afterSeq is ${afterSeq}, but the plan's last event is ${lastSeq}.`);
  }
}

function unknownEvent(): DomainError {
  return new DomainError('EVENT_UNKNOWN', 404, `There is no such event; the events are ${[...EVENTS].join(' and ')}.`);
}

function tooMany(): DomainError {
  return new DomainError(
    'TOO_MANY_SUBSCRIPTIONS',
    429,
    `A socket may watch at most ${MAX_SUBSCRIPTIONS} plans at once.`,
  );
}
