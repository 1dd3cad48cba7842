import type { fileReflection, RequestOf } from '@fiction/contracts';
import type { Lineage } from '@fiction/runtime';
import type { JudgedChange } from '../deltas/judge-deltas';
import type { EntryMentions } from '../mentions/find-mentions';

export type Filing = RequestOf<typeof fileReflection>;

/** What a scene files, with what the bible makes of it. */
export interface PreparedFiling {
  /** With its people under the names by which they are known. */
  filing: Filing;
  /** What the scene has told, in its own words. */
  told: Filing['reflection'];
  /** Of the scene's branch. */
  lineage: Lineage;
  changes: readonly JudgedChange[];
  mentions: readonly EntryMentions[];
}

/** The first time that a scene of the first branch is filed: no version of it has counted anywhere before. */
export function isFirst({ filing, lineage }: PreparedFiling): boolean {
  return filing.revision === 1 && lineage.length === 1;
}
