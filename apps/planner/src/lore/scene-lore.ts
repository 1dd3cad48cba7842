import type { readSceneLore, ReplyOf } from '@fiction/contracts';
import { Database, ReadTogether } from '@fiction/platform';
import { sharedOrOwn } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';

type OfBranch = readonly [planId: string, branch: string];

interface NeedRow {
  requirement_id: string;
  /** Absent: the book's. */
  chapter: number | null;
  /** Absent: the chapter's. */
  scene: number | null;
}

const NEEDS = `
  SELECT DISTINCT requirement_id, chapter, scene FROM lore_needs
  WHERE plan_id = $1 AND ${sharedOrOwn('lore_needs', '$2')} AND kind = 'entry'
    AND (chapter IS NULL OR chapter = ANY($3::int[]))
  ORDER BY requirement_id`;

/**
 * The lore that scenes may rely on, as requirement ids in their order; read with one statement for all chapters and scenes that
 * are begun together. People may require more of it at any time.
 */
@Injectable()
export class SceneLore {
  private readonly reads = new ReadTogether((of: OfBranch, chapters: number[]) => this.read(of, chapters));

  constructor(private readonly database: Database) {}

  /** What all scenes of a chapter may rely on: the book's and the chapter's. */
  async sharedIn(planId: string, branch: string, chapter: number): Promise<string[]> {
    return idsOf(await this.needs(planId, branch, chapter), null);
  }

  /** The same, and what is a scene's own. */
  async ofScene(
    planId: string,
    branch: string,
    { chapter, scene }: { chapter: number; scene: number },
  ): Promise<ReplyOf<typeof readSceneLore>> {
    const needs = await this.needs(planId, branch, chapter);
    return { loreIds: idsOf(needs, scene), sharedLoreIds: idsOf(needs, null) };
  }

  private async needs(planId: string, branch: string, chapter: number): Promise<NeedRow[]> {
    return (await this.reads.get([planId, branch], chapter)) ?? [];
  }

  private async read([planId, branch]: OfBranch, chapters: number[]): Promise<Map<number, NeedRow[]>> {
    const rows = await this.database.query<NeedRow>(NEEDS, [planId, branch, chapters]);
    const of = (chapter: number): NeedRow[] => rows.filter((row) => row.chapter === null || row.chapter === chapter);
    return new Map(chapters.map((chapter) => [chapter, of(chapter)]));
  }
}

function idsOf(needs: readonly NeedRow[], scene: number | null): string[] {
  return [...new Set(needs.filter((row) => row.scene === scene).map((row) => row.requirement_id))];
}
