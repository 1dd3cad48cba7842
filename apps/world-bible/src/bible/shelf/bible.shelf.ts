import { baselineText, type Baseline } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { indexEntry, type IndexedEntry } from '../bible-entry';
import { Bible, type Persona } from '../bible';
import { readLocks } from '../../telling/entry-reader';
import { versionVisibleTo } from '../entry-versions';
import { personasBranch } from '../personas-branch';
import { tellOwn, tellWhole, type StoredVersion } from '../../telling/tell-entry';
import { Worlds, type StandingWorld } from './worlds';
import { WorldNotReadyError } from './world-not-ready.error';

/** Plans whose bibles are kept in memory; an entry has a few kilobytes, a bible a few hundred. */
const MOST_BIBLES = 32;
const MOST_LORE_ENTRIES = 4_000;

/** $2: the lineage; what is read is what its first branch sees. */
const OWN = '($2::text[])[1]';
const PREMISE_NAMES = 'SELECT premise_names FROM worlds WHERE plan_id = $1 AND branch = $2';
const PERSONAS = `
  SELECT p.kind, p.name, p.baseline, coalesce((
      SELECT v.sheet FROM persona_versions v
      WHERE v.plan_id = $1 AND v.branch = ${OWN} AND v.kind = p.kind AND v.key = p.key
      ORDER BY v.version DESC LIMIT 1), p.sheet) AS sheet
  FROM personas p WHERE p.plan_id = $1 AND p.branch = ${personasBranch('$1', '$2')}`;
const VERSION_COLUMNS =
  'v.entry_id, v.version, v.source, v.dropped, e.type, v.name, v.aliases, v.summary, v.facts, v.relations, v.locked';
const BASE = `
  SELECT DISTINCT ON (v.entry_id, v.source) ${VERSION_COLUMNS}
  FROM entry_versions v JOIN entries e ON e.id = v.entry_id
  WHERE v.plan_id = $1 AND v.branch = ANY($2::text[]) AND v.source <> 'lore' AND ${versionVisibleTo(OWN)}
  ORDER BY v.entry_id, v.source, v.version DESC`;
const LORE = `
  SELECT DISTINCT ON (v.source_ref) v.source_ref, ${VERSION_COLUMNS}
  FROM entry_versions v JOIN entries e ON e.id = v.entry_id
  WHERE v.plan_id = $1 AND v.branch = ANY($2::text[]) AND v.source = 'lore' AND v.source_ref = ANY($3::text[])
    AND ${versionVisibleTo(OWN)}
  ORDER BY v.source_ref, array_position($2::text[], v.branch)`;

type PersonaRow = Persona & { kind: string; sheet: Baseline | null };

interface Kept {
  world: StandingWorld;
  bible: Promise<Bible>;
}

/** The bibles at hand. What does not change any more is read from PostgreSQL once and kept. */
@Injectable()
export class BibleShelf {
  private readonly bibles = new LRUCache<string, Kept>({ max: MOST_BIBLES });
  private readonly lore = new LRUCache<string, IndexedEntry>({ max: MOST_LORE_ENTRIES });

  constructor(
    private readonly database: Database,
    private readonly worlds: Worlds,
  ) {}

  /**
   * The bible as the first branch of the lineage sees it.
   * @throws WorldNotReadyError before the branch's world phase is complete
   */
  async bible(planId: string, lineage: Lineage): Promise<Bible> {
    return (await this.open(planId, lineage)).bible;
  }

  /**
   * The bible, and the world that it is of.
   * @throws WorldNotReadyError as `bible` does
   */
  async open(planId: string, lineage: Lineage): Promise<{ bible: Bible; world: StandingWorld }> {
    const [branch] = lineage;
    const world = await this.worlds.standing(planId, lineage);
    if (world === undefined) throw new WorldNotReadyError(planId, branch, 'The world');
    const key = `${planId}@${branch}`;
    const kept = this.bibles.get(key);
    if (kept !== undefined && isSame(kept.world, world)) return { bible: await kept.bible, world };
    const fresh: Kept = { world, bible: this.load(planId, lineage, world) };
    this.bibles.set(key, fresh);
    fresh.bible.catch(() => this.bibles.peek(key) === fresh && this.bibles.delete(key));
    return { bible: await fresh.bible, world };
  }

  /** The bible, or nothing before the branch's world phase is complete. */
  async bibleIfReady(planId: string, lineage: Lineage): Promise<Bible | undefined> {
    try {
      return await this.bible(planId, lineage);
    } catch (error) {
      if (error instanceof WorldNotReadyError) return undefined;
      throw error;
    }
  }

  /** What these requirements have become; those that have become nothing are left out. */
  async loreEntries(planId: string, lineage: Lineage, requirementIds: readonly string[]): Promise<IndexedEntry[]> {
    const keyOf = (id: string): string => `${planId}@${lineage[0]}\n${id}`;
    const wanted = [...new Set(requirementIds)];
    const found = new Map<string, IndexedEntry>();
    for (const id of wanted) {
      const entry = this.lore.get(keyOf(id));
      if (entry !== undefined) found.set(id, entry);
    }
    if (found.size < wanted.length) {
      const missing = wanted.filter((id) => !found.has(id));
      const rows = await this.database.query<StoredVersion & { source_ref: string }>(LORE, [planId, lineage, missing]);
      for (const { source_ref, ...version } of rows) {
        const indexed = indexEntry(tellWhole([version]));
        found.set(source_ref, indexed);
        this.lore.set(keyOf(source_ref), indexed);
      }
    }
    return wanted.map((id) => found.get(id)).filter((entry) => entry !== undefined);
  }

  private async load(planId: string, lineage: Lineage, { branch }: StandingWorld): Promise<Bible> {
    const of = [planId, lineage];
    const [versions, locks, personas, [premise]] = await Promise.all([
      this.database.query<StoredVersion>(BASE, of),
      readLocks(this.database, planId, lineage),
      this.database.query<PersonaRow>(PERSONAS, of),
      this.database.query<{ premise_names: string[] }>(PREMISE_NAMES, [planId, branch]),
    ]);
    const people = personas.map((row) => ({ ...row, baseline: baselineText(row.sheet ?? row.baseline) }));
    const author = people.find((persona) => persona.kind === 'author');
    if (author === undefined || premise === undefined) throw new WorldNotReadyError(planId, lineage[0], 'The roster');
    return new Bible({
      entries: entriesOf(versions),
      locks,
      author,
      personas: people.filter((persona) => persona.kind === 'character'),
      premiseNames: premise.premise_names,
    });
  }
}

const isSame = (one: StandingWorld, other: StandingWorld): boolean =>
  one.branch === other.branch &&
  one.edition === other.edition &&
  one.edits === other.edits &&
  one.changes === other.changes;

/** Versions come with those of one entry together. */
function entriesOf(versions: readonly StoredVersion[]): IndexedEntry[] {
  const byEntry = new Map<string, StoredVersion[]>();
  for (const version of versions) {
    const known = byEntry.get(version.entry_id);
    if (known === undefined) byEntry.set(version.entry_id, [version]);
    else known.push(version);
  }
  return [...byEntry.values()].map((own) => indexEntry(tellOwn(own)!));
}
