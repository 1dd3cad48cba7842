import { Outbox } from '@fiction/messaging';
import { Clock, takeTurn, type UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { overdueReport } from '../watch/obligation-alerts';
import { obligationIdOf, standingOf, type Standing } from './obligation-life';
import { TurnsRepository } from './turns.repository';

/** Obligations worked out at a time. */
const AT_ONCE = 500;

const PUT = `
  INSERT INTO obligation_states (plan_id, branch, id, key, status, kind, text, persona_keys, personas, chapter, scene,
    scene_id, last_chapter, last_scene, due_chapter, due_scene, due_source, open_since, changed_at)
  SELECT $1, $2, s.id, s.key, s.status, s.kind, s.text,
    ARRAY(SELECT jsonb_array_elements_text(s.persona_keys)), ARRAY(SELECT jsonb_array_elements_text(s.personas)),
    s.chapter, s.scene, s.scene_id, s.last_chapter, s.last_scene, s.due_chapter, s.due_scene, s.due_source,
    s.open_since, s.changed_at
  FROM jsonb_to_recordset($3::jsonb) AS s (id text, key text, status text, kind text, text text, persona_keys jsonb,
    personas jsonb, chapter int, scene int, scene_id text, last_chapter int, last_scene int, due_chapter int,
    due_scene int, due_source text, open_since timestamptz, changed_at timestamptz)
  ON CONFLICT (plan_id, branch, id) DO UPDATE SET
    status = excluded.status, kind = excluded.kind, text = excluded.text, persona_keys = excluded.persona_keys,
    personas = excluded.personas, chapter = excluded.chapter, scene = excluded.scene, scene_id = excluded.scene_id,
    last_chapter = excluded.last_chapter, last_scene = excluded.last_scene, due_chapter = excluded.due_chapter,
    due_scene = excluded.due_scene, due_source = excluded.due_source, open_since = excluded.open_since,
    changed_at = excluded.changed_at`;
const DROP = 'DELETE FROM obligation_states WHERE plan_id = $1 AND branch = $2 AND key = ANY($3::text[])';
/** What was overdue and is open no more. */
const SETTLED = `
  UPDATE obligation_states s SET overdue_since = NULL
  FROM (SELECT id, overdue_since FROM obligation_states
    WHERE plan_id = $1 AND branch = $2 AND key = ANY($3::text[]) AND overdue_since IS NOT NULL
      AND (status <> 'open' OR key = ANY($4::text[]))) o
  WHERE s.plan_id = $1 AND s.branch = $2 AND s.id = o.id
  RETURNING s.id, s.text`;
/** The watch is to look at the branch, from now on and soon. */
const NOTICE = `
  WITH watched AS (INSERT INTO obligation_branches (plan_id, branch) VALUES ($1, $2) ON CONFLICT DO NOTHING)
  INSERT INTO obligation_notices (plan_id, branch) VALUES ($1, $2)`;

/** Works out anew how obligations stand on a branch, in the transaction that has added to their history. */
@Injectable()
export class ObligationStates {
  constructor(
    private readonly history: TurnsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Those who add to the history of a branch's obligations take their turns. */
  async lock(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    await takeTurn(uow, `obligations:${planId}@${branch}`);
  }

  async settle(uow: UnitOfWork, planId: string, lineage: Lineage, keys: readonly string[]): Promise<void> {
    const [branch] = lineage;
    await this.lock(uow, planId, branch);
    for (let start = 0; start < keys.length; start += AT_ONCE) {
      await this.settleSome(uow, planId, lineage, keys.slice(start, start + AT_ONCE));
    }
    await uow.query(NOTICE, [planId, branch]);
  }

  private async settleSome(uow: UnitOfWork, planId: string, lineage: Lineage, keys: readonly string[]): Promise<void> {
    const [branch] = lineage;
    const book = await this.history.book(planId, lineage, uow);
    const turns = await this.history.turns(planId, lineage, keys, uow);
    const standings = keys.map((key) => ({ key, standing: standingOf(turns.get(key) ?? [], book) }));
    const gone = standings.filter(({ standing }) => standing === undefined).map(({ key }) => key);
    const rows = standings.flatMap(({ key, standing }) => (standing ? [rowOf(planId, key, standing)] : []));
    await uow.query(PUT, [planId, branch, JSON.stringify(rows)]);
    const settled = await uow.query<{ id: string; text: string }>(SETTLED, [planId, branch, keys, gone]);
    await this.outbox.add(
      uow,
      settled.map(({ id, text }) =>
        overdueReport({ planId, branch, id, text, itemIds: [], present: false }, this.clock.now()),
      ),
    );
    if (gone.length > 0) await uow.query(DROP, [planId, branch, gone]);
  }
}

function rowOf(planId: string, key: string, standing: Standing): Record<string, unknown> {
  return {
    id: obligationIdOf(planId, key),
    key,
    status: standing.status,
    kind: standing.kind,
    text: standing.text,
    persona_keys: standing.personaKeys,
    personas: standing.personas,
    ...standing.planted,
    scene_id: standing.sceneId,
    last_chapter: standing.lastPlanted.chapter,
    last_scene: standing.lastPlanted.scene,
    due_chapter: standing.due?.chapter ?? null,
    due_scene: standing.due?.scene ?? null,
    due_source: standing.dueSource,
    open_since: standing.openSince,
    changed_at: standing.changedAt,
  };
}
