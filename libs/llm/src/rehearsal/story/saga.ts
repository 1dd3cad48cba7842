import { FALLBACK_CAST, FALLBACK_CORE, GENRE_PLACES } from '../banks/genre-places';
import { REVELATIONS, type Grade, type Revelation } from '../banks/revelations';
import { SeededRandom } from '../language/seeded-random';
import { clueOf, type Clue } from './clue';
import { genreKey, type GenreKey } from './genre';
import { EMPTY_WORDS, OBJECT_NOUNS } from './lexicon';
import { minePremise, type MinedPremise } from './mine-premise';
import type { BookView } from './materials';

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
  const core = coreOf(book.title, genre, mined);
  const saga = { seed, genre, mined, core, things: plantable(mined.objects, core) };
  if (sagas.size >= 64) sagas.clear();
  sagas.set(key, saga);
  return saga;
}

/** The title's own thing ("The Salt Clock"), else the premise's, else the genre's. */
function coreOf(title: string, genre: GenreKey, mined: MinedPremise): string {
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\s-]/gu, ' ')
    .trim()
    .split(/\s+/);
  const at = words.findIndex((word) => OBJECT_NOUNS.has(word) && !word.endsWith('s'));
  if (at < 0) return mined.objects.find((object) => !object.endsWith('s')) ?? FALLBACK_CORE[genre];
  const before = words[at - 1];
  const describes = before !== undefined && !EMPTY_WORDS.has(before) && before.length <= 30;
  return describes ? `${before} ${words[at]!}` : words[at]!;
}

const PORTABLE =
  /\b(?:ledger|key|map|letter|ring|book|knife|lamp|box|coin|mirror|photograph|compass|seed|tape|notebook|diary|journal|mask|needle|candle|jar|locket|bottle|chip|logbook|lens|chart|feather|glove|envelope|postcard|telegram|manuscript|scroll|tablet|flute|vial|crystal|shard|icon|medal|badge|stamp|deed|contract|register|recipe|cassette)$/;

/** What somebody can find and carry off; plural things and parts of the core would read oddly as clues. */
function plantable(objects: readonly string[], core: string): string[] {
  const noun = core.split(' ').at(-1)!;
  return objects.filter((object) => PORTABLE.test(object) && object.split(' ').at(-1) !== noun).slice(0, 4);
}

/** The brief's cast, then people the premise names; a book without either gets people of its genre. */
export function castOf(saga: Saga, cast: readonly CastView[]): CastView[] {
  const named = new Set(cast.flatMap((member) => [member.name, ...member.name.split(/\s+/)]));
  const fromPremise = saga.mined.people
    .filter((name) => !named.has(name) && !name.split(/\s+/).some((word) => named.has(word)))
    .map((name) => ({ name, role: 'character', baseline: 'speaks plainly' }));
  const all = [...cast, ...fromPremise].slice(0, 24);
  const fallback = FALLBACK_CAST[saga.genre].map(([name, role, baseline]) => ({ name, role, baseline }));
  if (all.length === 0) return fallback;
  return all.length === 1 ? [...all, ...fallback.slice(1).filter(({ name }) => !named.has(name))] : all;
}

/** Places of the premise first, the genre's after them. */
export function placesOf(saga: Saga, cast: readonly string[] = []): string[] {
  const people = new Set(cast.flatMap((name) => [name, ...name.split(/\s+/)]));
  const named = saga.mined.places.filter((place) => !people.has(place));
  const own = new SeededRandom(`places ${saga.seed}`).shuffled(GENRE_PLACES[saga.genre]);
  const nouns = new Set(named.map((place) => place.split(' ').at(-1)!.toLowerCase()));
  return [...named, ...own.filter((place) => !nouns.has(place.split(' ').at(-1)!))].slice(0, 12);
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
