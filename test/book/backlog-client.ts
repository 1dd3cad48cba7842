import type { Alert, AlertRule, BacklogItem, FictionPhaseProgressed } from '@fiction/contracts';
import { until, type SystemClient } from '@fiction/testing';
import { io, type Socket } from 'socket.io-client';

export interface BacklogPage {
  items: (BacklogItem & { checkpoint: { checkpoint: string } | null })[];
  counts: { total: number; byStatus: Record<string, number> };
  nextCursor: string | null;
}

/** What a POST was answered. */
export interface Posted {
  status: number;
  body: Record<string, unknown>;
}

/** The backlog as people work with it: over REST, and at a socket. */
export class BacklogClient {
  /** `client` is asked for each time: a system that starts anew has another. */
  constructor(private readonly client: () => SystemClient) {}

  /** A page of the items of a plan. */
  page(planId: string, query = ''): Promise<BacklogPage> {
    return this.client().get(`/api/fiction/plans/${planId}/backlog${query}`);
  }

  async post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Posted> {
    const response = await this.client().request('POST', path, JSON.stringify(body), {
      'content-type': 'application/json',
      ...headers,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Resumes an item as it shows itself, but for `change`. */
  resume(item: BacklogItem, change: Record<string, unknown> = {}, headers?: Record<string, string>): Promise<Posted> {
    const { conversationId, conversationPlanId, agentId, providerId, modelId, taskId } = item.metadata;
    const body = { conversationId, conversationPlanId, agentId, providerId, modelId, taskId, ...change };
    return this.post(`${pathOf(item)}/resume`, body, headers);
  }

  cancel(item: BacklogItem): Promise<Posted> {
    return this.post(`${pathOf(item)}/cancel`);
  }

  /** The first item of a status, once there is one. */
  itemOf(planId: string, status: string, withinMs?: number): Promise<BacklogPage['items'][number]> {
    const look = async () => (await this.page(planId, `?status=${status}`)).items[0];
    return until(`an item is ${status}`, look, withinMs);
  }

  /** An item as it is now. */
  async again({ planId, itemId }: BacklogItem): Promise<BacklogPage['items'][number]> {
    return this.client().get(`/api/fiction/plans/${planId}/backlog/${encodeURIComponent(itemId)}`);
  }

  async alerts(planId: string, rule: AlertRule, status: string): Promise<Alert[]> {
    const query = `plan=${planId}&rule=${rule}&status=${status}`;
    return (await this.client().get<{ items: Alert[] }>(`/api/fiction/alerts?${query}`)).items;
  }

  /** A socket that puts every event of a plan into `heard`, from the first on; the caller disconnects it. */
  listen(planId: string, heard: FictionPhaseProgressed[]): Socket {
    const { url, token } = this.client();
    const socket = io(`${url}/fiction`, { auth: { token }, transports: ['websocket'], forceNew: true });
    socket.on('FictionPhaseProgressed', (event: FictionPhaseProgressed) => void heard.push(event));
    socket.emit('subscribe', { planId, afterSeq: 0 });
    return socket;
  }
}

function pathOf({ planId, itemId }: BacklogItem): string {
  return `/api/fiction/plans/${planId}/backlog/${encodeURIComponent(itemId)}`;
}
