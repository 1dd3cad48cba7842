import type { fileReflection, RequestOf } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { nameKey } from '../names/name-key';

type Filing = RequestOf<typeof fileReflection>;

/** One statement, so that a reflection is filed whole or not at all, and in one round trip. */
const FILE = `
  WITH filed AS (
    INSERT INTO reflections (plan_id, branch, scene_id, revision, chapter, scene, pov, body)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING
    RETURNING plan_id, branch, scene_id, revision, chapter, scene),
  remembered AS (
    INSERT INTO memories (plan_id, branch, scene_id, revision, chapter, scene, position, persona_key, persona, text)
    SELECT filed.*, m.* FROM filed, unnest($9::int[], $10::text[], $11::text[], $12::text[]) AS m),
  owed AS (
    INSERT INTO obligations (plan_id, branch, scene_id, revision, chapter, scene, kind, position, persona_key, key, text)
    SELECT filed.*, o.* FROM filed, unnest($13::text[], $14::int[], $15::text[], $16::text[], $17::text[]) AS o)
  SELECT 1 FROM filed`;

/** Files the reflections of accepted scenes; a scene's revision once. */
@Injectable()
export class ReflectionsRepository {
  /** Answers whether it was filed now, and not before. */
  async file(uow: UnitOfWork, filing: Filing): Promise<boolean> {
    const { reflection } = filing;
    const { memories } = reflection;
    const positions = (items: readonly unknown[]): number[] => items.map((_, index) => index);
    // The promise is the point-of-view person's, who is the one it will be shown to.
    const owner = nameKey(filing.pov);
    const obligations = [
      ...reflection.obligationsOpened.map((text, position) => ({ kind: 'opened', position, text })),
      ...reflection.obligationsResolved.map((text, position) => ({ kind: 'resolved', position, text })),
    ];
    const filed = await uow.query(FILE, [
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
      obligations.map((obligation) => obligation.kind),
      obligations.map((obligation) => obligation.position),
      obligations.map(() => owner),
      obligations.map((obligation) => nameKey(obligation.text)),
      obligations.map((obligation) => obligation.text),
    ]);
    return filed.length > 0;
  }
}
