import type { Beat } from '@fiction/contracts';
import type { StoryEvent } from '../banks/event-types';
import { renderPhrase, slotsOf, type RenderContext } from '../language/template';
import { SeededRandom } from '../language/seeded-random';
import { capitalised, clipLine } from '../language/wording';
import type { Revelation } from '../banks/revelations';
import { definite, type Clue } from './clue';
import { pronounsOf, shortName } from './people';
import { placeOf } from './place';

/** What fills the slots of an event when a blueprint states it. */
export interface BeatFacts {
  pov: string;
  other: string;
  /** Spoken of, and not there. */
  absent: string;
  place: string;
  core: string;
  clue: Clue;
  revelation: Revelation;
  premise: string;
  /** Nobody mentions the narrator by name. */
  firstPerson: boolean;
}

/** The context in which outlines speak: third person, present tense, full names. */
export function outlineContext(facts: BeatFacts): RenderContext {
  const context: RenderContext = {
    subject: 's',
    tense: 'present',
    random: new SeededRandom(`${facts.pov} ${facts.other} ${facts.clue.noun}`),
    slot: (name) => outlineSlot(name, facts, context),
  };
  return context;
}

function outlineSlot(name: string, facts: BeatFacts, context: RenderContext): string {
  const pov = pronounsOf(facts.pov, facts.premise);
  const other = pronounsOf(facts.other, facts.premise);
  const place = placeOf(facts.place, facts.premise);
  const slots: Record<string, () => string> = {
    P: () => facts.pov,
    Po: () => facts.pov,
    x: () => facts.absent,
    I: () => pov.he,
    me: () => pov.him,
    my: () => pov.his,
    myself: () => pov.himself,
    b: () => facts.other,
    'b.he': () => other.he,
    'b.him': () => other.him,
    'b.his': () => other.his,
    'b.himself': () => other.himself,
    core: () => `the ${facts.core}`,
    place: () => place.said,
    at: () => place.at,
    clue: () => definite(facts.clue),
    'clue.full': () => facts.clue.full,
    pay: () => renderPhrase(facts.clue.pay, context),
    q: () => renderPhrase(facts.revelation.question, context),
    answer: () => renderPhrase(facts.revelation.answer, context),
  };
  return slots[name]?.() ?? name;
}

/**
 * A beat as a blueprint has it: what happens, and the words by which one can tell that it did. Only words that every way
 * of playing the event holds are asked for.
 * @param isFirst whether the other person is met here first, and so by the full name
 */
export function stateBeat(event: StoryEvent, facts: BeatFacts, isFirst = true): Beat {
  const has = (...slots: string[]): boolean =>
    [event.text, ...event.plays].every((text) => slotsOf(text).some((slot) => slots.includes(slot)));
  const mentions: string[] = [];
  if (has('clue', 'clue.full')) mentions.push(facts.clue.noun);
  if (has('core')) mentions.push(facts.core);
  if (has('b')) mentions.push(isFirst ? facts.other : shortName(facts.other));
  if (has('place', 'at')) mentions.push(placeOf(facts.place, facts.premise).said.replace(/^the /, ''));
  if (mentions.length === 0) mentions.push(facts.firstPerson ? facts.core : shortName(facts.pov));
  return {
    text: clipLine(capitalised(renderPhrase(event.text, outlineContext(facts)))),
    mentions: [...new Set(mentions)].slice(0, 2).map(clipLine),
  };
}
