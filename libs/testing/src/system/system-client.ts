import type { PlanStatus } from '@fiction/contracts';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 100;
const CALL_LIMIT_MS = 15_000;

/** A plan as `GET /api/fiction/plans/{id}` shows it, as far as tests look. */
export interface PlanView {
  id: string;
  status: PlanStatus;
  statusReason: string | null;
  words: number;
  calls: number;
  progress: { phase: string; done: number; total: number; running: number; blocked: number; failed: number }[];
}

/** The gateway refused; `problem` is its problem document. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly problem: { code?: string; errors?: { field: string; message: string }[] },
  ) {
    super(`the gateway answered ${status}: ${JSON.stringify(problem)}`);
  }
}

/** A REST client as small as tests need it. */
export class SystemClient {
  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  async request(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(CALL_LIMIT_MS),
    });
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.request('GET', path);
    const text = await response.text();
    if (!response.ok) throw new RefusedError(response.status, JSON.parse(text) as RefusedError['problem']);
    return JSON.parse(text) as T;
  }

  /** Makes a plan from a brief in Markdown and answers its id. */
  async createPlan(brief: string, headers: Record<string, string> = {}): Promise<string> {
    const response = await this.request('POST', '/api/fiction/plans', brief, {
      'content-type': 'text/markdown',
      ...headers,
    });
    const answer = (await response.json()) as { id: string };
    if (!response.ok) throw new RefusedError(response.status, answer as RefusedError['problem']);
    return answer.id;
  }

  async plan(planId: string): Promise<PlanView> {
    return this.get<PlanView>(`/api/fiction/plans/${planId}`);
  }

  /** Waits until the plan is complete; a gateway that is away for a while is waited for too. */
  async whenComplete(planId: string, withinMs: number): Promise<PlanView> {
    const until = Date.now() + withinMs;
    let last = 'nothing was heard of it';
    while (Date.now() < until) {
      try {
        const plan = await this.plan(planId);
        if (plan.status === 'complete') return plan;
        if (plan.status === 'failed') throw new Error(`the plan failed: ${plan.statusReason}`);
        last = JSON.stringify(plan.progress.map(({ phase, done, total }) => `${phase} ${done}/${total}`));
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('the plan failed')) throw error;
        last = String(error);
      }
      await pause(POLL_MS);
    }
    throw new Error(`the plan was not complete within ${withinMs} ms: ${last}`);
  }

  async manuscript(planId: string, format: 'markdown' | 'json' = 'markdown'): Promise<string> {
    const response = await this.request('GET', `/api/fiction/plans/${planId}/manuscript?format=${format}`);
    if (!response.ok) throw new RefusedError(response.status, (await response.json()) as RefusedError['problem']);
    return response.text();
  }
}
