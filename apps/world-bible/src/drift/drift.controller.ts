import {
  listDrift,
  NotFoundError,
  readDrift,
  UnknownCursorError,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { pageOfRows } from '@fiction/platform';
import { ForkedBranches, type Lineage } from '@fiction/runtime';
import { Controller } from '@nestjs/common';
import { DriftListRepository, type PersonaRow } from './drift-list.repository';
import { parsePersonaId, personaIdOf } from '../personas/persona-id';
import { AUTHOR, driftPersona, memoryKey, personaRef } from './drift-persona';

/** How far people have drifted from how they are meant to sound. */
@Controller()
export class DriftController {
  constructor(
    private readonly list: DriftListRepository,
    private readonly branches: ForkedBranches,
  ) {}

  @AnswersRequest(listDrift)
  async listDrift(question: RequestOf<typeof listDrift>): Promise<ReplyOf<typeof listDrift>> {
    const { planId, branch, personaId, cursor, limit } = question;
    if (cursor !== undefined && cursor !== AUTHOR && memoryKey(cursor) === null) throw new UnknownCursorError();
    const asked = personaId === undefined ? undefined : parsePersonaId(planId, personaId);
    if (asked !== undefined && asked.branch !== branch) throw new NotFoundError('persona', personaId!);
    const persona = asked && driftPersona(asked);
    const lineage = await this.branches.lineage(planId, branch);
    const rows = await this.list.personas(planId, lineage, persona ?? null, cursor ?? '', limit + 1);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => last.persona);
    return { items: await Promise.all(page.map((row) => this.view(planId, lineage, row))), nextCursor };
  }

  @AnswersRequest(readDrift)
  async readDrift(question: RequestOf<typeof readDrift>): Promise<ReplyOf<typeof readDrift>> {
    const { planId, personaId, cursor, limit } = question;
    const asked = parsePersonaId(planId, personaId);
    const persona = driftPersona(asked);
    const lineage = await this.branches.lineage(planId, asked.branch);
    if ((await this.list.personas(planId, lineage, persona, '', 1)).length === 0) {
      throw new NotFoundError('persona', personaId);
    }
    return this.list.page(planId, lineage, persona, cursor, limit);
  }

  private async view(planId: string, lineage: Lineage, row: PersonaRow) {
    const { persona, name, source, scenes, established, threshold, alert_open } = row;
    const ref = personaRef(lineage[0], persona);
    return {
      persona: { id: personaIdOf(planId, ref), kind: ref.kind, name },
      baseline: source,
      baselineScenes: scenes,
      established,
      threshold,
      latest: await this.list.latest(planId, lineage, persona),
      alert: alert_open ? ('open' as const) : ('none' as const),
    };
  }
}
