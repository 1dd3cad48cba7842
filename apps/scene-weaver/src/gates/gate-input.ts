import type { SceneDesign } from '@fiction/contracts';

/** A fact of the world bible that no scene may contradict. */
export interface LockedFact {
  /** Name of the bible entry the fact belongs to. */
  entry: string;
  /** The fact in one sentence, best as "X is Y" or "X has Y". */
  statement: string;
  /** Phrases that must not appear in the prose at all, whoever says them. */
  forbids?: readonly string[];
  /** The writer has said that this scene contradicts it on purpose. */
  waived?: boolean;
}

/** What is true, or will be, and the point-of-view person has not learned. */
export type UnlearnedFact = Pick<LockedFact, 'entry' | 'statement'>;

/** What the gates know about the book as a whole. */
export interface GateBook {
  pov: 'first' | 'third-limited' | 'third-omniscient';
  tense: 'past' | 'present';
  /** BCP 47 language tag of the prose. */
  language: string;
}

/** Everything the gates look at; they read nothing else. */
export interface GateInput {
  prose: string;
  scene: SceneDesign;
  book: GateBook;
  /** Length the scene was asked for, in words. */
  targetWords: number;
  /** Names and aliases of bible entries, cast and places, and the names of the brief's premise. */
  knownNames: readonly string[];
  lockedFacts: readonly LockedFact[];
  notKnown: readonly UnlearnedFact[];
  /** Passages the scene must not copy, such as the end of the scene before it. */
  otherPassages?: readonly string[];
}
