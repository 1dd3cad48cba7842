import { Database } from '@fiction/platform';
import { Injectable, Logger } from '@nestjs/common';
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { TokenInvalidError } from './access.errors';
import type { CallerIdentity } from './caller';
import { RecentCallers } from './recent-callers';
import type { Role } from './roles';

const TOKEN_BYTES = 32;
const RECENT_MS = 3_000;
const RECENT_CAPACITY = 1_000;

const FIND = `
  SELECT id, name, role, token_hash, expires_at,
    last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS use_is_news
  FROM access_tokens
  WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;
const NOTE_USE = `UPDATE access_tokens SET last_used_at = now() WHERE id = $1`;
const INSERT = `INSERT INTO access_tokens (id, name, role, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5)`;
const UPSERT = `
  INSERT INTO access_tokens (id, name, role, token_hash) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, role = excluded.role, revoked_at = NULL`;

interface TokenRow {
  id: string;
  name: string;
  role: Role;
  token_hash: string;
  expires_at: Date | null;
  use_is_news: boolean;
}

export interface NewToken {
  name: string;
  role: Role;
  expiresAt?: Date;
}

/** Who may come in. Tokens are 256 random bits; only their SHA-256 is kept, so the table opens no door. */
@Injectable()
export class AccessTokens {
  private readonly log = new Logger(AccessTokens.name);
  private readonly recent = new RecentCallers(RECENT_MS, RECENT_CAPACITY);

  constructor(private readonly database: Database) {}

  /** Whose token this is. @throws TokenInvalidError when it is unknown, expired or revoked. */
  async authenticate(token: string): Promise<CallerIdentity> {
    const hash = hashOf(token);
    const recent = this.recent.get(hash);
    if (recent !== undefined) return recent;
    const [row] = await this.database.query<TokenRow>(FIND, [hash]);
    if (row === undefined || !sameHash(row.token_hash, hash)) throw new TokenInvalidError();
    const caller = { tokenId: row.id, name: row.name, role: row.role };
    this.recent.set(hash, caller, row.expires_at);
    if (row.use_is_news) this.noteUse(row.id);
    return caller;
  }

  /** Makes a token. This is the only time that it can be seen. */
  async issue(wanted: NewToken): Promise<{ id: string; token: string }> {
    const id = randomUUID();
    const token = `fw_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    await this.database.query(INSERT, [id, wanted.name, wanted.role, hashOf(token), wanted.expiresAt ?? null]);
    return { id, token };
  }

  /** Makes `token` the one good token of the record `id`; what it was before is good no longer. */
  async enthrone(id: string, name: string, role: Role, token: string): Promise<void> {
    await this.database.query(UPSERT, [id, name, role, hashOf(token)]);
    this.recent.forget();
  }

  async none(): Promise<boolean> {
    return (await this.database.query('SELECT 1 FROM access_tokens LIMIT 1')).length === 0;
  }

  /** Nobody waits for this, and nothing depends on it. */
  private noteUse(id: string): void {
    this.database.query(NOTE_USE, [id]).catch((error: unknown) => this.log.debug(String(error)));
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function sameHash(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
