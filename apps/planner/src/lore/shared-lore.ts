import { Database, ReadTogether } from '@fiction/platform';
import { sharedOrOwn } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';

type OfBranch = readonly [planId: string, branch: string];

const IDS = `
  SELECT DISTINCT requirement_id, chapter FROM lore_needs
  WHERE plan_id = $1 AND ${sharedOrOwn('lore_needs', '$2')} AND kind = 'entry' AND scene IS NULL
    AND (chapter IS NULL OR chapter = ANY($3::int[]))
  ORDER BY requirement_id`;

/** The lore that all scenes of a chapter may rely on: the book's and the chapter's. */
@Injectable()
export class SharedLore {
  private readonly reads = new ReadTogether((of: OfBranch, chapters: number[]) => this.read(of, chapters));

  constructor(private readonly database: Database) {}

  /** Requirement ids, in their order; read with one statement for all chapters that are begun together. */
  async ids(planId: string, branch: string, chapter: number): Promise<string[]> {
    return (await this.reads.get([planId, branch], chapter)) ?? [];
  }

  private async read([planId, branch]: OfBranch, chapters: number[]): Promise<Map<number, string[]>> {
    const rows = await this.database.query<{ requirement_id: string; chapter: number | null }>(IDS, [
      planId,
      branch,
      chapters,
    ]);
    const idsOf = (chapter: number): string[] => {
      const own = rows.filter((row) => row.chapter === null || row.chapter === chapter);
      return [...new Set(own.map((row) => row.requirement_id))];
    };
    return new Map(chapters.map((chapter) => [chapter, idsOf(chapter)]));
  }
}
