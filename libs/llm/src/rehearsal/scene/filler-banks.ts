import { SHARED_BUSINESS, SOLITARY_BUSINESS } from '../banks/business';
import { FACT_UNITS, GOAL_UNITS, OWED_UNITS, PREMISE_TALK, PREMISE_UNITS } from '../banks/evidence';
import type { BeatKind } from '../banks/event-types';
import { ANY_EXCHANGES } from '../banks/exchanges-any';
import { EXCHANGES } from '../banks/exchanges';
import { GENRE_THOUGHTS } from '../banks/genre-thoughts';
import { ANY_SENSES, SENSES } from '../banks/senses';
import { THOUGHTS } from '../banks/thoughts';
import { slotsOf } from '../language/template';
import { GENRE_KEYS, type GenreKey } from '../story/genre';
import type { VoiceKey } from '../story/voice';
import type { SceneStage } from './scene-stage';

export type Filler =
  'talk' | 'chat' | 'sense' | 'air' | 'shared' | 'alone' | 'thought' | 'weather' | 'premise' | 'fact' | 'owed' | 'goal';

/** What may follow a beat, in turn. */
export const AFTER: Record<BeatKind, readonly Filler[]> = {
  arrive: ['sense', 'goal', 'shared', 'talk', 'premise', 'air', 'chat'],
  linger: ['thought', 'sense', 'alone', 'chat', 'premise', 'weather', 'air'],
  ask: ['talk', 'shared', 'thought', 'fact', 'sense', 'chat', 'air'],
  obstacle: ['shared', 'weather', 'chat', 'sense', 'owed', 'thought', 'talk'],
  find: ['thought', 'alone', 'fact', 'talk', 'sense', 'shared', 'air'],
  settle: ['shared', 'talk', 'sense', 'thought', 'weather', 'chat', 'alone'],
  pay: ['thought', 'talk', 'owed', 'alone', 'sense', 'weather', 'chat'],
  learn: ['alone', 'talk', 'weather', 'sense', 'thought', 'shared', 'chat'],
  leave: ['sense', 'thought', 'air', 'alone', 'owed', 'weather', 'talk'],
};

/** At most so many of a kind in a scene of a thousand words. */
export const MOST_PER_THOUSAND: Record<Filler, number> = {
  talk: 3,
  chat: 2,
  sense: 3,
  air: 2,
  shared: 3,
  alone: 2,
  thought: 3,
  weather: 1,
  premise: 1,
  fact: 1,
  owed: 1,
  goal: 1,
};

/** Those that a scene has once, however long it is. */
export const ONCE: ReadonlySet<Filler> = new Set<Filler>(['premise', 'fact', 'owed', 'goal']);

export interface FillerBank {
  name: string;
  units: readonly string[];
  /** Of one voice: scenes with somebody else cannot use it. */
  isLocal?: true;
}

/** The bank a filler is drawn from in this scene; empty when the scene has nothing for it. */
export function bankOf(filler: Filler, stage: SceneStage): FillerBank {
  const { premise, fact, owed, goal } = stage.recollections;
  const voice = stage.other?.voice;
  const isLong = stage.decks.scenes >= LONG_BOOK_SCENES;
  switch (filler) {
    case 'talk':
      return voice === undefined ? EMPTY : talkOf(voice, isLong);
    case 'chat':
      return voice === undefined ? EMPTY : { name: filler, units: ANY_EXCHANGES };
    case 'air':
      return { name: filler, units: ANY_SENSES };
    case 'shared':
      return voice === undefined ? EMPTY : { name: filler, units: SHARED_BUSINESS };
    case 'sense':
      return { name: `sense ${stage.place.type}`, units: SENSES[stage.place.type] };
    case 'alone':
      return { name: filler, units: SOLITARY_BUSINESS };
    case 'thought':
      return { name: filler, units: THOUGHTS };
    case 'weather':
      return { name: filler, units: weatherOf(stage.saga.genre, isLong) };
    case 'premise':
      return premise === undefined ? EMPTY : { name: filler, units: [...PREMISE_UNITS, ...PREMISE_TALK] };
    case 'fact':
      return fact === undefined ? EMPTY : { name: filler, units: FACT_UNITS };
    case 'owed':
      return owed === undefined ? EMPTY : { name: filler, units: OWED_UNITS };
    case 'goal':
      return goal === undefined ? EMPTY : { name: filler, units: GOAL_UNITS };
  }
}

/** From here on a person's own turns of speech would come round every few scenes. */
const LONG_BOOK_SCENES = 24;

/** In a long book people talk like each other, sooner than like themselves for the tenth time. */
function talkOf(voice: VoiceKey, isLong: boolean): FillerBank {
  return isLong ? LONG_TALK : { name: `talk ${voice}`, units: EXCHANGES[voice], isLocal: true };
}

function weatherOf(genre: GenreKey, isLong: boolean): readonly string[] {
  return isLong ? LONG_WEATHER.get(genre)! : GENRE_THOUGHTS[genre];
}

const LONG_TALK: FillerBank = { name: 'talk', units: Object.values(EXCHANGES).flat() };
const LONG_WEATHER = new Map(
  GENRE_KEYS.map((genre) => [genre, [...new Set([...GENRE_THOUGHTS[genre], ...GENRE_THOUGHTS.literary])]]),
);

const EMPTY: FillerBank = { name: 'empty', units: [] };

/** Whether a template speaks of the other person, so that it cannot be used where there is none. */
export function needsCompany(template: string): boolean {
  let known = company.get(template);
  if (known === undefined) {
    known = slotsOf(template).some((slot) => slot === 'b' || slot.startsWith('b.') || /^(they|them|their)$/.test(slot));
    company.set(template, known);
  }
  return known;
}

const company = new Map<string, boolean>();

/** Whether a template speaks of the clue at all. */
export const namesClue = (template: string): boolean => /\{\^?clue/.test(template);

/** Whether a template has the clue in it: it is taken up, turned over, pocketed, which not everything can be. */
export const handlesClue = (template: string): boolean => template.includes('{clue');

/** Whether a template sets the clue beside the core: nonsense where they are the same thing. */
export const comparesClue = (template: string): boolean => template.includes('{core}') && template.includes('{clue');
