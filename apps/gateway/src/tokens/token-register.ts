import { IdempotencyKeyReusedError, NotFoundError } from '@fiction/contracts';
import { readCursor } from '@fiction/messaging';
import { Database, pageOfRows } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { AccessTokens } from './access-tokens';
import type { Role } from '../access/roles';
import { hashOf, newToken } from './token-secret';
import { LastAdminTokenError } from './token.errors';
import type { CreatedToken, TokenView } from './token.dto';

export interface NewToken {
  name: string;
  role: Role;
  expiresAt?: string;
}

const GOOD = `revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;
const VIEW = `
  id, name, role, created_at, expires_at, last_used_at, revoked_at, position::text AS place,
  CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN expires_at <= now() THEN 'expired' ELSE 'active' END AS status`;
const INSERT = `
  INSERT INTO access_tokens (id, name, role, token_hash, expires_at, made_by, idempotency_key, request_hash)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT ON CONSTRAINT access_tokens_made_once DO NOTHING RETURNING ${VIEW}`;
const MADE_BEFORE = `
  SELECT request_hash = $3 AS same, ${VIEW} FROM access_tokens WHERE made_by = $1 AND idempotency_key = $2`;
/** Newest first; a cursor of 0 is the beginning. */
const PAGE = `
  SELECT ${VIEW} FROM access_tokens WHERE $1::bigint = 0 OR position < $1::bigint ORDER BY position DESC LIMIT $2`;
/** Locked, always in the same order, so that two who revoke each other's token do not both succeed. */
const ADMINS = `SELECT id FROM access_tokens WHERE role = 'admin' AND ${GOOD} ORDER BY id FOR UPDATE`;
const REVOKE = `UPDATE access_tokens SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL`;
const READ = `SELECT ${VIEW} FROM access_tokens WHERE id = $1`;

interface TokenRow {
  id: string;
  name: string;
  role: Role;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
  place: string;
  status: TokenView['status'];
}

/** The tokens that there are: made, listed, revoked. */
@Injectable()
export class TokenRegister {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
  ) {}

  /**
   * Makes a token; this is the only time that it can be seen. With an `Idempotency-Key`, one that `madeBy` has used
   * before makes nothing and answers with what it made.
   * @throws IdempotencyKeyReusedError when that was something else
   */
  async create(wanted: NewToken, madeBy: string, idempotencyKey: string | null): Promise<CreatedToken> {
    const token = newToken();
    const request = createHash('sha256')
      .update(JSON.stringify([wanted.name, wanted.role, wanted.expiresAt ?? null]))
      .digest('hex');
    const { name, role, expiresAt = null } = wanted;
    const values = [randomUUID(), name, role, hashOf(token), expiresAt, madeBy, idempotencyKey, request];
    const [made] = await this.database.query<TokenRow>(INSERT, values);
    if (made !== undefined) return { ...shown(made), token, created: true };
    const [before] = await this.database.query<TokenRow & { same: boolean }>(MADE_BEFORE, [
      madeBy,
      idempotencyKey,
      request,
    ]);
    if (!before!.same) throw new IdempotencyKeyReusedError();
    return { ...shown(before!), token: null, created: false };
  }

  /** A page of all tokens there ever were, the newest first. */
  async list(cursor: string | undefined, limit: number): Promise<{ items: TokenView[]; nextCursor: string | null }> {
    const rows = await this.database.query<TokenRow>(PAGE, [readCursor(cursor), limit + 1]);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => last.place);
    return { items: page.map(viewOf), nextCursor };
  }

  /**
   * Ends a token: on this replica at once, on others when they have forgotten that they found it good. One that is
   * revoked already stays as it is.
   * @throws LastAdminTokenError when nobody could make tokens any more
   */
  async revoke(id: string): Promise<TokenView> {
    const view = await this.database.transaction(async (uow) => {
      const admins = await uow.query<{ id: string }>(ADMINS);
      if (admins.length === 1 && admins[0]!.id === id) throw new LastAdminTokenError();
      await uow.query(REVOKE, [id]);
      const [row] = await uow.query<TokenRow>(READ, [id]);
      if (row === undefined) throw new NotFoundError('token', id);
      return viewOf(row);
    });
    this.tokens.forget();
    return view;
  }
}

function shown(row: TokenRow) {
  return { id: row.id, name: row.name, role: row.role, expiresAt: row.expires_at?.toISOString() ?? null };
}

function viewOf(row: TokenRow): TokenView {
  return {
    ...shown(row),
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    status: row.status,
  };
}
