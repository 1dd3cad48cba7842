import { alertCauseReported, MOST_ALERT_ITEMS } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ScoresRepository, type PersonaOnBranch } from './scores.repository';

/** An alert closes only this far below the threshold it opens at, so that it does not come and go around it. */
export const RECOVERED_BELOW = 0.05;

/** Reports that a persona has drifted, once for each persona and branch, and that it is itself again. */
@Injectable()
export class DriftAlerts {
  constructor(
    private readonly scores: ScoresRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Compares what the scores say by the end of what is written with what was said last.
   * @param seen whether the scene just filed is past the threshold: the alert that stands is told so
   */
  async consider(
    uow: UnitOfWork,
    persona: PersonaOnBranch & { name: string },
    threshold: number,
    seen: boolean,
  ): Promise<void> {
    const closes = threshold - RECOVERED_BELOW;
    const drifts = await this.scores.drifts(uow, persona, threshold, closes);
    const changed = await this.scores.switchAlert(uow, persona, drifts);
    if (!changed && !(drifts && seen)) return;
    const { planId, lineage, name } = persona;
    const items = await this.scores.driftingItems(uow, persona, threshold, MOST_ALERT_ITEMS);
    const [latest] = items;
    const who = persona.persona === 'author' ? 'The author' : name;
    const eventId = randomUUID();
    const body = {
      eventId,
      rule: 'drift' as const,
      cause: driftCause(persona),
      planId,
      branch: lineage[0],
      itemIds: items.map((item) => item.item_id),
      severity: 'warning' as const,
      message:
        drifts && latest !== undefined
          ? `${who} no longer sounds as in the baseline: scene ${latest.chapter}.${latest.scene} scores ${latest.score.toFixed(2)}, past ${threshold}.`
          : `${who} sounds as in the baseline again.`,
      present: drifts,
      occurredAt: new Date().toISOString(),
    };
    await this.outbox.add(uow, [outgoing(alertCauseReported, body, eventId)]);
  }
}

/** One alert for each persona and branch. */
export function driftCause({ planId, lineage, persona }: PersonaOnBranch): string {
  return `${planId}@${lineage[0]}:${persona}`.slice(0, 500);
}
