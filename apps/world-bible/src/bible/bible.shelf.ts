import { Database } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { indexEntry, type BibleEntry, type IndexedEntry } from './bible-entry';
import { Bible, type Persona } from './bible';
import { LruMap } from './lru-map';
import { WorldNotReadyError } from './world-not-ready.error';

/** Plans whose bibles are kept in memory; an entry has a few kilobytes, a bible a few hundred. */
const MOST_BIBLES = 32;
const MOST_LORE_ENTRIES = 4_000;

const EDITION = 'SELECT edition FROM worlds WHERE plan_id = $1 AND branch = $2';
const PREMISE_NAMES = 'SELECT premise_names FROM worlds WHERE plan_id = $1 AND branch = $2';
const PERSONAS = 'SELECT kind, name, baseline FROM personas WHERE plan_id = $1 AND branch = $2';
const VERSION_COLUMNS = 'e.type, v.name, v.aliases, v.summary, v.facts, v.relations, v.locked';
const BASE = `
  SELECT DISTINCT ON (v.entry_id) ${VERSION_COLUMNS}
  FROM entry_versions v JOIN entries e ON e.id = v.entry_id
  WHERE v.plan_id = $1 AND v.branch = $2 AND v.source <> 'lore'
  ORDER BY v.entry_id, v.version DESC`;
const LORE = `
  SELECT v.source_ref, ${VERSION_COLUMNS} FROM entry_versions v JOIN entries e ON e.id = v.entry_id
  WHERE v.plan_id = $1 AND v.branch = $2 AND v.source = 'lore' AND v.source_ref = ANY($3::text[])`;

interface Kept {
  edition: number;
  bible: Promise<Bible>;
}

/** The bibles at hand. What does not change any more is read from PostgreSQL once and kept. */
@Injectable()
export class BibleShelf {
  private readonly bibles = new LruMap<Kept>(MOST_BIBLES);
  private readonly lore = new LruMap<IndexedEntry>(MOST_LORE_ENTRIES);

  constructor(private readonly database: Database) {}

  /** @throws WorldNotReadyError before the plan's world phase is complete */
  async bible(planId: string, branch: string): Promise<Bible> {
    const [world] = await this.database.query<{ edition: number }>(EDITION, [planId, branch]);
    if (world === undefined) throw new WorldNotReadyError(planId, branch, 'The world');
    const key = `${planId}@${branch}`;
    const kept = this.bibles.get(key);
    if (kept?.edition === world.edition) return kept.bible;
    const fresh: Kept = { edition: world.edition, bible: this.load(planId, branch) };
    this.bibles.set(key, fresh);
    fresh.bible.catch(() => this.bibles.drop(key, fresh));
    return fresh.bible;
  }

  /** What these requirements have become; those that have become nothing are left out. */
  async loreEntries(planId: string, branch: string, requirementIds: readonly string[]): Promise<IndexedEntry[]> {
    const keyOf = (id: string): string => `${planId}@${branch}\n${id}`;
    const wanted = [...new Set(requirementIds)];
    const found = new Map<string, IndexedEntry>();
    for (const id of wanted) {
      const entry = this.lore.get(keyOf(id));
      if (entry !== undefined) found.set(id, entry);
    }
    if (found.size < wanted.length) {
      const missing = wanted.filter((id) => !found.has(id));
      const rows = await this.database.query<BibleEntry & { source_ref: string }>(LORE, [planId, branch, missing]);
      for (const { source_ref, ...entry } of rows) {
        const indexed = indexEntry(entry);
        found.set(source_ref, indexed);
        this.lore.set(keyOf(source_ref), indexed);
      }
    }
    return wanted.map((id) => found.get(id)).filter((entry) => entry !== undefined);
  }

  private async load(planId: string, branch: string): Promise<Bible> {
    const of = [planId, branch];
    const [entries, personas, [world]] = await Promise.all([
      this.database.query<BibleEntry>(BASE, of),
      this.database.query<Persona & { kind: string }>(PERSONAS, of),
      this.database.query<{ premise_names: string[] }>(PREMISE_NAMES, of),
    ]);
    const author = personas.find((persona) => persona.kind === 'author');
    if (author === undefined || world === undefined) throw new WorldNotReadyError(planId, branch, 'The roster');
    return new Bible({
      entries: entries.map(indexEntry),
      author,
      personas: personas.filter((persona) => persona.kind === 'character'),
      premiseNames: world.premise_names,
    });
  }
}
