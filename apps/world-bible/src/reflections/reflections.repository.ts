import { Clock, storableJson } from '@fiction/platform';
import { jobNameSql } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { sharingBranches } from '../obligations/shared-with';
import type { Queries } from '../telling/entry-reader';
import { filingRows } from './filing-rows';
import type { Filing, PreparedFiling } from './prepared-filing';

const REVISION = ['plan_id', 'branch', 'scene_id', 'revision'];
const SCENE = [...REVISION, 'chapter', 'scene'];

/** SQL: puts the rows of a list that each new filing has, of these columns, into a table, beside what the filing has itself. */
function put(table: string, list: string, columns: string, own: readonly string[]): string {
  const names = columns.split(', ').map((column) => column.slice(0, column.indexOf(' ')));
  return `INSERT INTO ${table} (${[...own, ...names].join(', ')})
    SELECT ${[...own.map((name) => `f.${name}`), ...names.map((name) => `r.${name}`)].join(', ')}
    FROM filed f, jsonb_to_recordset(f.${list}) AS r (${columns})`;
}

/**
 * Everything of many scenes in one statement, so that each is filed whole or not at all, in one round trip. $1: rows of
 * `filingRows`, no revision twice; $2: now. `sharedWith`: the other branches on which the scene counts.
 */
const FILE = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (plan_id text, branch text, scene_id text, revision int, chapter int,
      scene int, pov text, body jsonb, memories jsonb, notes jsonb, obligations jsonb, changes jsonb, mentions jsonb,
      styles jsonb, unscored jsonb)),
  fresh AS (
    INSERT INTO reflections (${SCENE.join(', ')}, pov, body) SELECT ${SCENE.join(', ')}, pov, body FROM given
    ON CONFLICT DO NOTHING RETURNING ${REVISION.join(', ')}),
  filed AS (
    SELECT g.*, $2::timestamptz AS filed_at,
      ${sharingBranches('g.plan_id', jobNameSql('scene', 'g.scene_id', 'g.branch'))} AS shared_with
    FROM given g JOIN fresh USING (${REVISION.join(', ')})),
  remembered AS (${put('memories', 'memories', 'position int, persona_key text, persona text, text text', [...SCENE, 'filed_at'])}),
  thought AS (${put('world_notes', 'notes', 'position int, persona_key text, persona text, text text', [...SCENE, 'filed_at'])}),
  owed AS (${put(
    'obligations',
    'obligations',
    'event text, position int, persona_key text, persona text, key text, text text, kind text',
    [...SCENE, 'filed_at'],
  )}),
  changed AS (${put(
    'world_changes',
    'changes',
    `position int, kind text, entry_key text, entry text, statement text, target text, quote text, quote_start int, quote_end int, fact_id text, refused_entry text, refused bool`,
    SCENE,
  )}),
  named AS (${put('mentions', 'mentions', 'entry_id text, count int, first_offset int', SCENE)}),
  measured AS (${put('drift_styles', 'styles', 'pov_persona text, item_id text, style jsonb', SCENE)}),
  unscored AS (${put('drift_unscored', 'unscored', 'pov text, samples jsonb, threshold float8', REVISION)}),
  noticed AS (
    INSERT INTO obligation_notices (plan_id, branch)
    SELECT DISTINCT f.plan_id, n.branch FROM filed f, unnest(f.branch || f.shared_with) AS n (branch))
  SELECT plan_id AS "planId", branch, scene_id AS "sceneId", revision, shared_with AS "sharedWith" FROM filed`;

/** A filing that was not filed before, and where the scene counts besides its own branch. */
export interface FiledNow {
  prepared: PreparedFiling;
  sharedWith: string[];
}

type Revision = Pick<Filing, 'planId' | 'branch' | 'sceneId' | 'revision'>;
const keyOf = ({ planId, branch, sceneId, revision }: Revision): string =>
  [planId, branch, sceneId, revision].join('\n');

/** Files what accepted scenes tell; a scene's revision once. */
@Injectable()
export class ReflectionsRepository {
  constructor(private readonly clock: Clock) {}

  /** Answers those that were filed now. */
  async file(to: Queries, filings: readonly PreparedFiling[]): Promise<FiledNow[]> {
    const byRevision = new Map(filings.map((prepared) => [keyOf(prepared.filing), prepared]));
    const rows = storableJson([...byRevision.values()].map(filingRows));
    const filed = await to.query<Revision & { sharedWith: string[] }>(FILE, [rows, this.clock.now()]);
    return filed.map((row) => ({ prepared: byRevision.get(keyOf(row))!, sharedWith: row.sharedWith }));
  }
}
