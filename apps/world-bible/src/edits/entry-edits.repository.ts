import { IdempotencyKeyReusedError, type AskedBy, type WorldFact } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';

/** What a person asks for. */
export interface AskedEdit extends AskedBy {
  planId: string;
  branch: string;
  action: 'add' | 'edit' | 'lock' | 'unlock';
  idempotencyKey: string | null;
  /** All that was asked for, for a key to stand for. */
  content: unknown;
}

export interface DoneEdit {
  ref: string;
  entryId: string;
  factId?: string | undefined;
  fact?: WorldFact | undefined;
}

const EARLIER = 'SELECT entry_id, digest FROM entry_edits WHERE plan_id = $1 AND idempotency_key = $2';
const INSERT = `
  INSERT INTO entry_edits
    (ref, plan_id, branch, entry_id, action, fact_id, fact, actor, source, idempotency_key, digest)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

/** Who has edited or locked what; never changed. */
@Injectable()
export class EntryEditsRepository {
  /** The entry that an edit with the same key was made to. To be asked in the plan's turn. */
  async earlier(uow: UnitOfWork, asked: AskedEdit): Promise<string | undefined> {
    if (asked.idempotencyKey === null) return undefined;
    const [row] = await uow.query<{ entry_id: string; digest: string }>(EARLIER, [asked.planId, asked.idempotencyKey]);
    if (row !== undefined && row.digest !== digestOf(asked)) throw new IdempotencyKeyReusedError();
    return row?.entry_id;
  }

  async record(uow: UnitOfWork, asked: AskedEdit, { ref, entryId, factId, fact }: DoneEdit): Promise<void> {
    await uow.query(INSERT, [
      ref,
      asked.planId,
      asked.branch,
      entryId,
      asked.action,
      factId ?? null,
      fact === undefined ? null : JSON.stringify(fact),
      asked.actor,
      asked.source,
      asked.idempotencyKey,
      digestOf(asked),
    ]);
  }
}

function digestOf({ branch, action, content }: AskedEdit): string {
  return createHash('sha256')
    .update(JSON.stringify([branch, action, content]))
    .digest('hex');
}
