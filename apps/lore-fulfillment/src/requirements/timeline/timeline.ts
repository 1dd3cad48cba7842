import { loreMoved, shortened, type LoreEvent, type LoreStatus } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Clock, Database, storableJson, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { Mover, RequirementRow } from '../requirement.types';

/** Longest note, in characters. */
const MOST_NOTE = 1_000;
/** Most rows of one timeline that are told; the newest. */
const MOST_ROWS = 200;

/** Something that happened to a requirement. */
export interface TimelineEntry {
  requirement: Pick<
    RequirementRow,
    'id' | 'plan_id' | 'branch' | 'conversation_id' | 'plan_pass_id' | 'backlog_item_id'
  >;
  from: LoreStatus | null;
  to: LoreStatus;
  by: Mover;
  runId?: string | null;
  note?: string | null;
  slaBreached?: boolean;
}

interface TimelineRow {
  event_id: string;
  plan_id: string;
  branch: string;
  requirement_id: string;
  lineage: string[];
  from_status: LoreStatus | null;
  status: LoreStatus;
  conversation_id: string;
  plan_pass_id: string | null;
  source: string;
  actor: string;
  backlog_item_id: string | null;
  run_id: string | null;
  note: string | null;
  sla_breached: boolean;
  at: Date;
}

const COLUMNS = `event_id, plan_id, branch, requirement_id, lineage, from_status, status, conversation_id, plan_pass_id,
  source, actor, backlog_item_id, run_id, note, sla_breached, at`;
const APPEND = `
  INSERT INTO requirement_events (requirement_id, plan_id, branch, lineage, from_status, status, conversation_id,
    plan_pass_id, backlog_item_id, source, actor, run_id, note, sla_breached, at)
  SELECT requirement_id, plan_id, branch, lineage_of(plan_id, branch), from_status, status, conversation_id,
    plan_pass_id, backlog_item_id, source, actor, run_id, note, sla_breached, $2::timestamptz
  FROM ROWS FROM (json_to_recordset($1::json) AS (requirement_id text, plan_id text, branch text, from_status text,
    status text, conversation_id text, plan_pass_id text, backlog_item_id text, source text, actor text, run_id text,
    note text, sla_breached boolean)) WITH ORDINALITY
    AS e (requirement_id, plan_id, branch, from_status, status, conversation_id, plan_pass_id, backlog_item_id, source,
      actor, run_id, note, sla_breached, place)
  ORDER BY place
  RETURNING ${COLUMNS}`;
const READ = `
  SELECT * FROM (
    SELECT id, ${COLUMNS} FROM requirement_events WHERE requirement_id = $1 AND branch = $2 ORDER BY id DESC LIMIT $3) e
  ORDER BY id`;

/** The history of each requirement: rows are only ever added, and each is told to the others as it is. */
@Injectable()
export class Timeline {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async append(uow: UnitOfWork, entries: readonly TimelineEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const rows = await uow.query<TimelineRow>(APPEND, [storableJson(entries.map(toRow)), this.clock.now()]);
    await this.outbox.add(
      uow,
      rows.map((row) => outgoing(loreMoved, toEvent(row), row.event_id)),
    );
  }

  /** Oldest first. */
  async read(requirementId: string, branch: string): Promise<LoreEvent[]> {
    const rows = await this.database.query<TimelineRow>(READ, [requirementId, branch, MOST_ROWS]);
    return rows.map(toEvent);
  }
}

function toRow({ requirement, from, to, by, runId, note, slaBreached }: TimelineEntry): object {
  const { id, plan_id, branch, conversation_id, plan_pass_id, backlog_item_id } = requirement;
  return {
    requirement_id: id,
    plan_id,
    branch,
    conversation_id,
    plan_pass_id,
    backlog_item_id,
    from_status: from,
    status: to,
    ...by,
    run_id: runId ?? null,
    note: note === undefined || note === null ? null : shortened(note, MOST_NOTE),
    sla_breached: slaBreached ?? false,
  };
}

function toEvent(row: TimelineRow): LoreEvent {
  return {
    eventId: row.event_id,
    planId: row.plan_id,
    branch: row.branch,
    requirementId: row.requirement_id,
    lineage: row.lineage,
    from: row.from_status,
    to: row.status,
    conversationId: row.conversation_id,
    planPassId: row.plan_pass_id,
    source: row.source,
    actor: row.actor,
    backlogItemId: row.backlog_item_id,
    runId: row.run_id,
    note: row.note,
    slaBreached: row.sla_breached,
    occurredAt: row.at.toISOString(),
  };
}
