import type { DraftVersion, ObligationView, Phase, SceneView, SettledBrief } from '@fiction/contracts';

/** A chapter's place in the book and what its scroll says of it; `undefined`: it has no scroll yet. */
export interface ChapterPart {
  kind: 'chapter';
  index: number;
  title: string | undefined;
  synopsis: string | undefined;
}

export interface SectionPart {
  kind: 'section';
  title: string;
}

/** A scene and its accepted prose; `null`: it is not written yet. */
export interface ScenePart {
  kind: 'scene';
  scene: SceneView;
  draft: DraftVersion | null;
  /** What was written of it and not accepted, or not any more, oldest first; empty where the reader has not asked for it. */
  otherDrafts: DraftVersion[];
}

/** A book in reading order, part by part, so that nobody ever holds the whole of it. */
export type BookPart =
  | { kind: 'opening'; planId: string; branch: string; brief: SettledBrief }
  | ChapterPart
  | SectionPart
  | ScenePart
  | { kind: 'closing'; colophon: Colophon; complete: boolean; owed: Owing[] };

/** What the book still owes its reader, in the order in which it was planted; no ids. */
export type Owing = Pick<ObligationView, 'kind' | 'text' | 'planted' | 'due'>;

/** Who made one kind of part. */
export interface Credit {
  work: Phase;
  provider: string;
  model: string;
  /** How many scenes; absent for the phases before them. */
  scenes?: number;
}

/** Who made the book. */
export interface Colophon {
  credits: Credit[];
  /** What the reader must know of it: that it is a rehearsal. */
  notice: string | null;
}
