import type { BacklogItem, FictionPhaseProgressed } from '@fiction/contracts';
import { until, type SystemClient } from '@fiction/testing';

const PAGE = 100;

/** What telemetry has heard of a plan until now, in order. */
async function heardOf(client: SystemClient, planId: string): Promise<FictionPhaseProgressed[]> {
  const events: FictionPhaseProgressed[] = [];
  for (let after = 0; ;) {
    const page = await client.get<{ items: FictionPhaseProgressed[] }>(
      `/api/fiction/plans/${planId}/events?afterSeq=${after}&limit=500`,
    );
    if (page.items.length === 0) return events;
    events.push(...page.items);
    after = page.items.at(-1)!.seq;
  }
}

async function runsOf(client: SystemClient, planId: string): Promise<string[]> {
  const runs: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: BacklogItem[]; nextCursor: string | null } = await client.get(
      `/api/fiction/plans/${planId}/backlog?limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    runs.push(...page.items.map(({ runId }) => runId));
    cursor = page.nextCursor;
  }
  return runs;
}

/**
 * Everything that was told of a plan that is complete, in order. That it is complete the planner says; what was told of
 * its runs telemetry hears for itself, a moment later. When this returns it has heard of every end, and counted it.
 */
export async function wholeHistory(client: SystemClient, planId: string): Promise<FictionPhaseProgressed[]> {
  const runs = await runsOf(client, planId);
  return until('telemetry has heard of the end of every run', async () => {
    const events = await heardOf(client, planId);
    const completed = new Set(events.filter(({ status }) => status === 'Completed').map(({ runId }) => runId));
    return runs.every((runId) => completed.has(runId)) && events;
  });
}
