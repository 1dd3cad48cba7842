import {
  listBacklogActions,
  listCheckpoints,
  listRunHistory,
  type BacklogAction,
  type BacklogItem,
  type FictionPhaseProgressed,
  type RunCheckpoint,
} from '@fiction/contracts';
import { Requester, ServiceUnavailableError } from '@fiction/messaging';
import { Injectable } from '@nestjs/common';
import type { ItemView } from './backlog.dto';
import { itemView } from './item-view';

const HISTORY_PAGE = 500;
const MOST_PAGES = 8;
const MOST_ACTIONS = 200;

/** Items as people see them: what the planner knows of them, and what telemetry has heard of their runs. */
@Injectable()
export class ItemViews {
  constructor(private readonly requester: Requester) {}

  async of(planId: string, items: BacklogItem[]): Promise<ItemView[]> {
    const checkpoints = await this.checkpoints(
      planId,
      items.map((item) => item.runId),
    );
    return items.map((item) => itemView(item, checkpoints));
  }

  /** One item with everything that happened to it. */
  async whole(
    item: BacklogItem,
  ): Promise<ItemView & { history: FictionPhaseProgressed[]; actions: BacklogAction[]; partial: boolean }> {
    const { planId, itemId, runId } = item;
    const [[view], history, actions] = await Promise.all([
      this.of(planId, [item]),
      this.history(planId, runId),
      this.requester.ask(listBacklogActions, { planId, itemId, limit: MOST_ACTIONS }),
    ]);
    const partial = history.partial || actions.nextCursor !== null;
    return { ...view!, history: history.events, actions: actions.items, partial };
  }

  private async history(
    planId: string,
    runId: string,
  ): Promise<{ events: FictionPhaseProgressed[]; partial: boolean }> {
    const events: FictionPhaseProgressed[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const afterSeq = events.at(-1)?.seq ?? 0;
      const more = await reachable(
        this.requester.ask(listRunHistory, { planId, runId, afterSeq, limit: HISTORY_PAGE }),
      );
      if (more === undefined) return { events, partial: true };
      if (more.events.length === 0) return { events, partial: false };
      events.push(...more.events);
    }
    return { events, partial: true };
  }

  private async checkpoints(planId: string, runIds: string[]): Promise<RunCheckpoint[]> {
    if (runIds.length === 0) return [];
    const page = await reachable(this.requester.ask(listCheckpoints, { planId, runIds, limit: runIds.length }));
    return page?.items ?? [];
  }
}

/** What was asked for, or nothing while who knows it is away: the backlog shows all the same. */
async function reachable<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ServiceUnavailableError) return undefined;
    throw error;
  }
}
