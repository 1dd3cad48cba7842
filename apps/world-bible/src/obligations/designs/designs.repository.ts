import { jobName, type fileDesign, type RequestOf } from '@fiction/contracts';
import { Clock, Database } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { nameKey } from '../../names/name-key';
import { ObligationStates } from '../life/obligation-states';
import { SharedWith } from '../shared-with';

type Filing = RequestOf<typeof fileDesign>;

const FILE = `
  INSERT INTO designs
    (plan_id, branch, chapter, revision, chapters, scenes_per_chapter, overdue_scenes, overdue_hours, filed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING 1`;
const FILE_OBLIGATIONS = `
  INSERT INTO design_obligations (plan_id, branch, chapter, revision, event, position, key, text, filed_at)
  SELECT $1, $2, $3, $4, o.*, $9 FROM unnest($5::text[], $6::int[], $7::text[], $8::text[]) AS o`;
/** Also those of designs that this one replaces, and those that waited for the shape of the book to be known. */
const KEYS = `
  SELECT DISTINCT key FROM design_obligations WHERE plan_id = $1 AND branch = ANY($2::text[]) AND chapter = $3
  UNION SELECT key FROM obligation_states WHERE plan_id = $1 AND branch = ($2::text[])[1] AND due_source IS NULL`;

/** Files what the designs of chapters plant and pay off; a design's revision once. */
@Injectable()
export class DesignsRepository {
  constructor(
    private readonly database: Database,
    private readonly states: ObligationStates,
    private readonly sharedWith: SharedWith,
    private readonly clock: Clock,
  ) {}

  async file(filing: Filing): Promise<void> {
    const { planId, branch, chapter, revision, chapters, scenesPerChapter, terms } = filing;
    const now = this.clock.now();
    const rows = [
      ...filing.plants.map((text, position) => ({ event: 'plants', position, text })),
      ...filing.payoffs.map((text, position) => ({ event: 'pays', position, text })),
    ];
    await this.database.transaction(async (uow) => {
      const of = [planId, branch, chapter, revision];
      const head = [...of, chapters, scenesPerChapter, terms.scenes, terms.hours, now];
      if ((await uow.query(FILE, head)).length === 0) return;
      await uow.query(FILE_OBLIGATIONS, [
        ...of,
        rows.map((row) => row.event),
        rows.map((row) => row.position),
        rows.map((row) => nameKey(row.text)),
        rows.map((row) => row.text),
        now,
      ]);
      const runId = jobName('blueprint', `${planId}:${chapter}`, branch);
      for (const lineage of await this.sharedWith.lineages(uow, planId, branch, runId)) {
        const keys = await uow.query<{ key: string }>(KEYS, [planId, lineage, chapter]);
        await this.states.settle(
          uow,
          planId,
          lineage,
          keys.map(({ key }) => key),
        );
      }
    });
  }
}
