import { FALLBACK_CAST, GENRE_PLACES } from '../banks/genre-places';
import { REVELATIONS, type Grade, type Revelation } from '../banks/revelations';
import { SeededRandom } from '../language/seeded-random';
import { centralThing } from './central-thing';
import { clueOf, type Clue } from './clue';
import { genreKey, type GenreKey } from './genre';
import { minePremise, type MinedPremise } from './mine-premise';
import type { BookView } from './materials';
import { pronounsOf } from './people';

/** What a book is about, the same in every task of it, because it comes from the book alone. */
export interface Saga {
  seed: string;
  genre: GenreKey;
  mined: MinedPremise;
  /** The thing the book turns on, without article. */
  core: string;
  /** Other things of the premise, to be planted and paid off. */
  things: string[];
}

export interface CastView {
  name: string;
  role: string;
  baseline: string;
}

const sagas = new Map<string, Saga>();

export function sagaOf(book: BookView): Saga {
  const seed = `${book.title}\n${book.author}`;
  const key = `${seed}\n${book.genre.join()}\n${book.premise}`;
  const known = sagas.get(key);
  if (known !== undefined) return known;
  const genre = genreKey(book.genre);
  const mined = minePremise(book.premise);
  const core = centralThing(book.title, book.premise, genre, mined);
  const saga = { seed, genre, mined, core, things: plantable(mined.objects, core) };
  if (sagas.size >= 64) sagas.clear();
  sagas.set(key, saga);
  return saga;
}

const PORTABLE =
  /\b(?:ledger|key|map|letter|ring|book|knife|lamp|box|coin|mirror|photograph|compass|seed|tape|notebook|diary|journal|mask|needle|candle|jar|locket|bottle|chip|logbook|lens|chart|feather|glove|envelope|postcard|telegram|manuscript|scroll|tablet|flute|vial|crystal|shard|icon|medal|badge|stamp|deed|contract|register|recipe|cassette)$/;

/** Whether somebody can take a thing up and carry it off. */
export const isPortable = (object: string): boolean => PORTABLE.test(object);

/** What somebody can find and carry off; plural things and parts of the core would read oddly as clues. */
function plantable(objects: readonly string[], core: string): string[] {
  const noun = core.split(' ').at(-1)!;
  return objects.filter((object) => isPortable(object) && object.split(' ').at(-1) !== noun).slice(0, 4);
}

/** The brief's cast, then people the premise names; a book without either gets people of its genre. */
export function castOf(saga: Saga, cast: readonly CastView[]): CastView[] {
  const named = new Set(cast.flatMap((member) => [member.name, ...member.name.split(/\s+/)]));
  const fromPremise = saga.mined.people
    .filter((name) => !named.has(name) && !name.split(/\s+/).some((word) => named.has(word)))
    .map((name) => ({ name, role: 'character', baseline: 'speaks plainly' }));
  const all = [...cast, ...fromPremise].slice(0, 24);
  const fallback = fallbackCast(saga);
  if (all.length === 0) return fallback;
  return all.length === 1 ? [...all, ...fallback.slice(1).filter(({ name }) => !named.has(name))] : all;
}

/** People of the genre; where the premise is about a man, say, the first of them is one. */
function fallbackCast({ genre, mined }: Saga): CastView[] {
  const cast = FALLBACK_CAST[genre];
  const lead = mined.lead === undefined ? 0 : cast.findIndex(([name]) => pronounsOf(name, '').he === mined.lead);
  const names = cast.map(([name]) => name);
  if (lead > 0) [names[0], names[lead]] = [names[lead]!, names[0]!];
  return cast.map(([, role, baseline], index) => ({ name: names[index]!, role, baseline }));
}

const MOST_PLACES = 12;
const NAMED_ENOUGH = 3;

/** Places of the premise first, the genre's after them; where the premise has enough, no more than it has itself. */
export function placesOf(saga: Saga, cast: readonly string[] = []): string[] {
  const people = new Set(cast.flatMap((name) => [name, ...name.split(/\s+/)]));
  const named = saga.mined.places.filter((place) => !people.has(place));
  const own = new SeededRandom(`places ${saga.seed}`).shuffled(GENRE_PLACES[saga.genre]);
  const nouns = new Set(named.map((place) => place.split(' ').at(-1)!.toLowerCase()));
  const most = named.length < NAMED_ENOUGH ? MOST_PLACES : Math.min(MOST_PLACES, 2 * named.length);
  return [...named, ...own.filter((place) => !nouns.has(place.split(' ').at(-1)!))].slice(0, most);
}

/** What a chapter has to do in the book, from its place in it. */
export interface ChapterKernel {
  /** 0 at the first chapter, 1 at the last. */
  progress: number;
  /** Planted here. */
  clue: Clue;
  revelation: Revelation;
  isLast: boolean;
}

export function chapterKernel(saga: Saga, number: number, of: number): ChapterKernel {
  const progress = of <= 1 ? 1 : (number - 1) / (of - 1);
  return {
    progress,
    clue: clueOf(saga.seed, saga.genre, saga.things, number),
    revelation: revelationOf(saga, number, of),
    isLast: number >= of,
  };
}

/** The thing planted in the first chapter that only the last one pays off. */
export const longClueOf = (saga: Saga): Clue => clueOf(saga.seed, saga.genre, saga.things, 0);

function revelationOf(saga: Saga, number: number, of: number): Revelation {
  const progress = of <= 1 ? 1 : (number - 1) / (of - 1);
  const grade: Grade = number >= of ? 'final' : progress < 0.34 ? 'early' : progress < 0.67 ? 'middle' : 'late';
  const list = new SeededRandom(`revelations ${grade} ${saga.seed}`).shuffled(REVELATIONS[grade]);
  return list[(number - 1) % list.length]!;
}
