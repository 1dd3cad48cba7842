import { Database } from '@fiction/platform';
import { Injectable, Logger } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { TokenInvalidError } from '../access/access.errors';
import type { CallerIdentity } from '../access/caller';
import { RecentCallers } from './recent-callers';
import type { Role } from '../access/roles';
import { hashOf } from './token-secret';

const RECENT_MS = 3_000;
const RECENT_CAPACITY = 1_000;

const FIND = `
  SELECT id, name, role, token_hash, expires_at,
    last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS use_is_news
  FROM access_tokens
  WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;
const NOTE_USE = `UPDATE access_tokens SET last_used_at = now() WHERE id = $1`;
/** What was revoked keeps its record, under another id: it stays revoked when somebody comes back to it. */
const SET_ASIDE = `
  UPDATE access_tokens SET id = id || '-' || position
  WHERE id = $1 AND revoked_at IS NOT NULL AND token_hash <> $2`;
const KNOWN = `SELECT revoked_at IS NULL AS good FROM access_tokens WHERE token_hash = $1`;
const UPSERT = `
  INSERT INTO access_tokens (id, name, role, token_hash) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, role = excluded.role`;

interface TokenRow {
  id: string;
  name: string;
  role: Role;
  token_hash: string;
  expires_at: Date | null;
  use_is_news: boolean;
}

/** Who may come in. Tokens are 256 random bits; only their SHA-256 is kept, so the table opens no door. */
@Injectable()
export class AccessTokens {
  private readonly log = new Logger(AccessTokens.name);
  private readonly recent = new RecentCallers(RECENT_MS, RECENT_CAPACITY);
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly database: Database) {}

  /** Whose token this is. @throws TokenInvalidError when it is unknown, expired or revoked. */
  async authenticate(token: string): Promise<CallerIdentity> {
    const hash = hashOf(token);
    const recent = this.recent.get(hash);
    if (recent !== undefined) return recent;
    const { era } = this.recent;
    const [row] = await this.database.query<TokenRow>(FIND, [hash]);
    if (row === undefined || !sameHash(row.token_hash, hash)) throw new TokenInvalidError();
    const caller = { tokenId: row.id, name: row.name, role: row.role, expiresAt: row.expires_at };
    this.recent.set(hash, caller, row.expires_at, era);
    if (row.use_is_news) this.noteUse(row.id);
    return caller;
  }

  /**
   * Makes `token` the one token of the record `id`; what it was before is good no longer. One that was revoked, or has a
   * record of its own, stays what it is. False: it is not good.
   */
  async enthrone(id: string, name: string, role: Role, token: string): Promise<boolean> {
    const hash = hashOf(token);
    const good = await this.database.transaction(async (uow) => {
      await uow.query(SET_ASIDE, [id, hash]);
      const [known] = await uow.query<{ good: boolean }>(KNOWN, [hash]);
      if (known !== undefined) return known.good;
      await uow.query(UPSERT, [id, name, role, hash]);
      return true;
    });
    this.forget();
    return good;
  }

  async none(): Promise<boolean> {
    return (await this.database.query('SELECT 1 FROM access_tokens LIMIT 1')).length === 0;
  }

  /** Looks at every token anew: one of them is good no longer. */
  forget(): void {
    this.recent.forget();
    for (const listener of this.listeners) listener();
  }

  /** `listener` is told when a token may have been revoked here. Must not throw. */
  onForget(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Nobody waits for this, and nothing depends on it. */
  private noteUse(id: string): void {
    this.database.query(NOTE_USE, [id]).catch((error: unknown) => this.log.debug(String(error)));
  }
}

function sameHash(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
