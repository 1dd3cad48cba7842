import { MOST_GRAPH_NODES, type ItemStatus, type readGraph, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { Database, pageOfRows } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { itemsOfBranch } from '../graph/items-of-branch';
import { cursorOf, parseCursor } from './backlog.cursor';
import { BacklogReader, countsOf } from './backlog.reader';
import { ITEM_COLUMNS, type ItemRow } from './backlog-rows';

const NODES = `
  SELECT ${ITEM_COLUMNS} FROM items
  WHERE plan_id = $1 AND ${itemsOfBranch('$2')}
    AND ($3::text IS NULL OR (items.place COLLATE "C" >= $3 AND items.place COLLATE "C" < $3 || '/'))
    AND ($4::text IS NULL OR (items.place COLLATE "C", items.id) > ($4, $5::text))
  ORDER BY items.place COLLATE "C", items.id LIMIT $6`;
const EDGES = `SELECT item_id, depends_on FROM dependencies WHERE item_id = ANY($1::text[]) ORDER BY item_id, depends_on`;
/** The chapter is the second part of a place that begins with 4. */
const SUMMARY = `
  SELECT CASE WHEN place LIKE '4.%' THEN split_part(place, '.', 2)::int ELSE 0 END AS chapter, status,
    count(*)::int AS count
  FROM items WHERE plan_id = $1 AND ${itemsOfBranch('$2')} GROUP BY 1, 2 ORDER BY 1`;

const IS_LARGE = `SELECT 1 FROM items WHERE plan_id = $1 AND ${itemsOfBranch('$2')} OFFSET ${MOST_GRAPH_NODES} LIMIT 1`;

type Query = RequestOf<typeof readGraph>;
type Graph = ReplyOf<typeof readGraph>;

/** Reads the plan graph itself: nodes and edges, or, when there are too many to be looked at, how many in each chapter. */
@Injectable()
export class GraphReader {
  constructor(
    private readonly database: Database,
    private readonly backlog: BacklogReader,
  ) {}

  async read(query: Query): Promise<Graph> {
    await this.backlog.plan(query.planId, query.branch);
    return (await this.viewOf(query)) === 'chapters' ? this.chapters(query) : this.nodes(query);
  }

  private async viewOf({ view, planId, branch, cursor, limit, chapter }: Query): Promise<Graph['view']> {
    if (view !== 'auto') return view;
    const isPart = cursor !== undefined || limit !== undefined || chapter !== undefined;
    if (isPart) return 'nodes';
    return (await this.database.query(IS_LARGE, [planId, branch])).length > 0 ? 'chapters' : 'nodes';
  }

  private async nodes(query: Query): Promise<Graph> {
    const { planId, branch, chapter, limit = MOST_GRAPH_NODES } = query;
    const [place, id] = parseCursor('graph', query.cursor);
    const within = chapter === undefined ? null : `4.${String(chapter).padStart(4, '0')}`;
    const rows = await this.database.query<ItemRow>(NODES, [planId, branch, within, place, id, limit + 1]);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => cursorOf('graph', last));
    const edges = await this.database.query<{ item_id: string; depends_on: string }>(EDGES, [
      page.map((row) => row.id),
    ]);
    return {
      view: 'nodes',
      nodes: page.map((row) => ({
        itemId: row.id,
        phase: row.phase,
        target: row.target,
        status: row.status,
        pending: row.pending,
      })),
      edges: edges.map((edge) => ({ from: edge.item_id, to: edge.depends_on })),
      chapters: [],
      nextCursor,
    };
  }

  private async chapters({ planId, branch }: Query): Promise<Graph> {
    const rows = await this.database.query<{ chapter: number; status: ItemStatus; count: number }>(SUMMARY, [
      planId,
      branch,
    ]);
    const chapters = [...new Set(rows.map((row) => row.chapter))];
    return {
      view: 'chapters',
      nodes: [],
      edges: [],
      chapters: chapters.map((chapter) => ({
        chapter,
        counts: countsOf(rows.filter((row) => row.chapter === chapter)),
      })),
      nextCursor: null,
    };
  }
}
