import { jobName, openedObligation, type fileReflection, type RequestOf } from '@fiction/contracts';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { nameKey } from '../names/name-key';
import { ObligationStates } from '../obligations/life/obligation-states';
import { SharedWith } from '../obligations/shared-with';

type Filing = RequestOf<typeof fileReflection>;

/** One statement, so that a reflection is filed whole or not at all, and in one round trip. */
const FILE = `
  WITH filed AS (
    INSERT INTO reflections (plan_id, branch, scene_id, revision, chapter, scene, pov, body)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING
    RETURNING plan_id, branch, scene_id, revision, chapter, scene),
  remembered AS (
    INSERT INTO memories
      (plan_id, branch, scene_id, revision, chapter, scene, position, persona_key, persona, text, filed_at)
    SELECT filed.*, m.*, $19::timestamptz FROM filed, unnest($9::int[], $10::text[], $11::text[], $12::text[]) AS m),
  thought AS (
    INSERT INTO world_notes
      (plan_id, branch, scene_id, revision, chapter, scene, position, persona_key, persona, text, filed_at)
    SELECT filed.*, w.*, $19::timestamptz FROM filed, unnest($20::int[], $21::text[], $22::text[], $23::text[]) AS w),
  owed AS (
    INSERT INTO obligations (plan_id, branch, scene_id, revision, chapter, scene, event, position, persona_key, key,
      text, kind, persona, filed_at)
    SELECT filed.*, o.*, $7, $19::timestamptz
    FROM filed, unnest($13::text[], $14::int[], $15::text[], $16::text[], $17::text[], $18::text[]) AS o)
  SELECT 1 FROM filed`;
/** A scene more is written: what is due there may be overdue now. */
const NOTICE = 'UPDATE obligation_branches SET dirty = true WHERE plan_id = $1 AND branch = $2 AND NOT dirty';
/** Also those of earlier revisions, and of the scene's versions that this branch shared until now. */
const KEYS = `
  SELECT DISTINCT key FROM obligations WHERE plan_id = $1 AND branch = ANY($2::text[]) AND scene_id = $3`;

/** Files the reflections of accepted scenes; a scene's revision once. */
@Injectable()
export class ReflectionsRepository {
  constructor(
    private readonly states: ObligationStates,
    private readonly sharedWith: SharedWith,
    private readonly clock: Clock,
  ) {}

  /** Answers whether it was filed now, and not before. */
  async file(uow: UnitOfWork, filing: Filing): Promise<boolean> {
    const { reflection } = filing;
    const { memories } = reflection;
    const positions = (items: readonly unknown[]): number[] => items.map((_, index) => index);
    // The promise is the point-of-view person's, who is the one it will be shown to.
    const owner = nameKey(filing.pov);
    const obligations = [
      ...reflection.obligationsOpened.map((opened, position) => {
        return { event: 'opened', position, ...openedObligation(opened) };
      }),
      ...reflection.obligationsResolved.map((text, position) => {
        return { event: 'resolved', position, text, kind: 'promise' };
      }),
    ];
    const notes = reflection.worldNotes ?? [];
    const values = [
      filing.planId,
      filing.branch,
      filing.sceneId,
      filing.revision,
      filing.chapter,
      filing.scene,
      filing.pov,
      JSON.stringify(reflection),
      positions(memories),
      memories.map((memory) => nameKey(memory.persona)),
      memories.map((memory) => memory.persona),
      memories.map((memory) => memory.text),
      obligations.map((obligation) => obligation.event),
      obligations.map((obligation) => obligation.position),
      obligations.map(() => owner),
      obligations.map((obligation) => nameKey(obligation.text)),
      obligations.map((obligation) => obligation.text),
      obligations.map((obligation) => obligation.kind),
      this.clock.now(),
      positions(notes),
      notes.map((note) => nameKey(note.persona)),
      notes.map((note) => note.persona),
      notes.map((note) => note.text),
    ];
    if ((await uow.query(FILE, values)).length === 0) return false;
    await this.settle(uow, filing);
    return true;
  }

  /** Wherever the scene counts, obligations may stand otherwise than before. */
  private async settle(uow: UnitOfWork, { planId, branch, sceneId }: Filing): Promise<void> {
    const runId = jobName('scene', sceneId, branch);
    for (const lineage of await this.sharedWith.lineages(uow, planId, branch, runId)) {
      const rows = await uow.query<{ key: string }>(KEYS, [planId, lineage, sceneId]);
      const keys = rows.map(({ key }) => key);
      if (keys.length > 0) await this.states.settle(uow, planId, lineage, keys);
      else await uow.query(NOTICE, [planId, lineage[0]]);
    }
  }
}
