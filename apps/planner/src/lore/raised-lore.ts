import { loreNeedSchema, type Phase, type RunEvent, type RunTarget } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { Dispatcher } from '../graph/dispatcher';
import { PlanGraph } from '../graph/plan-graph';
import { START_COLUMNS, type StartRow } from '../graph/start-of';
import { contradictionNeeds } from './contradiction-needs';
import { LoreBlocks } from './lore-blocks';
import { LoreNeeds, type LoreScope } from './lore-needs';
import { LORE_MISSING, LORE_NEEDED, LORE_NOT_READY, SCENE_GATES_FAILED, WAITS_FOR_LORE } from './lore-reasons';

/** An item whose run has stopped, or is complete. */
export interface StoppedItem {
  id: string;
  plan_id: string;
  branch: string;
  phase: Phase;
  run_id: string;
  target: RunTarget;
  reason_code: string | null;
  /** It was woken before it was known to have stopped. */
  woken: boolean;
}

/** Only when it waits for something now, or has asked for something it had not: whoever asks in vain waits for somebody. */
const BLOCK = `
  UPDATE items SET reason_code = '${LORE_NOT_READY}', status_reason = '${WAITS_FOR_LORE}'
  WHERE id = $1 AND status = 'blocked' AND (pending_lore > 0 OR $2)
  RETURNING ${START_COLUMNS}, items.attempts, items.pending`;

/** Takes up what the check of a scene raises, and what a gate finds missing. */
@Injectable()
export class RaisedLore {
  constructor(
    private readonly needs: LoreNeeds,
    private readonly graph: PlanGraph,
    private readonly dispatcher: Dispatcher,
    private readonly blocks: LoreBlocks,
  ) {}

  /** To be told of what was settled, in the same transaction. */
  async take(uow: UnitOfWork, item: StoppedItem, { details }: RunEvent): Promise<void> {
    if (item.phase !== 'scene' && item.phase !== 'scroll') return;
    switch (item.reason_code) {
      case LORE_NEEDED:
        return this.require(uow, item, details.needs);
      case LORE_MISSING:
        return this.waitFor(uow, item, idsIn(details.missing), false);
      case SCENE_GATES_FAILED:
        return this.contradict(uow, item, details.contradictions);
    }
  }

  /** The world must establish what the scene needs before the scene goes on. */
  private async require(uow: UnitOfWork, item: StoppedItem, given: unknown): Promise<void> {
    const needs = listOf(given).flatMap((need) => loreNeedSchema.safeParse(need).data ?? []);
    if (needs.length === 0) return;
    const scope = scopeOf(item);
    const numbered = await this.needs.numberLater(uow, scope, needs);
    const added = await this.needs.add(uow, scope, item.run_id, numbered);
    const ids = numbered.map((need) => need.requirementId);
    await this.waitFor(uow, item, ids, added.length > 0);
  }

  private async waitFor(uow: UnitOfWork, item: StoppedItem, ids: string[], asked: boolean): Promise<void> {
    const { id, plan_id: planId, branch } = item;
    const known = await this.graph.known(
      uow,
      item.plan_id,
      branch,
      ids.map((requirementId) => this.needs.itemId({ planId, branch }, requirementId)),
    );
    await this.graph.wait(
      uow,
      { planId, branch },
      known.map((dependsOn) => ({ itemId: id, dependsOn })),
    );
    const unheard = item.reason_code === LORE_MISSING && known.length > 0 && known.length === ids.length;
    const [row] = await uow.query<StartRow & { attempts: number; pending: number }>(BLOCK, [id, asked || unheard]);
    if (row === undefined) return;
    const plan = await this.dispatcher.plan(uow, planId, branch);
    if (row.pending > 0) await this.blocks.tell(uow, planId, plan!, [row]);
    else if (asked) await this.dispatcher.dispatchAmong(uow, planId, branch, [id]);
    // Otherwise the gate has not heard of what the graph has: it looks again when the sweep lets it, not in a tight circle.
  }

  /** What only the writer can decide about; the scene stays as it is until somebody does. */
  private async contradict(uow: UnitOfWork, item: StoppedItem, given: unknown): Promise<void> {
    const needs = contradictionNeeds(listOf(given));
    if (needs.length === 0) return;
    const scope = scopeOf(item);
    await this.needs.add(uow, scope, item.run_id, await this.needs.numberLater(uow, scope, needs));
  }
}

const listOf = (given: unknown): unknown[] => (Array.isArray(given) ? given : []);
const idsIn = (given: unknown): string[] => listOf(given).filter((id): id is string => typeof id === 'string');

function scopeOf({ plan_id: planId, branch, target }: StoppedItem): LoreScope {
  return { planId, branch, chapter: target.chapter ?? null, scene: target.scene ?? null };
}
