import { ExplainedQueries, type ServiceUnderTest } from '@fiction/testing';
import { startWorldBible } from '../testing/bible-fixture';
import { characterPersona } from './drift-persona';
import { ScoresRepository } from './scores.repository';
import { StylesRepository } from './styles.repository';

const PLAN = 'long';
const LINEAGE = ['main'] as const;
const PERSONA = characterPersona('Ada Quill');
const KEY = 'ada quill';
const ON_BRANCH = { planId: PLAN, lineage: LINEAGE, persona: PERSONA };
const SCENES = 2_000;
const NEW = ['scene-11', 'scene-500', 'scene-1999'];
const UNSCORED = NEW.map((scene_id) => ({ scene_id, revision: 1, pov: 'Ada Quill', samples: [], threshold: 0.5 }));
/** What a row that is asked for may cost: read, compared with its revisions, joined, sorted. */
const MOST_READS = 12;

const TABLES = ['reflections', 'drift_styles', 'memories', 'drift_scores'];

type Asked = [what: string, rows: number, ask: () => Promise<unknown>];

let service: ServiceUnderTest;
let explained: ExplainedQueries;

/** Scenes that Ada Quill tells and remembers, as they are when they have been scored. */
async function fill(from: number, to: number): Promise<void> {
  const insert = (table: string, columns: string, values: string): Promise<unknown> =>
    service.query(
      `INSERT INTO ${table} (plan_id, branch, scene_id, revision, chapter, scene, ${columns})
       SELECT $1, $2, 'scene-' || n, 1, n / 25, n % 25, ${values} FROM generate_series($3::int, $4::int) AS n`,
      [PLAN, LINEAGE[0], from, to],
    );
  await insert('reflections', 'pov, body', `'Ada Quill', '{}'`);
  await insert('drift_styles', 'pov_persona, item_id, style', `'${PERSONA}', 'item', '{"english": true}'`);
  await insert('memories', 'position, persona_key, persona, text', `0, '${KEY}', 'Ada Quill', 'It rains.'`);
  const scores = 'persona, written_on, position, score, confidence, establishing, parts';
  await insert('drift_scores', scores, `'${PERSONA}', 'main', -1, 0.1, 1, false, '[]'`);
}

const styles = (): StylesRepository => service.replicas[0]!.get(StylesRepository, { strict: false });
const scores = (): ScoresRepository => service.replicas[0]!.get(ScoresRepository, { strict: false });

const LAST_SCORE: Asked = ['last score', 1, () => scores().drifts(explained.asUnitOfWork(), ON_BRANCH, 0.5, 0.45)];

describe.each(['nothing', 'the beginning', 'all'])('when PostgreSQL knows %s of a long book', (known) => {
  beforeAll(async () => {
    service = await startWorldBible();
    for (const table of TABLES) await service.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
    await fill(1, 60);
    if (known === 'the beginning') await service.query(`ANALYZE ${TABLES.join(', ')}`);
    await fill(61, SCENES);
    if (known === 'all') await service.query(`ANALYZE ${TABLES.join(', ')}`);
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    explained = new ExplainedQueries(service);
  });

  it.each<Asked>([
    ['first scenes', 5, () => styles().scenes(explained.asUnitOfWork(), PLAN, LINEAGE, PERSONA, 5)],
    ['new scenes', 3, () => styles().theScenes(explained.asUnitOfWork(), PLAN, LINEAGE, PERSONA, NEW)],
    ['memories of new scenes', 3, () => styles().memories(explained.asUnitOfWork(), PLAN, LINEAGE, PERSONA, NEW)],
    ['who remembers new scenes', 3, () => styles().rememberers(explained.asUnitOfWork(), PLAN, LINEAGE[0], UNSCORED)],
    // As long as it has counted nothing, PostgreSQL sorts them: all look as good as one.
    ...(known === 'nothing' ? [] : [LAST_SCORE]),
  ])('it reads no more than what is asked for: %s', async (_, asked, ask) => {
    await ask();
    expect(explained.rowsRead).toBeGreaterThan(0);
    expect(explained.rowsRead).toBeLessThanOrEqual(asked * MOST_READS);
  });
});
