import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool, PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { isConflict } from './connection-loss';

/** A row as PostgreSQL gives it. */
export type Row = Record<string, unknown>;

/** The work of one transaction: plain SQL, TypeORM's manager, and what is to happen once it is committed. */
export interface UnitOfWork {
  /** Runs a statement, prepared once per connection; `values` are its $1, $2, … */
  query<R = Row>(text: string, values?: unknown[]): Promise<R[]>;
  readonly manager: EntityManager;
  /** Runs after the commit, never after a rollback. Must not throw. */
  onCommit(hook: () => void): void;
}

/** How often a transaction that PostgreSQL ended for being in another's way is tried again. */
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

/** The service's database, for statements where an ORM would be in the way. */
@Injectable()
export class Database {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Runs one statement in a transaction of its own. */
  async query<R = Row>(text: string, values: unknown[] = []): Promise<R[]> {
    const pool = (this.dataSource.driver as unknown as { master: Pool }).master;
    const result = await pool.query({ name: statementName(text), text, values });
    return result.rows as R[];
  }

  /** Runs `work` in one transaction; after a deadlock or serialization failure it is run again, whole. */
  async transaction<T>(work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        if (!isConflict(error) || tried >= CONFLICT_TRIES) throw error;
      }
    }
  }

  private async once<T>(work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const hooks: (() => void)[] = [];
    try {
      const client = (await runner.connect()) as PoolClient;
      await runner.startTransaction();
      const outcome = await work({
        query: async <R>(text: string, values: unknown[] = []) =>
          (await client.query({ name: statementName(text), text, values })).rows as R[],
        manager: runner.manager,
        onCommit: (hook) => hooks.push(hook),
      });
      await runner.commitTransaction();
      for (const hook of hooks) hook();
      return outcome;
    } catch (error) {
      // The rollback of a lost connection fails as well; the first error is the one that tells.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch((second: unknown) => void second);
      throw error;
    } finally {
      await runner.release();
    }
  }
}
