/** What a beat does in its scene: decides what may follow it. */
export const BEAT_KINDS = ['arrive', 'find', 'ask', 'obstacle', 'settle', 'learn', 'leave', 'linger'] as const;
export type BeatKind = (typeof BEAT_KINDS)[number];

/**
 * Something that can happen. `text` is how a blueprint states it (and how a scene recognises it again); `plays` are
 * ways to put it on the page. Slots: `{P} {I} {me} {my}` the point-of-view person, `{b}` the other, `{clue}` the thing
 * planted or paid off, `{core}` what the book turns on, `{place}`, `{at}`, `{q}` what is asked, `{answer}` what is learnt.
 */
export interface StoryEvent {
  id: string;
  kind: BeatKind;
  text: string;
  plays: readonly string[];
}
