import { Database } from '@fiction/platform';
import { ForkedBranches } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { BibleEntry } from '../bible/bible-entry';
import { readWholeEntries } from './entry-reader';
import { versionVisibleTo } from '../bible/entry-versions';

const STANDING = `
  SELECT DISTINCT v.entry_id AS id FROM entry_versions v
  WHERE v.plan_id = $1 AND v.branch = ANY($2::text[]) AND v.source IN ('lore', 'person')
    AND ${versionVisibleTo('($2::text[])[1]')} ORDER BY v.entry_id`;

/** What a world pass finds on its branch that no world pass has made: it is built on, and never dropped. */
@Injectable()
export class StandingEntries {
  constructor(
    private readonly database: Database,
    private readonly branches: ForkedBranches,
  ) {}

  async of(planId: string, branch: string): Promise<BibleEntry[]> {
    const lineage = await this.branches.lineage(planId, branch);
    const rows = await this.database.query<{ id: string }>(STANDING, [planId, lineage]);
    const whole = await readWholeEntries(
      this.database,
      lineage,
      rows.map((row) => row.id),
    );
    return whole.map(({ entry: { name, type, aliases, summary, facts, relations, locked } }) => ({
      ...{ name, type, aliases, summary, facts, relations, locked },
    }));
  }
}
