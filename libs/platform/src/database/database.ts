import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import type { DataSource } from 'typeorm';
import { STATEMENT_LIMIT_MS } from './statement-limit';
import { isConflict, isUnavailable } from './unavailable';

/** A row as PostgreSQL gives it. */
export type Row = Record<string, unknown>;

/** The work of one transaction, and what is to happen once it is committed. */
export interface UnitOfWork {
  /** Runs a statement, prepared once per connection; `values` are its $1, $2, … */
  query<R = Row>(text: string, values?: unknown[]): Promise<R[]>;
  /** Runs after the commit, never after a rollback. Must not throw. */
  onCommit(hook: () => void): void;
}

/** Those who name the same thing take their turns: the next begins when this one's transaction has ended. */
export async function takeTurn(uow: Pick<UnitOfWork, 'query'>, name: string): Promise<void> {
  await uow.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}

/**
 * A statement that has not been answered after this long never will be, in milliseconds: PostgreSQL ends it sooner. The
 * connection has died without a word.
 */
const ANSWER_WITHIN_MS = STATEMENT_LIMIT_MS + 5_000;
/** How often what PostgreSQL ended for being in another's way is tried, in all. */
const CONFLICT_TRIES = 5;

/** Statement texts are finite (values are always parameters), so each gets a name and is parsed once per connection. */
const statementNames = new Map<string, string>();

function statementName(text: string): string {
  let name = statementNames.get(text);
  if (name === undefined) {
    name = `fw_${statementNames.size + 1}`;
    statementNames.set(text, name);
  }
  return name;
}

/** The service's database: prepared statements on the connections that TypeORM keeps. */
@Injectable()
export class Database {
  protected readonly answerWithinMs: number = ANSWER_WITHIN_MS;
  private readonly pool: Pool;

  constructor(@InjectDataSource() dataSource: DataSource) {
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
    // Whoever uses a connection hears of its end from its statement; an end that nobody listens to would end the process.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Runs one statement in a transaction of its own; after a deadlock it is run again. */
  query<R = Row>(text: string, values: unknown[] = []): Promise<R[]> {
    return despiteConflicts(() => this.run<R>(this.pool, text, values));
  }

  /** Runs `work` in one transaction; after a deadlock or serialization failure it is run again, whole. */
  async transaction<T>(work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
    const { outcome, hooks } = await despiteConflicts(() => this.once(work));
    for (const hook of hooks) hook();
    return outcome;
  }

  private async once<T>(work: (uow: UnitOfWork) => Promise<T>): Promise<{ outcome: T; hooks: (() => void)[] }> {
    const hooks: (() => void)[] = [];
    const client = await this.pool.connect();
    let broken: Error | undefined;
    // The pool does not listen to a connection in use: one that breaks between two statements would end the process.
    const onError = (error: Error): void => void (broken = error);
    client.on('error', onError);
    try {
      await this.say(client, 'BEGIN');
      const outcome = await work({
        query: (text, values = []) => this.run(client, text, values),
        onCommit: (hook) => hooks.push(hook),
      });
      await this.say(client, 'COMMIT');
      return { outcome, hooks };
    } catch (error) {
      // A connection on which even the rollback fails is not given back, nor one whose server does not answer or cannot write:
      // another may lead to one that can. The first error is the one that tells.
      if (isUnavailable(error)) broken = error as Error;
      else await this.say(client, 'ROLLBACK').catch((second: Error) => (broken = second));
      throw error;
    } finally {
      client.release(broken);
      client.removeListener('error', onError);
    }
  }

  private async run<R>(connection: Pool | PoolClient, text: string, values: unknown[]): Promise<R[]> {
    const statement = { name: statementName(text), text, values, query_timeout: this.answerWithinMs };
    const result = await connection.query(statement);
    return result.rows as R[];
  }

  private async say(client: PoolClient, text: string): Promise<void> {
    await client.query({ text, query_timeout: this.answerWithinMs } as QueryConfig);
  }
}

async function despiteConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || tried >= CONFLICT_TRIES) throw error;
    }
  }
}
