import { jobName, type fileDesign, type RequestOf } from '@fiction/contracts';
import { Batcher, Clock, Database, type UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { nameKey } from '../../names/name-key';
import { ObligationStates } from '../life/obligation-states';
import { SharedWith } from '../shared-with';

type Filing = RequestOf<typeof fileDesign>;

/** Answers the chapters whose designs were not filed before. */
const FILE = `
  INSERT INTO designs
    (plan_id, branch, chapter, revision, chapters, scenes_per_chapter, overdue_scenes, overdue_hours, filed_at)
  SELECT $1, $2, d.*, $9
  FROM unnest($3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::float8[]) AS d
  ON CONFLICT DO NOTHING RETURNING chapter, revision`;
const FILE_OBLIGATIONS = `
  INSERT INTO design_obligations (plan_id, branch, chapter, revision, event, position, key, text, filed_at)
  SELECT $1, $2, o.*, $9
  FROM unnest($3::int[], $4::int[], $5::text[], $6::int[], $7::text[], $8::text[]) AS o`;
/** Also those of designs that these replace, and those that waited for the shape of the book to be known. */
const KEYS = `
  SELECT DISTINCT key FROM design_obligations WHERE plan_id = $1 AND branch = ANY($2::text[]) AND chapter = ANY($3::int[])
  UNION SELECT key FROM obligation_states WHERE plan_id = $1 AND branch = ($2::text[])[1] AND due_source IS NULL`;

/**
 * Files what the designs of chapters plant and pay off; a design's revision once. The chapters of a book come in many at a
 * time, and each would wait for its turn: what waits is filed together.
 */
@Injectable()
export class DesignsRepository {
  private readonly batcher = new Batcher<Filing, void>((filings) => Promise.resolve(this.fileEach(filings)));

  constructor(
    private readonly database: Database,
    private readonly states: ObligationStates,
    private readonly sharedWith: SharedWith,
    private readonly clock: Clock,
  ) {}

  file(filing: Filing): Promise<void> {
    return this.batcher.add(filing);
  }

  /** One transaction for each branch: a branch that is not known yet is no trouble of the others. */
  private fileEach(filings: Filing[]): Promise<void>[] {
    const branches = new Map<string, Promise<void>>();
    return filings.map(({ planId, branch }) => {
      const key = JSON.stringify([planId, branch]);
      const of = filings.filter((other) => other.planId === planId && other.branch === branch);
      const filed = branches.get(key) ?? this.fileTogether(planId, branch, of);
      branches.set(key, filed);
      return filed;
    });
  }

  private async fileTogether(planId: string, branch: string, filings: Filing[]): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (uow) => {
      const filed = await uow.query<{ chapter: number; revision: number }>(FILE, [
        planId,
        branch,
        filings.map((one) => one.chapter),
        filings.map((one) => one.revision),
        filings.map((one) => one.chapters),
        filings.map((one) => one.scenesPerChapter),
        filings.map((one) => one.terms.scenes),
        filings.map((one) => one.terms.hours),
        now,
      ]);
      if (filed.length === 0) return;
      const fresh = filed.map(({ chapter, revision }) =>
        filings.find((one) => one.chapter === chapter && one.revision === revision)!,
      );
      const rows = fresh.flatMap(obligationsOf);
      await uow.query(FILE_OBLIGATIONS, [
        planId,
        branch,
        rows.map((row) => row.chapter),
        rows.map((row) => row.revision),
        rows.map((row) => row.event),
        rows.map((row) => row.position),
        rows.map((row) => nameKey(row.text)),
        rows.map((row) => row.text),
        now,
      ]);
      await this.settle(uow, planId, branch, fresh);
    });
  }

  private async settle(uow: UnitOfWork, planId: string, branch: string, fresh: Filing[]): Promise<void> {
    const concerned = new Map<string, { lineage: Lineage; chapters: number[] }>();
    for (const { chapter } of fresh) {
      const runId = jobName('blueprint', `${planId}:${chapter}`, branch);
      for (const lineage of await this.sharedWith.lineages(uow, planId, branch, runId)) {
        const one = concerned.get(lineage[0]) ?? { lineage, chapters: [] };
        one.chapters.push(chapter);
        concerned.set(lineage[0], one);
      }
    }
    for (const { lineage, chapters } of concerned.values()) {
      const keys = await uow.query<{ key: string }>(KEYS, [planId, lineage, chapters]);
      await this.states.settle(
        uow,
        planId,
        lineage,
        keys.map(({ key }) => key),
      );
    }
  }
}

function obligationsOf({ chapter, revision, plants, payoffs }: Filing) {
  const of = { chapter, revision };
  return [
    ...plants.map((text, position) => ({ ...of, event: 'plants', position, text })),
    ...payoffs.map((text, position) => ({ ...of, event: 'pays', position, text })),
  ];
}
