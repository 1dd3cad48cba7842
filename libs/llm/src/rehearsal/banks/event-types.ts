/** What a beat does in its scene: decides where it may stand and what may follow it. In the order of a scene. */
export const BEAT_KINDS = ['arrive', 'linger', 'ask', 'obstacle', 'find', 'settle', 'pay', 'learn', 'leave'] as const;
export type BeatKind = (typeof BEAT_KINDS)[number];

/**
 * Something that can happen. `text` is how a blueprint states it (and how a scene recognises it again); `plays` are
 * ways to put it on the page. Slots: `{P} {I} {me} {my}` the point-of-view person, `{b}` the other, `{clue}` the thing
 * planted or paid off, `{core}` what the book turns on, `{place}`, `{at}`, `{q}` what is asked, `{answer}` what is learnt;
 * `{thing} {seat} {sound} {smell} {light}` come from the place and the hour.
 */
export interface StoryEvent {
  id: string;
  kind: BeatKind;
  text: string;
  plays: readonly string[];
  /** Not in the first scene of a book: it speaks of what was before. */
  later?: true;
  /** Only in the last chapter. */
  final?: true;
}
