import { sentencesOf } from '../language/wording';
import type { SceneView } from '../story/materials';
import { shortName } from '../story/people';
import type { Saga } from '../story/saga';

/** What a scene may quote or recall; each is used at most once in it. */
export interface Recollections {
  /** A sentence of the premise. */
  premise: string | undefined;
  /** A fact of the world bible. */
  fact: string | undefined;
  /** A promise to the reader that is still open, as a noun phrase. */
  owed: string | undefined;
  goal: string | undefined;
  /** The last thing that happened in the scene before, as its beat states it. */
  before: string | undefined;
}

const LONGEST_QUOTE = 170;

export function recollectionsOf(view: SceneView, saga: Saga, ordinal: number): Recollections {
  const { persona, previous, scene, world } = view;
  const short = shortName(scene.pov);
  const isAboutOthers = (sentence: string): boolean => !sentence.includes(short);
  const named = knownWords(view, saga);
  const told = saga.mined.sentences.filter((text) => isQuotable(text) && isAboutOthers(text) && namesOnly(named, text));
  const facts = world
    .flatMap((entry) => entry.facts.map(({ statement }) => statement))
    .filter(isQuotable)
    .filter(isAboutOthers);
  const owed = persona.obligations.map(({ text }) => text).filter((promise) => /^the [^.]{3,110}$/.test(promise));
  return {
    premise: ordinal < told.length || ordinal % 7 === 0 ? told[ordinal % told.length] : undefined,
    fact: facts.length === 0 ? undefined : facts[(ordinal * 7) % facts.length],
    owed: owed.length === 0 ? undefined : owed[ordinal % owed.length],
    goal: ordinal % 3 === 0 && /^to [a-z]/.test(scene.goal) ? scene.goal.replace(/[.\s]+$/, '') : undefined,
    before: previous === null ? undefined : sentencesOf(previous.summary).at(-1),
  };
}

/** Stands by itself: whole, not too long, and pointing at nothing outside it. */
function isQuotable(sentence: string): boolean {
  return (
    sentence.length >= 20 &&
    sentence.length <= LONGEST_QUOTE &&
    /[.!?]$/.test(sentence) &&
    !/^(it|she|he|they|that|this|these|those|but|and|then|there|her|his|their|to)\b/i.test(sentence) &&
    !/["“”]/.test(sentence)
  );
}

/** Words that gates will know as names. */
function knownWords({ book, scene, world }: SceneView, saga: Saga): ReadonlySet<string> {
  const names = [book.title, ...scene.cast, ...saga.mined.people, ...saga.mined.places];
  const entries = world.flatMap(({ name, aliases }) => [name, ...aliases]);
  return new Set([...names, ...entries].flatMap((name) => name.split(/[^\p{L}]+/u)));
}

const CAPITALISED = /(?<=[\p{Ll},;] )\p{Lu}\p{L}+/gu;

/** A premise may name what no bible has an entry for; such a sentence is better not quoted. */
function namesOnly(known: ReadonlySet<string>, sentence: string): boolean {
  return (sentence.match(CAPITALISED) ?? []).every((word) => known.has(word) || /day$/.test(word));
}
