import { BEFORE_THE_STORY, type StoryPoint } from '@fiction/contracts';
import type { IndexedEntry } from '../../bible/bible-entry';
import { comparePoints } from '../../bible/story-time';
import { searchableText } from '../../names/name-key';
import type { Candidate } from '../fit-budget';

/** What a scene is told at most that its narrator does not know. */
const MOST = 20;
/** A statement shorter than this says nothing that could be recognised. */
const SHORTEST = 8;

export interface Knowledge {
  /** All that the scene's world has. */
  entries: readonly IndexedEntry[];
  /** What the scene is about, the nearest first, with the facts that hold at its point. */
  chosen: readonly Candidate[];
  point: StoryPoint;
  /** The entry of the point-of-view person, who knows itself as it was before the story. */
  self: IndexedEntry | undefined;
  /** What the point-of-view person knows, and what others have learned. */
  memories: readonly string[];
  learnedByOthers: readonly string[];
}

interface Statement {
  entry: string;
  statement: string;
}

/**
 * What the point-of-view person has not learned, the most relevant first: of what the scene is about, facts that only
 * others have learned and facts that come true later; then what comes true later elsewhere.
 */
export function notKnown({ entries, chosen, point, self, memories, learnedByOthers }: Knowledge): Statement[] {
  const known = memories.map(searchableText);
  const others = learnedByOthers.map(searchableText);
  const holding = new Set(chosen.flatMap(({ facts }) => facts.map((fact) => searchableText(fact.statement))));
  const learned = chosen.flatMap(({ entry, facts }) =>
    facts
      .filter((fact) => isStated(fact.statement, others) && !(entry === self && fact.from === BEFORE_THE_STORY))
      .map((fact) => ({ entry, fact })),
  );
  const later = (of: readonly IndexedEntry[]) =>
    of.flatMap((entry) =>
      entry.facts
        .filter((fact) => comparePoints(fact.from, point) > 0 && !holding.has(searchableText(fact.statement)))
        .sort((a, b) => comparePoints(a.from, b.from))
        .map((fact) => ({ entry, fact })),
    );
  const near = chosen.map(({ entry }) => entry);
  const rest = entries.filter((entry) => !near.includes(entry));
  const told = new Set<string>();
  return [...learned, ...later(near), ...later(rest)]
    .filter(({ fact }) => fact.statement.length >= SHORTEST && !isStated(fact.statement, known))
    .filter(({ fact }) => !told.has(fact.statement) && told.add(fact.statement))
    .slice(0, MOST)
    .map(({ entry, fact }) => ({ entry: entry.name, statement: fact.statement }));
}

/** Whether one of the texts says it in so many words. */
function isStated(statement: string, texts: readonly string[]): boolean {
  const said = searchableText(statement);
  return texts.some((text) => text.includes(said));
}
