import {
  ENTRY_TYPE_OF_DOMAIN,
  fileLore,
  listEntries,
  readEntries,
  readWorldIndex,
  shortened,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Database } from '@fiction/platform';
import { ForkedBranches } from '@fiction/runtime';
import { Controller } from '@nestjs/common';
import { asContext, type BibleEntry } from '../bible/bible-entry';
import { BibleShelf } from '../bible/shelf/bible.shelf';
import { EntryVersions } from '../bible/entry-versions';
import { EntryListRepository } from './entry-list.repository';
import { EntryViews } from './entry-views';
import { findRelevant } from './relevance';
import { upToSize } from './up-to-size';

/** An index is read to know what there is, not what it is like; in characters. */
const SHORT_SUMMARY = 400;

/** What the bible tells whoever plans, and what fulfilled requirements add to it. */
@Controller()
export class EntriesController {
  constructor(
    private readonly database: Database,
    private readonly shelf: BibleShelf,
    private readonly versions: EntryVersions,
    private readonly list: EntryListRepository,
    private readonly views: EntryViews,
    private readonly branches: ForkedBranches,
  ) {}

  @AnswersRequest(readWorldIndex)
  async readWorldIndex(question: RequestOf<typeof readWorldIndex>): Promise<ReplyOf<typeof readWorldIndex>> {
    const entries = await this.visible(question);
    return {
      entries: entries.map(({ name, type, aliases, summary }) => ({
        name,
        type,
        aliases,
        summary: shortened(summary, SHORT_SUMMARY),
      })),
    };
  }

  @AnswersRequest(readEntries)
  async readEntries(question: RequestOf<typeof readEntries>): Promise<ReplyOf<typeof readEntries>> {
    const { mentioned, related } = findRelevant(await this.visible(question), question.names);
    const chosen = [...mentioned, ...related].slice(0, question.limit).map((entry) => asContext(entry));
    return { entries: upToSize(chosen) };
  }

  @AnswersRequest(fileLore)
  async fileLore(filing: RequestOf<typeof fileLore>): Promise<ReplyOf<typeof fileLore>> {
    const { planId, branch, requirementId, domain, from, writtenBy } = filing;
    await this.branches.require(planId, branch);
    const entry: BibleEntry = { ...filing.entry, type: ENTRY_TYPE_OF_DOMAIN[domain], locked: false };
    return this.database.transaction(async (uow) => {
      const before = await this.versions.ofRequirement(uow, planId, branch, requirementId);
      if (before !== undefined) return before;
      const source = { planId, branch, source: 'lore' as const, sourceRef: requirementId, from, writtenBy };
      await this.versions.file(uow, source, [entry]);
      // Whoever lost a race to file the requirement finds the winner's version here.
      return (await this.versions.ofRequirement(uow, planId, branch, requirementId))!;
    });
  }

  @AnswersRequest(listEntries)
  async listEntries(question: RequestOf<typeof listEntries>): Promise<ReplyOf<typeof listEntries>> {
    const { planId, branch, type, text, at, cursor, limit } = question;
    const lineage = await this.branches.lineage(planId, branch);
    const whole = await this.list.page({ planId, lineage, type, text, after: cursor, limit: limit + 1 });
    const found = await this.views.of(this.database, whole, { planId, lineage, at });
    const items = upToSize(found.slice(0, limit));
    return { items, nextCursor: items.length < found.length ? (items.at(-1)?.id ?? null) : null };
  }

  private async visible(question: { planId: string; branch: string; loreIds: string[] }) {
    const { planId, branch, loreIds } = question;
    const lineage = await this.branches.lineage(planId, branch);
    const bible = await this.shelf.bible(planId, lineage);
    return bible.with(await this.shelf.loreEntries(planId, lineage, loreIds));
  }
}
