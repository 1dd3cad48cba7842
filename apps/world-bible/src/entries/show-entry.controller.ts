import { listDeltas, listMentions, NotFoundError, readEntry, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Database } from '@fiction/platform';
import { ForkedBranches } from '@fiction/runtime';
import { Controller } from '@nestjs/common';
import { readWholeEntries, shownSource, type VersionRow } from '../telling/entry-reader';
import { DeltaListRepository } from '../deltas/delta-list.repository';
import { MentionListRepository } from '../mentions/mention-list.repository';
import { EntryViews } from './entry-views';

/** Of one entry's versions, deltas and mentions the newest are shown with it; the lists have all of them. */
const MOST_SHOWN = 50;

const ACTORS = 'SELECT ref, actor FROM entry_edits WHERE plan_id = $1 AND ref = ANY($2::text[])';

/** Where an entry comes from and where it occurs. */
@Controller()
export class ShowEntryController {
  constructor(
    private readonly database: Database,
    private readonly branches: ForkedBranches,
    private readonly views: EntryViews,
    private readonly deltas: DeltaListRepository,
    private readonly mentions: MentionListRepository,
  ) {}

  @AnswersRequest(readEntry)
  async readEntry({ planId, branch, entryId, at }: RequestOf<typeof readEntry>): Promise<ReplyOf<typeof readEntry>> {
    const lineage = await this.branches.lineage(planId, branch);
    const [whole] = await readWholeEntries(this.database, lineage, [entryId]);
    const [view] = await this.views.of(this.database, whole === undefined ? [] : [whole], { planId, lineage, at });
    // An id tells of no plan, so that an entry of another one would be found as well.
    if (whole === undefined || view === undefined || !(await this.isOf(planId, entryId))) {
      throw new NotFoundError('entry', entryId);
    }
    const [deltas, mentions, versions] = await Promise.all([
      this.deltas.newest(planId, lineage, whole, MOST_SHOWN),
      this.mentions.newest(planId, lineage, entryId, MOST_SHOWN),
      this.versionsOf(planId, whole.versions.slice(-MOST_SHOWN)),
    ]);
    return { ...view, versions, deltas, mentions };
  }

  @AnswersRequest(listDeltas)
  async listDeltas(question: RequestOf<typeof listDeltas>): Promise<ReplyOf<typeof listDeltas>> {
    return this.deltas.page(question, await this.branches.lineage(question.planId, question.branch));
  }

  @AnswersRequest(listMentions)
  async listMentions(question: RequestOf<typeof listMentions>): Promise<ReplyOf<typeof listMentions>> {
    return this.mentions.page(question, await this.branches.lineage(question.planId, question.branch));
  }

  private async isOf(planId: string, entryId: string): Promise<boolean> {
    const rows = await this.database.query('SELECT 1 FROM entries WHERE plan_id = $1 AND id = $2', [planId, entryId]);
    return rows.length > 0;
  }

  private async versionsOf(planId: string, rows: readonly VersionRow[]) {
    const refs = rows.filter((row) => row.source === 'person').map((row) => row.source_ref);
    const edits = await this.database.query<{ ref: string; actor: string }>(ACTORS, [planId, refs]);
    return rows.map((row) => {
      const { version, branch, source_ref, aliases, summary, facts, relations, written_by, created_at } = row;
      return {
        ...{ version, branch, aliases, summary, facts, relations },
        source: shownSource(row),
        sourceRef: source_ref,
        actor: written_by ?? edits.find((edit) => edit.ref === source_ref)?.actor ?? null,
        createdAt: created_at.toISOString(),
      };
    });
  }
}
