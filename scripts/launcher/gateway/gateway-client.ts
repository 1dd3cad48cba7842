import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { GatewayProblemError, problemSchema } from './gateway-problem.error';
import { LaunchError } from '../launch.error';
import { type PlanName, planPageSchema, type PlanState, planStateSchema } from '../plans/plan-state';
import { type BacklogPage, backlogPageSchema } from '../standstill/backlog-page';
import { type ProgressPage, progressPageSchema } from '../standstill/progress-event';

const ANSWER_WITHIN_MS = 30_000;
const KEEP_TRYING_MS = 120_000;
const MOST_PAGES = 50;
/** Pause before a request is sent again, when the gateway does not say how long. */
const TRY_AGAIN_MS = 250;

/** Why a request is worth sending again, and after how long. */
interface TryAgain {
  why: string;
  afterMs: number;
}

const actionSchema = z.object({ itemIds: z.array(z.string()) });

interface Request {
  method?: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
}

/** The gateway's REST API, as far as the launcher uses it. A gateway that is restarting is waited for. */
export class GatewayClient {
  constructor(
    readonly baseUrl: string,
    private readonly token: string,
    private readonly stopped: AbortSignal,
  ) {}

  /** Creates a plan; sent again with the same key it is the same plan. */
  async createPlan(brief: Buffer, idempotencyKey: string): Promise<string> {
    const response = await this.send('/api/fiction/plans', {
      method: 'POST',
      body: new Uint8Array(brief),
      headers: { 'content-type': 'text/markdown; charset=utf-8', 'idempotency-key': idempotencyKey },
    });
    return planStateSchema.pick({ id: true }).parse(await response.json()).id;
  }

  /** `undefined` when there is no such plan. */
  async plan(id: string): Promise<PlanState | undefined> {
    try {
      const response = await this.send(`${path(id)}`);
      return planStateSchema.parse(await response.json());
    } catch (error) {
      if (error instanceof GatewayProblemError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The plans there are, in the gateway's order, the newest first. */
  async *plans(filter: { briefDigest?: string } = {}): AsyncGenerator<PlanName> {
    const query = new URLSearchParams(filter);
    for (let page = 0; page < MOST_PAGES; page++) {
      const response = await this.send(`/api/fiction/plans${query.size > 0 ? `?${query.toString()}` : ''}`);
      const { items, nextCursor } = planPageSchema.parse(await response.json());
      yield* items;
      if (!nextCursor) return;
      query.set('cursor', nextCursor);
    }
  }

  /** Sets going again what was stopped or failed in a plan; sent again with the same key it does so once. */
  async resumePlan(id: string, idempotencyKey: string): Promise<{ itemIds: string[] }> {
    const response = await this.send(`${path(id)}/resume`, {
      method: 'POST',
      body: Buffer.from('{}'),
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey, 'x-fiction-source': 'cli' },
    });
    return actionSchema.parse(await response.json());
  }

  /** A page of a plan's history after an event. */
  async events(id: string, afterSeq: number): Promise<ProgressPage> {
    const response = await this.send(`${path(id)}/events?afterSeq=${afterSeq}&limit=500`);
    return progressPageSchema.parse(await response.json());
  }

  /** Items of the plan's primary branch. */
  async backlog(id: string, query: Record<string, string>): Promise<BacklogPage> {
    const response = await this.send(`${path(id)}/backlog?${new URLSearchParams(query).toString()}`);
    return backlogPageSchema.parse(await response.json());
  }

  /** Where a plan is over REST. */
  planUrl(id: string): string {
    return this.baseUrl + path(id);
  }

  /** The manuscript as the gateway sends it, unchanged. */
  async manuscript(id: string, format: 'markdown' | 'json'): Promise<Buffer> {
    const response = await this.send(`${path(id)}/manuscript?format=${format}`);
    return Buffer.from(await response.arrayBuffer());
  }

  private async send(address: string, init: Request = {}): Promise<Response> {
    const deadline = Date.now() + KEEP_TRYING_MS;
    for (;;) {
      const outcome = await this.trySend(address, init);
      if (outcome instanceof Response) return outcome;
      if (Date.now() + outcome.afterMs > deadline)
        throw new LaunchError('GATEWAY_UNREACHABLE', `the gateway does not answer: ${outcome.why}`);
      await sleep(outcome.afterMs, undefined, { signal: this.stopped });
    }
  }

  private async trySend(address: string, init: Request): Promise<Response | TryAgain> {
    const headers = { ...init.headers, authorization: `Bearer ${this.token}` };
    let response: Response;
    try {
      response = await fetch(this.baseUrl + address, {
        ...init,
        headers,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
    } catch (error) {
      const cause = (error as Error).cause;
      return { why: cause instanceof Error ? cause.message : (error as Error).message, afterMs: TRY_AGAIN_MS };
    }
    if (response.ok) return response;
    const problem = problemSchema.catch({ title: `HTTP ${response.status}`, errors: [] });
    const error = new GatewayProblemError(response.status, problem.parse(await response.json().catch(() => undefined)));
    if (response.status < 500 && response.status !== 429) throw error;
    return { why: error.message, afterMs: retryAfterMs(response) };
  }
}

function path(planId: string): string {
  return `/api/fiction/plans/${encodeURIComponent(planId)}`;
}

/** The gateway says it in seconds, when it says it. */
function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(TRY_AGAIN_MS, seconds * 1000) : TRY_AGAIN_MS;
}
