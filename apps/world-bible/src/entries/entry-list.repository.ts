import { UnknownCursorError, type WorldEntryType } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { readWholeEntries, type WholeEntry } from '../telling/entry-reader';
import { versionVisibleTo } from '../bible/entry-versions';

export interface EntryPage {
  planId: string;
  lineage: Lineage;
  type: WorldEntryType | undefined;
  /** Part of a name, an alias or a summary. */
  text: string | undefined;
  /** Id of the last entry of the page before. */
  after: string | undefined;
  limit: number;
}

/** The text is looked for in whatever version: which of them are still told is known when they are read. */
const PAGE = `
  SELECT id FROM entries e
  WHERE plan_id = $1 AND ($3::text IS NULL OR type = $3)
    AND ($4::text IS NULL OR (key, type) > (SELECT a.key, a.type FROM entries a WHERE a.id = $4))
    AND (SELECT 1 FROM entry_versions v WHERE v.entry_id = e.id AND ${versionVisibleTo('$2')}
      AND ($6::text IS NULL OR EXISTS (
        SELECT 1 FROM (VALUES (v.name), (v.summary)) AS own (said) WHERE position($6 IN lower(said)) > 0
        UNION ALL SELECT 1 FROM jsonb_array_elements_text(v.aliases) AS alias (said) WHERE position($6 IN lower(said)) > 0))
      LIMIT 1) IS NOT NULL
  ORDER BY key, type LIMIT $5`;
const IS_ENTRY = 'SELECT 1 FROM entries WHERE plan_id = $1 AND id = $2';

/** The entries of a branch, by name, for people: all that was filed, whoever may see it in a prompt. */
@Injectable()
export class EntryListRepository {
  constructor(private readonly database: Database) {}

  async page({ planId, lineage, type, text, after, limit }: EntryPage): Promise<WholeEntry[]> {
    const wanted = text?.toLowerCase();
    const found: WholeEntry[] = [];
    for (let from = after; ;) {
      const values = [planId, lineage[0], type ?? null, from ?? null, limit, wanted ?? null];
      const ids = (await this.database.query<{ id: string }>(PAGE, values)).map(({ id }) => id);
      // A cursor of another list compares with nothing: it would look like the end of this one.
      if (ids.length === 0 && from !== undefined) await this.checkCursor(planId, from);
      const whole = await readWholeEntries(this.database, lineage, ids);
      found.push(...whole.filter((one) => wanted === undefined || says(one, wanted)));
      if (ids.length < limit || found.length >= limit) return found.slice(0, limit);
      from = ids.at(-1);
    }
  }

  private async checkCursor(planId: string, cursor: string): Promise<void> {
    const known = await this.database.query(IS_ENTRY, [planId, cursor]);
    if (known.length === 0) throw new UnknownCursorError();
  }
}

/** Whether the entry still says it: what a person has taken away finds nothing. */
function says({ entry }: WholeEntry, wanted: string): boolean {
  return [entry.name, ...entry.aliases, entry.summary].some((said) => said.toLowerCase().includes(wanted));
}
