import type { AskedBy, ObligationKind, ObligationStatus, ObligationTurn } from '@fiction/contracts';
import { createHash } from 'node:crypto';
import { comparePlaces, type Place } from '../../bible/story-time';
import { AUTHOR } from '../../personas/persona-id';
import { endOf, placeAt, placeOrdinal, type Book } from './book';

/** Something that happened to an obligation, as one of the history tables has it. */
export interface Turn {
  by: ObligationTurn['by'];
  event: ObligationTurn['event'];
  /** Where in the story; a chapter's design has scene 0 for what it plants, and its last for what it pays off. */
  place: Place | null;
  at: Date;
  branch: string;
  sceneId: string | null;
  kind: ObligationKind | null;
  text: string | null;
  personaKey: string | null;
  persona: string | null;
  due: Place | null;
  note: string | null;
  actor: string | null;
  source: AskedBy['source'] | null;
  itemId: string | null;
  actionId: string | null;
}

/** How an obligation stands after all its turns. */
export interface Standing {
  status: ObligationStatus;
  kind: ObligationKind;
  text: string;
  personaKeys: string[];
  personas: string[];
  /** Where it was planted first, and where last. */
  planted: Place;
  lastPlanted: Place;
  sceneId: string | null;
  due: Place | null;
  dueSource: 'person' | 'blueprint' | 'default' | 'end' | null;
  openSince: Date | null;
  changedAt: Date;
}

/** The same words are the same obligation, on every branch. */
export function obligationIdOf(planId: string, key: string): string {
  return `obligation-${createHash('sha256').update(`${planId}\n${key}`).digest('hex').slice(0, 24)}`;
}

/**
 * Where an obligation stands. Scenes plant and keep it by their place in the story, whatever the order in which they were
 * written. What a person says goes before: what a person has closed stays closed until a person reopens it, and what a
 * person has reopened is kept only by a scene that is filed after that. Undefined: nothing plants it.
 * @param turns those of people in the order in which they were said
 */
export function standingOf(turns: readonly Turn[], book: Book | undefined): Standing | undefined {
  const plantings = turns.filter((turn) => turn.event === 'planted').sort(byPlace);
  const first = plantings[0];
  const last = plantings.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const word = turns.filter(({ by, event }) => by === 'person' && WORDS.has(event)).at(-1);
  const reopened = turns.filter(({ event }) => event === 'reopened').at(-1);
  const kept = turns.some(
    ({ by, event, place, at }) =>
      by !== 'person' &&
      event === 'resolved' &&
      comparePlaces(place!, last.place!) >= 0 &&
      (reopened === undefined || at > reopened.at),
  );
  const status = word?.event === 'resolved' || word?.event === 'dismissed' ? word.event : kept ? 'resolved' : 'open';
  const owners = plantings.filter(({ personaKey }) => personaKey !== null);
  const people = owners.some(({ personaKey }) => personaKey !== AUTHOR)
    ? owners.filter(({ personaKey }) => personaKey !== AUTHOR)
    : owners;
  return {
    status,
    kind: plantings.find(({ kind }) => kind !== null)?.kind ?? 'promise',
    text: first.text ?? '',
    personaKeys: unique(people.map(({ personaKey }) => personaKey!)),
    personas: unique(people.map(({ persona }) => persona!)),
    planted: first.place!,
    lastPlanted: last.place!,
    sceneId: plantings.find(({ sceneId }) => sceneId !== null)?.sceneId ?? null,
    ...dueOf(turns, last, book),
    openSince: status === 'open' ? (reopened?.at ?? last.at) : null,
    changedAt: new Date(Math.max(...turns.map(({ at }) => at.getTime()))),
  };
}

const WORDS = new Set<Turn['event']>(['resolved', 'dismissed', 'reopened']);

/** What a person has set, else the chapter whose design pays it off, else so many scenes after it was planted. */
function dueOf(turns: readonly Turn[], last: Turn, book: Book | undefined): Pick<Standing, 'due' | 'dueSource'> {
  const set = turns.findLast(({ by, due }) => by === 'person' && due !== null);
  if (set !== undefined) return { due: set.due, dueSource: 'person' };
  const from = last.place!.chapter + (last.by === 'blueprint' ? 1 : 0);
  const [scheduled] = turns.filter(({ event, place }) => event === 'scheduled' && place!.chapter >= from).sort(byPlace);
  if (scheduled !== undefined) return { due: scheduled.place, dueSource: 'blueprint' };
  if (book === undefined) return { due: null, dueSource: null };
  // What a design plants is shown somewhere in its chapter: by its end.
  const shown = last.by === 'blueprint' ? { ...last.place!, scene: book.scenesPerChapter } : last.place!;
  const ordinal = placeOrdinal(shown, book) + book.terms.scenes;
  const end = endOf(book);
  return ordinal > placeOrdinal(end, book)
    ? { due: end, dueSource: 'end' }
    : { due: placeAt(ordinal, book), dueSource: 'default' };
}

function byPlace(a: Turn, b: Turn): number {
  return comparePlaces(a.place!, b.place!) || a.at.getTime() - b.at.getTime();
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
