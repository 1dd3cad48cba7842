import { MOST_GRAPH_NODES } from '@fiction/contracts';
import { PlannerFixture } from '../testing/planner-fixture';
import { GraphReader } from './graph.reader';

let fixture: PlannerFixture;
let planId: string;
beforeAll(async () => {
  fixture = await PlannerFixture.start();
  planId = await fixture.createPlan();
});
afterAll(() => fixture.stop());

const read = (given: { view?: 'nodes' | 'chapters'; limit?: number; chapter?: number; cursor?: string } = {}) =>
  fixture.get(GraphReader).read({ planId, branch: 'main', view: 'auto', ...given });
const nodes = async (): Promise<number> =>
  (await fixture.query<{ count: number }>('SELECT count(*)::int FROM items WHERE plan_id = $1', [planId]))[0]!.count;

/** Scenes of many chapters, as the graph of a long book has them. */
async function growTo(wanted: number): Promise<void> {
  await fixture.query(
    `INSERT INTO items (id, plan_id, branch, phase, target, run_id, status, pending)
     SELECT 'item:' || n, $1, 'main', 'scene', jsonb_build_object('chapter', 1 + n / 50, 'scene', 1 + n % 50, 'sceneId', n::text),
       'fiction:scene:' || n, 'pending', 1
     FROM generate_series($2::int, $3::int) AS n`,
    [planId, await nodes(), wanted - 1],
  );
}

it('shows nodes up to the limit, and beyond it chapters, unless a part is asked for', async () => {
  await growTo(MOST_GRAPH_NODES);
  const whole = await read();
  expect(whole).toMatchObject({ view: 'nodes', chapters: [], nextCursor: null });
  expect(whole.nodes).toHaveLength(MOST_GRAPH_NODES);

  await growTo(MOST_GRAPH_NODES + 1);
  const summary = await read();
  expect(summary).toMatchObject({ view: 'chapters', nodes: [], edges: [], nextCursor: null });
  const counted = summary.chapters
    .flatMap(({ counts }) => Object.values(counts))
    .reduce((sum, count) => sum + count, 0);
  expect(counted).toBe(MOST_GRAPH_NODES + 1);
  expect(await read({ view: 'chapters' })).toEqual(summary);

  const page = await read({ limit: 100 });
  expect(page).toMatchObject({ view: 'nodes', chapters: [], nextCursor: expect.any(String) });
  expect(page.nodes).toHaveLength(100);
  expect((await read({ cursor: page.nextCursor! })).view).toBe('nodes');
  const chapter = await read({ chapter: 3 });
  expect(chapter.view).toBe('nodes');
  expect(new Set(chapter.nodes.map(({ target }) => target.chapter))).toEqual(new Set([3]));
  expect((await read({ view: 'nodes' })).nodes).toHaveLength(MOST_GRAPH_NODES);
});
