import { sceneItemIdOf, type ObligationTerms } from '@fiction/contracts';
import { comparePlaces, type Place } from '../../bible/story-time';
import type { Standing } from './obligation-life';

/** The shape of a book, as its designs tell it, and when its obligations are overdue. */
export interface Book {
  chapters: number;
  scenesPerChapter: number;
  terms: ObligationTerms;
}

/** The scenes of a branch that are written, by place, with the branch that has written each. */
export type Written = ReadonlyMap<string, string>;

/** Most items that an obligation names. */
const MOST_ITEMS = 20;

export const placeKey = ({ chapter, scene }: Place): string => `${chapter}.${scene}`;

/** The number of a scene in the book, from 1; scene 0 of a chapter is the last of the chapter before. */
export function placeOrdinal({ chapter, scene }: Place, { scenesPerChapter }: Pick<Book, 'scenesPerChapter'>): number {
  return chapter === 0 ? 0 : (chapter - 1) * scenesPerChapter + scene;
}

export function placeAt(ordinal: number, { scenesPerChapter }: Pick<Book, 'scenesPerChapter'>): Place {
  const before = Math.max(1, ordinal) - 1;
  return { chapter: Math.floor(before / scenesPerChapter) + 1, scene: (before % scenesPerChapter) + 1 };
}

export function endOf({ chapters, scenesPerChapter }: Book): Place {
  return { chapter: chapters, scene: scenesPerChapter };
}

export function isWritten(book: Book, written: Written): boolean {
  return written.size >= book.chapters * book.scenesPerChapter;
}

/**
 * Whether an open obligation is later than it should be: every scene from its planting to its due point is written, or it
 * is open for too long. What is due at the end of the book alone is overdue by hours alone: the end has an alert of its own.
 */
export function isOverdue(
  { status, due, dueSource, lastPlanted, openSince }: Omit<Standing, 'changedAt' | 'personaKeys' | 'personas'>,
  book: Book | undefined,
  written: Written,
  now: Date,
): boolean {
  if (status !== 'open') return false;
  if (book === undefined) return false;
  if (openSince !== null && openSince.getTime() + book.terms.hours * 3_600_000 <= now.getTime()) return true;
  if (due === null || dueSource === 'end') return false;
  const to = placeOrdinal(due, book);
  const from = Math.min(placeOrdinal(lastPlanted, book), to - 1);
  for (let ordinal = from + 1; ordinal <= to; ordinal += 1) {
    if (!written.has(placeKey(placeAt(ordinal, book)))) return false;
  }
  return true;
}

/** The items that should pay an obligation off: the scenes of the chapter that is to; failing one, those yet to be written. */
export function payers(
  { status, due, dueSource, lastPlanted }: Pick<Standing, 'status' | 'due' | 'dueSource' | 'lastPlanted'>,
  of: { planId: string; branch: string; book: Book | undefined; written: Written },
): string[] {
  const { planId, branch, book, written } = of;
  if (status !== 'open' || book === undefined) return [];
  const scenesOf = (chapter: number): Place[] =>
    Array.from({ length: book.scenesPerChapter }, (_, index) => ({ chapter, scene: index + 1 }));
  let scenes: Place[];
  if (dueSource === 'blueprint' && due !== null) {
    scenes = scenesOf(due.chapter);
  } else {
    scenes = [];
    const last = placeOrdinal(endOf(book), book);
    for (let ordinal = placeOrdinal(lastPlanted, book) + 1; ordinal <= last; ordinal += 1) {
      const place = placeAt(ordinal, book);
      if (!written.has(placeKey(place))) scenes.push(place);
      if (scenes.length === MOST_ITEMS) break;
    }
    if (scenes.length === 0) scenes = scenesOf(book.chapters);
  }
  return scenes
    .sort(comparePlaces)
    .slice(0, 2 * MOST_ITEMS)
    .map((place) => sceneItemIdOf(planId, written.get(placeKey(place)) ?? branch, place.chapter, place.scene));
}
