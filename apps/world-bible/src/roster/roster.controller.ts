import { fileRoster, listRoster, UnknownCursorError, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { pageOfRows } from '@fiction/platform';
import { ForkedBranches } from '@fiction/runtime';
import { Controller } from '@nestjs/common';
import { RosterRepository } from './roster.repository';

@Controller()
export class RosterController {
  constructor(
    private readonly roster: RosterRepository,
    private readonly branches: ForkedBranches,
  ) {}

  @AnswersRequest(fileRoster)
  async fileRoster(filing: RequestOf<typeof fileRoster>): Promise<ReplyOf<typeof fileRoster>> {
    await this.branches.require(filing.planId, filing.branch);
    return { filed: await this.roster.file(filing) };
  }

  @AnswersRequest(listRoster)
  async listRoster({
    planId,
    branch,
    cursor,
    limit,
  }: RequestOf<typeof listRoster>): Promise<ReplyOf<typeof listRoster>> {
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw new UnknownCursorError();
    const after = Number(cursor ?? 0);
    const lineage = await this.branches.lineage(planId, branch);
    const rows = await this.roster.list(planId, lineage, after, limit + 1);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => String(last.position));
    const items = page.map(({ key, member, baseline }) => ({
      ...member,
      personaId: `${planId}@${branch}:${key}`,
      baseline,
    }));
    return { items, nextCursor };
  }
}
