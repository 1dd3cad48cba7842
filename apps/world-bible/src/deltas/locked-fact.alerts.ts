import { alertCauseReported, itemIdOf, jobName, MOST_ALERT_ITEMS } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { takeTurn, type UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { readLocks, readWholeEntries } from '../telling/entry-reader';
import { DeltasRepository, type RefusedCause } from './deltas.repository';

const NOW = 'SELECT clock_timestamp() AS now';

/** Tells telemetry which locked facts scenes are against. */
@Injectable()
export class LockedFactAlerts {
  constructor(
    private readonly deltas: DeltasRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * To be held by whoever locks, or judges by locks what is then refused: one at a time for each plan, so that the newest
   * edit tells of all before it.
   */
  async takeTurn(uow: UnitOfWork, planId: string): Promise<void> {
    await takeTurn(uow, `entries:${planId}`);
  }

  /** Says of each of the causes whether it is there now: its fact is locked and a scene's newest revision is against it. */
  async report(uow: UnitOfWork, planId: string, lineage: Lineage, causes: readonly RefusedCause[]): Promise<void> {
    if (causes.length === 0) return;
    const [branch] = lineage;
    const ids = [...new Set(causes.map((cause) => cause.entry_id))];
    const standing = await this.deltas.standing(uow, planId, branch, ids);
    const locks = await readLocks(uow, planId, lineage);
    const entries = new Map((await readWholeEntries(uow, lineage, ids)).map(({ entry }) => [entry.id, entry]));
    const [clock] = await uow.query<{ now: Date }>(NOW);
    const messages = distinct(causes).map((cause) => {
      const entry = entries.get(cause.entry_id);
      const stands = standing.find((other) => keyOf(other) === keyOf(cause));
      const present = stands !== undefined && entry !== undefined && locks.isFactLocked(entry, cause.fact_id);
      const name = entry?.name ?? cause.entry_id;
      const eventId = randomUUID();
      return outgoing(
        alertCauseReported,
        {
          eventId,
          rule: 'locked-fact',
          cause: `${planId}@${branch}:${keyOf(cause)}`,
          planId,
          branch,
          itemIds: present ? stands.scenes.slice(0, MOST_ALERT_ITEMS).map((scene) => itemOf(scene, branch)) : [],
          severity: 'warning',
          message: `A scene contradicts a locked fact of "${name}"; the fact stays, and the change is not applied.`,
          present,
          occurredAt: clock!.now.toISOString(),
        },
        eventId,
      );
    });
    await this.outbox.add(uow, messages);
  }
}

/** The backlog item of a scene. */
const itemOf = (sceneId: string, branch: string): string => itemIdOf(jobName('scene', sceneId, branch));

const keyOf = ({ entry_id, fact_id }: RefusedCause): string => `${entry_id}:${fact_id}`;

function distinct(causes: readonly RefusedCause[]): RefusedCause[] {
  return [...new Map(causes.map((cause) => [keyOf(cause), cause])).values()];
}
