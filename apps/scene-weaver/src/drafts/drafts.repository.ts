import {
  UnknownCursorError,
  type Critique,
  type DraftVersion,
  type GateFinding,
  type Reflection,
} from '@fiction/contracts';
import { Database, storableJson, textArray, type UnitOfWork } from '@fiction/platform';
import { sharedOrOwn, type Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';

/** A page of prose ends before it outgrows what the bus carries, in bytes. */
const PAGE_BYTES = 600_000;

/** A version of a scene's prose, before it is stored. */
export interface NewDraft {
  version: number;
  accepted: boolean;
  /** Who wrote it. */
  provider: string;
  model: string;
  prose: string;
  words: number;
  metrics: DraftVersion['metrics'];
  critique: Critique | null;
  findings: GateFinding[];
  reflection: Reflection | null;
  summary: string | null;
}

/** Where a scene's drafts belong, and the run that stores them. */
export interface DraftOrigin {
  planId: string;
  branch: string;
  sceneId: string;
  chapter: number;
  scene: number;
  revision: number;
  runId: string;
  attempt: number;
}

interface DraftRow {
  id: string;
  scene_id: string;
  chapter: number;
  scene: number;
  revision: number;
  version: number;
  accepted: boolean;
  prose: string;
  words: number;
  metrics: DraftVersion['metrics'];
  critique: Critique | null;
  findings: GateFinding[];
  reflection: Reflection | null;
  summary: string | null;
  provider: string;
  model: string;
  run_id: string;
  attempt: number;
  created_at: Date;
}

/** What was accepted for an earlier revision of the scene makes way; it stays as history. */
const SUPERSEDE = `
  UPDATE draft_versions SET accepted = false
  WHERE plan_id = $1 AND branch = $2 AND chapter = $3 AND scene = $4 AND accepted AND revision < $5`;
/** What is long or has parts travels as texts of its own: inside one great document it would be read three times over. */
const INSERT = `
  INSERT INTO draft_versions (id, plan_id, branch, scene_id, chapter, scene, revision, run_id, attempt, provider, model,
    version, accepted, prose, words, metrics, critique, findings, reflection, summary)
  SELECT d.id, d.plan_id, d.branch, d.scene_id, d.chapter, d.scene, d.revision, d.run_id, d.attempt, d.provider, d.model,
    d.version, d.accepted, ($2::text[])[d.n], d.words, ($3::text[])[d.n]::jsonb, ($4::text[])[d.n]::jsonb,
    ($5::text[])[d.n]::jsonb, ($6::text[])[d.n]::jsonb, d.summary
  FROM json_to_recordset($1::json) AS d (n int, id text, plan_id text, branch text, scene_id text, chapter int, scene int,
    revision int, run_id text, attempt int, provider text, model text, version int, accepted boolean, words int,
    summary text)`;
/** Row `d` of a branch of the lineage ($2) is seen on the first of them. */
const VISIBLE = `d.plan_id = $1 AND d.branch = l.branch AND ${sharedOrOwn('d', '($2::text[])[1]')}`;
/** Branch by branch, so that each is a walk along its index; of a scene the nearest branch that has it counts. */
const LINEAGE = 'unnest($2::text[]) WITH ORDINALITY AS l (branch, distance)';
const ACCEPTED_ONE = `
  SELECT d.prose, d.summary FROM ${LINEAGE}
  JOIN draft_versions d ON ${VISIBLE} AND d.chapter = $3 AND d.scene = $4 AND d.accepted
  ORDER BY l.distance LIMIT 1`;
const ACCEPTED = `
  SELECT DISTINCT ON (a.chapter, a.scene) a.* FROM ${LINEAGE} CROSS JOIN LATERAL (
    SELECT * FROM draft_versions d WHERE ${VISIBLE} AND d.accepted AND (d.chapter, d.scene) > ($3, $4)
    ORDER BY d.chapter, d.scene LIMIT $5) a
  ORDER BY a.chapter, a.scene, l.distance LIMIT $5`;
const OF_SCENE = `
  SELECT * FROM draft_versions
  WHERE scene_id = $3 AND plan_id = $1 AND (revision, version) > ($4, $5)
    AND branch = (SELECT l.branch FROM ${LINEAGE} JOIN draft_versions d ON ${VISIBLE} AND d.scene_id = $3
      ORDER BY l.distance LIMIT 1)
  ORDER BY revision, version LIMIT $6`;

/** Versions of prose: written once, never changed. */
@Injectable()
export class DraftsRepository {
  constructor(private readonly database: Database) {}

  /** All versions of each run, in the transaction that completes the runs. */
  readonly save = async (uow: UnitOfWork, runs: { origin: DraftOrigin; drafts: NewDraft[] }[]): Promise<void> => {
    for (const { origin } of runs) {
      const { planId, branch, chapter, scene, revision } = origin;
      if (revision > 1) await uow.query(SUPERSEDE, [planId, branch, chapter, scene, revision]);
    }
    const rows = runs.flatMap(({ origin, drafts }) => drafts.map((draft) => ({ origin, draft })));
    await uow.query(INSERT, [
      storableJson(rows.map(({ origin, draft }, index) => toRow(origin, draft, index + 1))),
      textArray(rows.map(({ draft }) => draft.prose)),
      textArray(rows.map(({ draft }) => storableJson(draft.metrics))),
      textArray(rows.map(({ draft }) => draft.critique && storableJson(draft.critique))),
      textArray(rows.map(({ draft }) => storableJson(draft.findings))),
      textArray(rows.map(({ draft }) => draft.reflection && storableJson(draft.reflection))),
    ]);
  };

  /** The accepted prose of one scene, as the first branch of the lineage has it. */
  async accepted(
    planId: string,
    lineage: Lineage,
    at: { chapter: number; scene: number },
  ): Promise<{ prose: string; summary: string } | undefined> {
    const [row] = await this.database.query<{ prose: string; summary: string | null }>(ACCEPTED_ONE, [
      planId,
      lineage,
      at.chapter,
      at.scene,
    ]);
    return row && { prose: row.prose, summary: row.summary ?? '' };
  }

  async listAccepted(planId: string, lineage: Lineage, cursor: string | undefined, limit: number) {
    const [chapter, scene] = parseCursor(cursor);
    const rows = await this.database.query<DraftRow>(ACCEPTED, [planId, lineage, chapter, scene, limit + 1]);
    return bySize(rows, limit, (row) => `${row.chapter}.${row.scene}`);
  }

  /** All versions of a scene: those of the branch if it has any, otherwise those of the run it shares. */
  async listOfScene(planId: string, lineage: Lineage, sceneId: string, cursor: string | undefined, limit: number) {
    const [revision, version] = parseCursor(cursor);
    const rows = await this.database.query<DraftRow>(OF_SCENE, [
      planId,
      lineage,
      sceneId,
      revision,
      version,
      limit + 1,
    ]);
    return bySize(rows, limit, (row) => `${row.revision}.${row.version}`);
  }
}

/** A page of at most `limit` drafts that the bus can carry; always at least one, if there is one. */
function bySize(
  rows: DraftRow[],
  limit: number,
  cursorOf: (row: DraftRow) => string,
): { items: DraftVersion[]; nextCursor: string | null } {
  let taken = 0;
  for (let bytes = 0; taken < Math.min(rows.length, limit); taken += 1) {
    bytes += Buffer.byteLength(rows[taken]!.prose) * 1.1 + 4_000;
    if (taken > 0 && bytes > PAGE_BYTES) break;
  }
  const page = rows.slice(0, taken);
  return { items: page.map(toDraftVersion), nextCursor: taken < rows.length ? cursorOf(page.at(-1)!) : null };
}

/** @param n where in the array of prose the draft's is, counted from 1 */
function toRow(origin: DraftOrigin, draft: NewDraft, n: number): object {
  const { version, accepted, provider, model, words, summary } = draft;
  const { planId, branch, sceneId, chapter, scene, revision, runId, attempt } = origin;
  return {
    n,
    id: `${sceneId}@${branch}:r${revision}v${version}`,
    plan_id: planId,
    branch,
    scene_id: sceneId,
    chapter,
    scene,
    revision,
    run_id: runId,
    attempt,
    provider,
    model,
    version,
    accepted,
    words,
    summary,
  };
}

function parseCursor(cursor: string | undefined): [number, number] {
  if (cursor === undefined) return [0, 0];
  const match = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor);
  if (match !== null) return [Number(match[1]), Number(match[2])];
  throw new UnknownCursorError();
}

function toDraftVersion(row: DraftRow): DraftVersion {
  return {
    id: row.id,
    sceneId: row.scene_id,
    chapter: row.chapter,
    scene: row.scene,
    revision: row.revision,
    version: row.version,
    accepted: row.accepted,
    prose: row.prose,
    words: row.words,
    metrics: row.metrics,
    critique: row.critique,
    findings: row.findings,
    reflection: row.reflection,
    summary: row.summary,
    provider: row.provider,
    model: row.model,
    runId: row.run_id,
    attempt: row.attempt,
    createdAt: row.created_at.toISOString(),
  };
}
