import { fileRoster, listRoster, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { RosterRepository } from './roster.repository';

@Controller()
export class RosterController {
  constructor(private readonly roster: RosterRepository) {}

  @AnswersRequest(fileRoster)
  async fileRoster(filing: RequestOf<typeof fileRoster>): Promise<ReplyOf<typeof fileRoster>> {
    return { filed: await this.roster.file(filing) };
  }

  @AnswersRequest(listRoster)
  async listRoster({
    planId,
    branch,
    cursor,
    limit,
  }: RequestOf<typeof listRoster>): Promise<ReplyOf<typeof listRoster>> {
    const after = Number.parseInt(cursor ?? '0', 10) || 0;
    const rows = await this.roster.list(planId, branch, after, limit + 1);
    const items = rows.slice(0, limit).map(({ key, member, baseline }) => ({
      ...member,
      personaId: `${planId}@${branch}:${key}`,
      baseline,
    }));
    return { items, nextCursor: rows.length > limit ? String(rows[limit - 1]!.position) : null };
  }
}
