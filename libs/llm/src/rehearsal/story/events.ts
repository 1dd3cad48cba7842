import { ARRIVE_EVENTS } from '../banks/events-arrive';
import { ASK_EVENTS } from '../banks/events-ask';
import type { BeatKind, StoryEvent } from '../banks/event-types';
import { FINAL_EVENTS } from '../banks/events-final';
import { FIND_EVENTS } from '../banks/events-find';
import { LEARN_EVENTS } from '../banks/events-learn';
import { LEAVE_EVENTS } from '../banks/events-leave';
import { LINGER_EVENTS } from '../banks/events-linger';
import { OBSTACLE_EVENTS } from '../banks/events-obstacle';
import { PAY_EVENTS } from '../banks/events-pay';
import { SETTLE_EVENTS } from '../banks/events-settle';
import { REVELATIONS } from '../banks/revelations';
import { renderPhrase, type RenderContext } from '../language/template';
import { SeededRandom } from '../language/seeded-random';

export const STORY_EVENTS: readonly StoryEvent[] = [
  ...FINAL_EVENTS,
  ...ARRIVE_EVENTS,
  ...LINGER_EVENTS,
  ...ASK_EVENTS,
  ...OBSTACLE_EVENTS,
  ...FIND_EVENTS,
  ...SETTLE_EVENTS,
  ...PAY_EVENTS,
  ...LEARN_EVENTS,
  ...LEAVE_EVENTS,
];

/** The events of some kinds, without those that belong to the last chapter only. */
export function eventsOfKind(...kinds: BeatKind[]): StoryEvent[] {
  return STORY_EVENTS.filter((event) => kinds.includes(event.kind) && event.final !== true);
}

/** A beat read back: which event it states, and what filled its slots. */
export interface ReadEvent {
  event: StoryEvent;
  slots: ReadonlyMap<string, string>;
}

/** A question or an answer read back. */
export interface ReadPhrase {
  template: string;
  slots: ReadonlyMap<string, string>;
}

interface Matcher<T> {
  value: T;
  /** The longest words of the template that are always the same: cheaper to look for than the pattern is to try. */
  literal: string;
  pattern: RegExp;
  slots: string[];
}

const REVEALED = Object.values(REVELATIONS).flat();
const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};
const eventMatchers = lazily(() => STORY_EVENTS.map((event) => matcher(event, event.text)));
const answerMatchers = lazily(() => REVEALED.map(({ answer }) => matcher(answer, answer)));
const questionMatchers = lazily(() => REVEALED.map(({ question }) => matcher(question, question)));

/** Beats are read again and again, in every task that carries them. */
const LARGEST_CACHE = 2000;
const readEvents = new Map<string, ReadEvent | undefined>();

export function readEvent(text: string): ReadEvent | undefined {
  if (readEvents.has(text)) return readEvents.get(text);
  const found = firstMatch(eventMatchers(), text.trim().replace(/\.$/, ''));
  const read = found === undefined ? undefined : { event: found.value, slots: found.slots };
  if (readEvents.size >= LARGEST_CACHE) readEvents.clear();
  readEvents.set(text, read);
  return read;
}

/** The answer of a revelation, as beats state it (in the present tense). */
export function readAnswer(text: string): ReadPhrase | undefined {
  const found = firstMatch(answerMatchers(), text);
  return found === undefined ? undefined : { template: found.value, slots: found.slots };
}

/** The question of a revelation, as beats state it. */
export function readQuestion(text: string): ReadPhrase | undefined {
  const found = firstMatch(questionMatchers(), text);
  return found === undefined ? undefined : { template: found.value, slots: found.slots };
}

function firstMatch<T>(matchers: Matcher<T>[], text: string): { value: T; slots: Map<string, string> } | undefined {
  const lower = text.toLowerCase();
  for (const { value, literal, pattern, slots } of matchers) {
    if (!lower.includes(literal)) continue;
    const match = pattern.exec(text);
    if (match !== null) return { value, slots: firstOfEach(slots, match) };
  }
  return undefined;
}

/** Of a slot that a template has twice, what the first held. */
function firstOfEach(slots: readonly string[], match: RegExpExecArray): Map<string, string> {
  const values = new Map<string, string>();
  slots.forEach((slot, index) => {
    if (!values.has(slot)) values.set(slot, match[index + 1]!);
  });
  return values;
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
  const text = renderPhrase(template, context);
  const literal = text
    .split(MARK)
    .sort((a, b) => b.length - a.length)[0]!
    .toLowerCase();
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(MARK, '(.+?)');
  return { value, literal, pattern: new RegExp(`^${escaped}$`, 'isu'), slots };
}
