import type { AskedBy, ObligationKind } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { Place } from '../bible/story-time';

/** What a person does with an obligation. */
export interface NewAction extends AskedBy {
  planId: string;
  branch: string;
  key: string;
  event: 'planted' | 'resolved' | 'dismissed' | 'reopened' | 'annotated';
  planting: {
    kind: ObligationKind;
    text: string;
    personaKey: string;
    persona: string;
    place: Place;
    due: Place | null;
  } | null;
  note: string | null;
  itemId: string | null;
  actionId: string | null;
  at: Date;
}

const ADD = `
  INSERT INTO obligation_actions (plan_id, branch, key, event, kind, text, persona_key, persona, chapter, scene,
    due_chapter, due_scene, note, item_id, action_id, actor, source, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

/** Adds what people do with obligations; nothing of it is ever changed. */
@Injectable()
export class ObligationActionsRepository {
  async add(uow: UnitOfWork, action: NewAction): Promise<void> {
    const { planId, branch, key, event, planting, note, itemId, actionId, actor, source, at } = action;
    await uow.query(ADD, [
      planId,
      branch,
      key,
      event,
      planting?.kind ?? null,
      planting?.text ?? null,
      planting?.personaKey ?? null,
      planting?.persona ?? null,
      planting?.place.chapter ?? null,
      planting?.place.scene ?? null,
      planting?.due?.chapter ?? null,
      planting?.due?.scene ?? null,
      note,
      itemId,
      actionId,
      actor,
      source,
      at,
    ]);
  }
}
