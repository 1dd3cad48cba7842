import { ARRIVE_EVENTS } from '../banks/events-arrive';
import type { BeatKind, StoryEvent } from '../banks/event-types';
import { FIND_EVENTS } from '../banks/events-find';
import { MOVE_EVENTS } from '../banks/events-move';
import { TALK_EVENTS } from '../banks/events-talk';
import { REVELATIONS, type Revelation } from '../banks/revelations';
import { renderPhrase, type RenderContext } from '../language/template';
import { SeededRandom } from '../language/seeded-random';

export const STORY_EVENTS: readonly StoryEvent[] = [...ARRIVE_EVENTS, ...FIND_EVENTS, ...TALK_EVENTS, ...MOVE_EVENTS];

const BY_ID = new Map(STORY_EVENTS.map((event) => [event.id, event]));

/** @throws RangeError for an id no bank has. */
export function eventById(id: string): StoryEvent {
  const event = BY_ID.get(id);
  if (event === undefined) throw new RangeError(`No story event ${id}`);
  return event;
}

export function eventsOfKind(...kinds: BeatKind[]): StoryEvent[] {
  return STORY_EVENTS.filter((event) => kinds.includes(event.kind));
}

/** A beat read back: which event it states, and what filled its slots. */
export interface ReadEvent {
  event: StoryEvent;
  slots: ReadonlyMap<string, string>;
}

interface Matcher<T> {
  value: T;
  pattern: RegExp;
  slots: string[];
}

let eventMatchers: Matcher<StoryEvent>[] | undefined;
let answerMatchers: Matcher<Revelation>[] | undefined;
let questionMatchers: Matcher<Revelation>[] | undefined;

export function readEvent(text: string): ReadEvent | undefined {
  eventMatchers ??= STORY_EVENTS.map((event) => matcher(event, event.text));
  const found = firstMatch(eventMatchers, text.replace(/\.$/, ''));
  return found === undefined ? undefined : { event: found.value, slots: found.slots };
}

/** The revelation whose answer (in the present tense, as beats state it) this is. */
export function readAnswer(text: string): { template: string; slots: ReadonlyMap<string, string> } | undefined {
  answerMatchers ??= Object.values(REVELATIONS)
    .flat()
    .map((revelation) => matcher(revelation, revelation.answer));
  const found = firstMatch(answerMatchers, text);
  return found === undefined ? undefined : { template: found.value.answer, slots: found.slots };
}

export function readQuestion(text: string): { template: string; slots: ReadonlyMap<string, string> } | undefined {
  questionMatchers ??= Object.values(REVELATIONS)
    .flat()
    .map((revelation) => matcher(revelation, revelation.question));
  const found = firstMatch(questionMatchers, text);
  return found === undefined ? undefined : { template: found.value.question, slots: found.slots };
}

function firstMatch<T>(matchers: Matcher<T>[], text: string): { value: T; slots: Map<string, string> } | undefined {
  for (const { value, pattern, slots } of matchers) {
    const match = pattern.exec(text);
    if (match !== null) return { value, slots: new Map(slots.map((slot, index) => [slot, match[index + 1]!])) };
  }
  return undefined;
}

const MARK = '\u0001';

/** A pattern for what the template says in the present tense, of a third person, with its slots as groups. */
function matcher<T>(value: T, template: string): Matcher<T> {
  const slots: string[] = [];
  const context: RenderContext = {
    subject: 's',
    tense: 'present',
    random: new SeededRandom('matcher'),
    slot: (name) => {
      slots.push(name);
      return MARK;
    },
  };
  const text = renderPhrase(template, context).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return { value, pattern: new RegExp(`^${text.replaceAll(MARK, '(.+?)')}$`, 'su'), slots };
}
