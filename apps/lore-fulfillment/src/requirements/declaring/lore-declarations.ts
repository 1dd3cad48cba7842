import { declareLore, type DeclareLore } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { Clock, storableJson, type UnitOfWork } from '@fiction/platform';
import { jobNameSql, sharesRun } from '@fiction/runtime';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SlaClocks } from '../clock/sla-clocks';
import { Wakes } from '../clock/wakes';
import { AUTOMATION, REQUIREMENT_COLUMNS, type Mover, type RequirementRow } from '../requirement.types';
import { Timeline } from '../timeline/timeline';
import { ForkedRequirements } from './forked-requirements';

/**
 * Declaring again what is declared changes nothing but that there is one more who asks for it: the first says what it is
 * called and where it belongs. A branch gets no row of its
 * own of what it shares as fulfilled.
 */
const DECLARE = `
  INSERT INTO requirements AS r (id, plan_id, branch, domain, name, why, kind, chapter, scene, source, conversation_id,
    plan_pass_id, backlog_item_id, policy, sla_seconds, approval, status, created_at, updated_at)
  SELECT DISTINCT ON (id, branch) id, plan_id, branch, domain, name, why, kind, chapter, scene, source, conversation_id,
    plan_pass_id, backlog_item_id, policy, sla_seconds, approval, 'planned', $2, $2
  FROM ROWS FROM (json_to_recordset($1::json) AS (id text, plan_id text, branch text, domain text, name text, why text,
    kind text, chapter int, scene int, source text, conversation_id text, plan_pass_id text, backlog_item_id text,
    policy text, sla_seconds int, approval text)) WITH ORDINALITY
    AS n (id, plan_id, branch, domain, name, why, kind, chapter, scene, source, conversation_id, plan_pass_id,
      backlog_item_id, policy, sla_seconds, approval, turn)
  WHERE (SELECT 1 FROM requirements o WHERE o.id = n.id AND o.plan_id = n.plan_id AND o.branch <> n.branch
    AND o.status = 'ready' AND ${sharesRun('n.plan_id', 'n.branch', jobNameSql('lore', 'o.id', 'o.branch'))}
    LIMIT 1) IS NULL
  ORDER BY id, branch, turn
  ON CONFLICT DO NOTHING
  RETURNING ${REQUIREMENT_COLUMNS}`;
const ADD_SOURCES = `
  INSERT INTO requirement_sources (requirement_id, plan_id, branch, source, at)
  SELECT id, plan_id, branch, source, $2
  FROM json_to_recordset($1::json) AS n (id text, plan_id text, branch text, source text)
  ORDER BY id, branch, source
  ON CONFLICT DO NOTHING
  RETURNING requirement_id AS id, branch, source`;
const KNOWN = `
  SELECT ${REQUIREMENT_COLUMNS} FROM requirements r
  JOIN unnest($1::text[], $2::text[]) AS n (id, branch) ON r.id = n.id AND r.branch = n.branch`;

/** Takes down what visions, blueprints, scrolls, the checks of scenes, and people say the world must establish. */
@Injectable()
export class LoreDeclarations implements OnModuleInit {
  constructor(
    private readonly handlers: MessageHandlers,
    private readonly forks: ForkedRequirements,
    private readonly clocks: SlaClocks,
    private readonly wakes: Wakes,
    private readonly timeline: Timeline,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register(declareLore, (declarations, uow) => this.declare(uow, declarations));
  }

  async declare(uow: UnitOfWork, declarations: readonly DeclareLore[]): Promise<void> {
    const needs = declarations.flatMap(toRows);
    if (needs.length === 0) return;
    const now = this.clock.now();
    const ids = needs.map((need) => need.id);
    await this.forks.declaring(
      uow,
      needs.map((need) => need.plan_id),
    );
    const rows = storableJson(needs);
    const fresh = await uow.query<RequirementRow>(DECLARE, [rows, now]);
    const sources = await uow.query<{ id: string; branch: string; source: string }>(ADD_SOURCES, [rows, now]);
    await this.timeline.append(
      uow,
      fresh.map((row) => ({
        requirement: row,
        from: null,
        to: 'planned',
        by: moverOf(row.source, declarations),
        note: `declared by ${row.source}`,
      })),
    );
    await this.tellOfFurther(
      uow,
      declarations,
      sources.filter(({ id, branch, source }) =>
        fresh.every((row) => row.id !== id || row.branch !== branch || row.source !== source),
      ),
    );
    await this.forks.declared(uow, ids);
    await this.clocks.start(uow, ids);
  }

  /** Of a requirement that is known: somebody else asks for it too. */
  private async tellOfFurther(
    uow: UnitOfWork,
    declarations: readonly DeclareLore[],
    further: readonly { id: string; branch: string; source: string }[],
  ): Promise<void> {
    if (further.length === 0) return;
    const known = await uow.query<RequirementRow>(KNOWN, [
      further.map(({ id }) => id),
      further.map((one) => one.branch),
    ]);
    const asked = further.flatMap(({ id, branch, source }) => {
      const requirement = known.find((one) => one.id === id && one.branch === branch);
      return requirement === undefined ? [] : [{ requirement, source }];
    });
    await this.timeline.append(
      uow,
      asked.map(({ requirement, source }) => {
        const note = `also asked for by ${source}`;
        const { status } = requirement;
        return { requirement, from: status, to: status, by: moverOf(source, declarations), note };
      }),
    );
    // What the writer has waived lets every scene go on that runs into it, later too.
    for (const { requirement, source } of asked) {
      if (requirement.kind !== 'contradiction' || !requirement.waived) continue;
      await this.wakes.wakeDeclarer(uow, requirement, 'waived', AUTOMATION, source);
    }
  }
}

function toRows(declaration: DeclareLore) {
  const { planId, branch, source, conversationId, planPassId, terms, requirements } = declaration;
  return requirements.map(({ requirementId, backlogItemId, ...need }) => ({
    id: requirementId,
    plan_id: planId,
    branch,
    ...need,
    source,
    conversation_id: conversationId,
    plan_pass_id: planPassId,
    backlog_item_id: backlogItemId,
    policy: terms.policy,
    sla_seconds: terms.slaSeconds,
    approval: terms.approval,
  }));
}

/** A person declares through the planner, which says who it was and from where. */
function moverOf(source: string, declarations: readonly DeclareLore[]): Mover {
  const askedFrom = declarations.find((one) => one.source === source)?.askedFrom;
  return { actor: source.replace(/^person:/, ''), source: askedFrom ?? 'automation' };
}
