import { fullBaseline, type Baseline, type CastMember, type fileRoster, type RequestOf } from '@fiction/contracts';
import { Database, takeTurn, type UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { personasBranch } from '../bible/personas-branch';
import { Worlds } from '../bible/shelf/worlds';
import { nameKey } from '../names/name-key';
import { AUTHOR_ROW } from '../personas/persona-id';

type Filing = RequestOf<typeof fileRoster>;

interface PersonaDraft {
  kind: 'author' | 'character';
  key: string;
  name: string;
  sheet: Baseline;
}

export interface RosterRow {
  position: number;
  key: string;
  member: CastMember;
  baseline: string;
}

const PUT_PERSONAS = `
  INSERT INTO personas (plan_id, branch, kind, key, name, baseline, sheet)
  SELECT $1, $2, p.* FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[]) AS p
  ON CONFLICT (plan_id, branch, kind, key)
  DO UPDATE SET name = excluded.name, baseline = excluded.baseline, sheet = excluded.sheet
  WHERE (personas.name, personas.sheet) IS DISTINCT FROM (excluded.name, excluded.sheet)
  RETURNING 1`;
const PUT_ROSTER = `
  INSERT INTO roster (plan_id, branch, key, position, member)
  SELECT $1, $2, r.* FROM unnest($3::text[], $4::int[], $5::jsonb[]) AS r
  ON CONFLICT (plan_id, branch, key) DO UPDATE SET position = excluded.position, member = excluded.member
  WHERE (roster.position, roster.member) IS DISTINCT FROM (excluded.position, excluded.member)`;
const TAKE_OFF = 'DELETE FROM roster WHERE plan_id = $1 AND branch = $2 AND key <> ALL ($3::text[])';
const LIST = `
  SELECT r.position, r.key, r.member, coalesce((
      SELECT v.sheet->>'voice' FROM persona_versions v
      WHERE v.plan_id = $1 AND v.branch = ($2::text[])[1] AND v.kind = 'character' AND v.key = r.key
      ORDER BY v.version DESC LIMIT 1), p.baseline) AS baseline
  FROM roster r
  JOIN personas p ON p.plan_id = r.plan_id AND p.branch = r.branch AND p.kind = 'character' AND p.key = r.key
  WHERE r.plan_id = $1 AND r.branch = ${personasBranch('$1', '$2')} AND r.position > $3 ORDER BY r.position LIMIT $4`;

/** The people of a plan: who is in the cast, and how each of them and the author sound. */
@Injectable()
export class RosterRepository {
  constructor(
    private readonly database: Database,
    private readonly worlds: Worlds,
  ) {}

  /** Answers how many people are in the cast. */
  async file(filing: Filing): Promise<number> {
    const { planId, branch } = filing;
    const cast = [...firstOfEach(filing.cast)];
    const personas = personasOf(filing);
    await this.database.transaction(async (uow) => {
      await takeTurn(uow, `roster:${planId}@${branch}`);
      const keys = cast.map(([key]) => key);
      await uow.query(TAKE_OFF, [planId, branch, keys]);
      await uow.query(PUT_ROSTER, [
        planId,
        branch,
        keys,
        keys.map((_, index) => index + 1),
        cast.map(([, member]) => JSON.stringify(member)),
      ]);
      if (await this.putPersonas(uow, planId, branch, personas)) await this.worlds.changed(uow, planId, branch);
    });
    return cast.length;
  }

  /** The cast as the first branch of the lineage has it. */
  async list(planId: string, lineage: Lineage, after: number, limit: number): Promise<RosterRow[]> {
    return this.database.query<RosterRow>(LIST, [planId, lineage, after, limit]);
  }

  private async putPersonas(
    uow: UnitOfWork,
    planId: string,
    branch: string,
    personas: PersonaDraft[],
  ): Promise<boolean> {
    const changed = await uow.query(PUT_PERSONAS, [
      planId,
      branch,
      personas.map((persona) => persona.kind),
      personas.map((persona) => persona.key),
      personas.map((persona) => persona.name),
      personas.map((persona) => persona.sheet.voice),
      personas.map((persona) => JSON.stringify(persona.sheet)),
    ]);
    return changed.length > 0;
  }
}

/**
 * The author, everybody in the cast, and whoever the brief names besides; the writer's baseline goes before the vision's,
 * which fills what the writer has left out.
 */
function personasOf({ author, cast, briefCast }: Filing): PersonaDraft[] {
  const seen = firstOfEach(cast);
  const given = firstOfEach(briefCast);
  return [
    { kind: 'author', key: AUTHOR_ROW, name: author.name, sheet: fullBaseline(author.summary) },
    ...[...firstOfEach([...briefCast, ...cast])].map(([key, { name }]) => {
      const member = seen.get(key);
      const fallback = member === undefined ? {} : { voice: member.voice, values: [member.want] };
      const sheet = fullBaseline(given.get(key)?.baseline ?? {}, fallback);
      return { kind: 'character' as const, key, name, sheet };
    }),
  ];
}

/** Whoever is named twice is who was named first. */
function firstOfEach<T extends { name: string }>(people: readonly T[]): Map<string, T> {
  const first = new Map<string, T>();
  for (const person of people) if (!first.has(nameKey(person.name))) first.set(nameKey(person.name), person);
  return first;
}
