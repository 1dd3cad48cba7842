import { UnknownCursorError, type ObligationStatus, type ObligationView } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { storyPoint, type Place } from '../bible/story-time';

export interface StateRow {
  id: string;
  key: string;
  status: ObligationStatus;
  kind: ObligationView['kind'];
  text: string;
  persona_keys: string[];
  personas: string[];
  chapter: number;
  scene: number;
  scene_id: string | null;
  last_chapter: number;
  last_scene: number;
  due_chapter: number | null;
  due_scene: number | null;
  due_source: ObligationView['dueSource'];
  open_since: Date | null;
  overdue_since: Date | null;
  changed_at: Date;
}

export interface StateFilter {
  planId: string;
  branch: string;
  status: ObligationStatus | undefined;
  personaKey: string | undefined;
  overdue: boolean | undefined;
  after: string | undefined;
  limit: number;
}

const COLUMNS = `id, key, status, kind, text, persona_keys, personas, chapter, scene, scene_id, last_chapter, last_scene,
  due_chapter, due_scene, due_source, open_since, overdue_since, changed_at`;
const LIST = `
  SELECT ${COLUMNS} FROM obligation_states
  WHERE plan_id = $1 AND branch = $2 AND ($3::text IS NULL OR status = $3)
    AND ($4::text IS NULL OR $4 = ANY(persona_keys))
    AND ($5::boolean IS NULL OR (overdue_since IS NOT NULL) = $5)
    AND (chapter, scene, id) > ($6, $7, $8)
  ORDER BY chapter, scene, id LIMIT $9`;
const ONE = `SELECT ${COLUMNS} FROM obligation_states WHERE plan_id = $1 AND branch = $2 AND id = $3`;
const COUNTS = `
  SELECT count(*) FILTER (WHERE status = 'open')::int AS open,
    count(*) FILTER (WHERE overdue_since IS NOT NULL)::int AS overdue,
    count(*) FILTER (WHERE status = 'resolved')::int AS resolved,
    count(*) FILTER (WHERE status = 'dismissed')::int AS dismissed
  FROM obligation_states WHERE plan_id = $1 AND branch = $2`;

/** How obligations stand on a branch, for people. */
@Injectable()
export class ObligationsRepository {
  constructor(private readonly database: Database) {}

  async list(filter: StateFilter): Promise<StateRow[]> {
    const { planId, branch, status, personaKey, overdue, after, limit } = filter;
    return this.database.query<StateRow>(LIST, [
      planId,
      branch,
      status ?? null,
      personaKey ?? null,
      overdue ?? null,
      ...placeOf(after),
      limit,
    ]);
  }

  async one(planId: string, branch: string, id: string, reader: Pick<UnitOfWork, 'query'> = this.database) {
    const [row] = await reader.query<StateRow>(ONE, [planId, branch, id]);
    return row;
  }

  async counts(planId: string, branch: string) {
    const [row] = await this.database.query<{ open: number; overdue: number; resolved: number; dismissed: number }>(
      COUNTS,
      [planId, branch],
    );
    return row!;
  }
}

/** What a page of the list gives as its cursor. */
export function cursorOf({ chapter, scene, id }: StateRow): string {
  return `${chapter}.${scene}.${id}`;
}

function placeOf(cursor: string | undefined): [number, number, string] {
  if (cursor === undefined) return [-1, 0, ''];
  const parts = /^(\d{1,9})\.(\d{1,9})\.(obligation-[0-9a-f]{24})$/.exec(cursor);
  if (parts === null) throw new UnknownCursorError();
  return [Number(parts[1]), Number(parts[2]), parts[3]!];
}

const placeFrom = (chapter: number | null, scene: number | null): Place | null =>
  chapter === null || scene === null ? null : { chapter, scene };

/** What decides whether it is overdue, and which items could pay it off. */
export function standingOfRow(row: StateRow) {
  return {
    status: row.status,
    kind: row.kind,
    text: row.text,
    planted: { chapter: row.chapter, scene: row.scene },
    lastPlanted: { chapter: row.last_chapter, scene: row.last_scene },
    sceneId: row.scene_id,
    due: placeFrom(row.due_chapter, row.due_scene),
    dueSource: row.due_source,
    openSince: row.open_since,
  };
}

export function viewOfRow(row: StateRow, itemIds: string[]): ObligationView {
  const due = placeFrom(row.due_chapter, row.due_scene);
  return {
    obligationId: row.id,
    kind: row.kind,
    text: row.text,
    status: row.status,
    personas: row.personas,
    planted: storyPoint(row),
    sceneId: row.scene_id,
    due: due && storyPoint(due),
    dueSource: row.due_source,
    openSince: row.open_since?.toISOString() ?? null,
    overdueSince: row.overdue_since?.toISOString() ?? null,
    changedAt: row.changed_at.toISOString(),
    itemIds,
  };
}
