import { SHARED_BUSINESS, SOLITARY_BUSINESS } from '../banks/business';
import { FACT_UNITS, GOAL_UNITS, OWED_UNITS, PREMISE_TALK, PREMISE_UNITS } from '../banks/evidence';
import type { BeatKind } from '../banks/event-types';
import { EXCHANGES } from '../banks/exchanges';
import { GENRE_THOUGHTS } from '../banks/genre-thoughts';
import { SENSES } from '../banks/senses';
import { THOUGHTS } from '../banks/thoughts';
import { slotsOf } from '../language/template';
import type { SceneStage } from './scene-stage';

export type Filler =
  'talk' | 'sense' | 'shared' | 'alone' | 'thought' | 'weather' | 'premise' | 'fact' | 'owed' | 'goal';

/** What may follow a beat, in turn. */
export const AFTER: Record<BeatKind, readonly Filler[]> = {
  arrive: ['sense', 'goal', 'shared', 'talk', 'sense', 'premise'],
  linger: ['thought', 'sense', 'alone', 'premise', 'talk', 'weather'],
  ask: ['talk', 'shared', 'thought', 'sense', 'fact', 'talk'],
  obstacle: ['shared', 'weather', 'talk', 'sense', 'owed', 'thought'],
  find: ['thought', 'alone', 'fact', 'shared', 'sense', 'talk'],
  settle: ['shared', 'sense', 'talk', 'thought', 'weather', 'alone'],
  pay: ['thought', 'talk', 'owed', 'alone', 'sense', 'weather'],
  learn: ['alone', 'talk', 'weather', 'sense', 'thought', 'shared'],
  leave: ['sense', 'thought', 'alone', 'weather', 'owed', 'talk'],
};

/** At most so many of a kind in a scene of a thousand words. */
export const MOST_PER_THOUSAND: Record<Filler, number> = {
  talk: 5,
  sense: 5,
  shared: 4,
  alone: 3,
  thought: 5,
  weather: 2,
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
}

/** The bank a filler is drawn from in this scene; empty when the scene has nothing for it. */
export function bankOf(filler: Filler, stage: SceneStage): FillerBank {
  const { premise, fact, owed, goal } = stage.recollections;
  const voice = stage.other?.voice;
  switch (filler) {
    case 'talk':
      return voice === undefined ? EMPTY : { name: `talk ${voice}`, units: EXCHANGES[voice] };
    case 'shared':
      return voice === undefined ? EMPTY : { name: filler, units: SHARED_BUSINESS };
    case 'sense':
      return { name: `sense ${stage.place.type}`, units: SENSES[stage.place.type] };
    case 'alone':
      return { name: filler, units: SOLITARY_BUSINESS };
    case 'thought':
      return { name: filler, units: THOUGHTS };
    case 'weather':
      return { name: filler, units: GENRE_THOUGHTS[stage.saga.genre] };
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
