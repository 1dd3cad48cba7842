import type { Database, UnitOfWork } from '@fiction/platform';

/** A node of a plan, as PostgreSQL explains it. */
interface PlanNode {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  Plans?: PlanNode[];
}

/**
 * Has PostgreSQL tell how it goes about statements, in the place of a database or of a unit of work. Each is carried out, so
 * changes are made; but nobody gets a row.
 */
export class ExplainedQueries {
  /** Rows that the parts of all plans have handed on, or looked at and put aside. */
  rowsRead = 0;

  constructor(private readonly database: Pick<Database, 'query'>) {}

  async query<R>(text: string, values: unknown[] = []): Promise<R[]> {
    const explained = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`;
    const [row] = await this.database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(explained, values);
    this.rowsRead += rowsOf(row!['QUERY PLAN'][0].Plan);
    return [];
  }

  asDatabase(): Database {
    return this as unknown as Database;
  }

  asUnitOfWork(): UnitOfWork {
    return { query: (text, values) => this.query(text, values), onCommit: () => undefined };
  }
}

/** PostgreSQL gives them as averages of a loop. */
function rowsOf(node: PlanNode): number {
  const once = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Join Filter'] ?? 0);
  return once * node['Actual Loops'] + (node.Plans ?? []).reduce((sum, plan) => sum + rowsOf(plan), 0);
}
