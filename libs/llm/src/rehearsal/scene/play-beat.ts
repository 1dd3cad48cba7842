import type { Beat } from '@fiction/contracts';
import type { BeatKind, StoryEvent } from '../banks/event-types';
import { AGAIN_LEADS, MENTION_LINES, NAMING_LINES } from '../banks/snippets';
import { hashText } from '../language/seeded-random';
import { render, renderPhrase } from '../language/template';
import { containsPhrase, wordAt } from '../language/wording';
import { readClue } from '../story/clue';
import { roundOf } from '../story/event-rounds';
import { readAnswer, readEvent, readQuestion, type ReadEvent, type ReadPhrase } from '../story/events';
import { pronounsOf, shortName } from '../story/people';
import type { Person } from './person';
import type { FindingPart } from './out-of-reach';
import { retell } from './retell';
import type { SceneStage } from './scene-stage';

/** A beat put on the page, in full and in one sentence; both hold every mention. */
export interface PlayedBeat extends FindingPart {
  kind: BeatKind;
  full: string;
  brief: string;
}

/** The event in which somebody finds a thing and does not take it. */
const LEFT = 'find-left';

/** @param isNew whether a text repeats nothing that this scene, or the end of the one before it, has already */
export function playBeat(stage: SceneStage, beat: Beat, isNew: (text: string) => boolean): PlayedBeat {
  const read = readEvent(beat.text);
  if (read === undefined) return playForeign(stage, beat, isNew);
  setStage(stage, read, beat.text);
  return stage.withSlots(localSlots(stage, read), () => {
    const told = (template: string): string => withMentions(stage, render(template, stage.context), beat);
    const brief = newOrAgain(stage, told(`${read.event.text}.`), isNew);
    const { id, kind } = read.event;
    const found = kind === 'find' ? { finds: stage.clue.noun, isLeft: id === LEFT } : {};
    return { kind, full: firstNew(playsOf(stage, read.event), told, isNew) ?? brief, brief, ...found };
  });
}

/** The ways of playing an event, the one whose turn it is first. */
function playsOf({ saga, view }: SceneStage, event: StoryEvent): string[] {
  const { id, plays } = event;
  const { chapter, scene } = view;
  const turn = (hashText(id + saga.seed) + roundOf(event, saga.seed, chapter.number) + scene.number) % plays.length;
  return [...plays.slice(turn), ...plays.slice(0, turn)];
}

function firstNew(
  templates: readonly string[],
  told: (template: string) => string,
  isNew: (text: string) => boolean,
): string | undefined {
  for (const template of templates) {
    const text = told(template);
    if (isNew(text)) return text;
  }
  return undefined;
}

/** What has just been told in the same words is told as what happens again. */
function newOrAgain(stage: SceneStage, text: string, isNew: (text: string) => boolean): string {
  if (isNew(text)) return text;
  return firstNew(AGAIN_LEADS, (lead) => `${render(lead, stage.context)} ${text}`, isNew) ?? text;
}

/** What happened, as a clause in the past tense, whatever the tense of the book: "Maud handed her the odd button". */
export function recapOf(stage: SceneStage, text: string): string | undefined {
  const read = readEvent(text);
  if (read === undefined || read.event.kind === 'pay' || (read.slots.get('P') ?? stage.pov.name) !== stage.pov.name)
    return undefined;
  const other = read.slots.get('b');
  const place = read.slots.get('place');
  const local = new Map(localSlots(stage, read));
  const past = { ...stage.context, tense: 'past' as const };
  for (const [slot, value] of read.slots) if (/^(clue|core|place|at)/.test(slot)) local.set(slot, value);
  if (place !== undefined) local.set('place', place);
  const before = stage.other;
  if (other !== undefined) stage.other = stage.findOther(other) ?? strangerOf(stage, other);
  try {
    return stage.withSlots(local, () => renderPhrase(read.event.text, past));
  } finally {
    stage.other = before;
  }
}

/** Somebody who is spoken of and is not in this scene. */
function strangerOf(stage: SceneStage, name: string): Person {
  return { ...stage.pov, name, short: shortName(name), pronouns: pronounsOf(name, stage.view.book.premise) };
}

function setStage(stage: SceneStage, { slots }: ReadEvent, text: string): void {
  const other = slots.get('b');
  if (other !== undefined) stage.other = stage.findOther(other) ?? stage.other;
  const clue = slots.get('clue.full') ?? slots.get('clue');
  if (clue !== undefined) stage.clue = stage.clues.find(({ noun }) => containsPhrase(text, noun)) ?? readClue(clue);
}

/** What was asked and what was learnt, told again in the tense of the book. */
function localSlots(stage: SceneStage, { slots }: ReadEvent): Map<string, string> {
  const local = new Map<string, string>();
  const answer = slots.get('answer');
  const question = slots.get('q');
  if (answer !== undefined) local.set('answer', told(stage, readAnswer(answer), answer));
  if (question !== undefined) local.set('q', told(stage, readQuestion(question), question));
  return local;
}

function told(stage: SceneStage, read: ReadPhrase | undefined, text: string): string {
  if (read === undefined) return text;
  const absent = read.slots.get('x');
  const local = absent === undefined ? new Map<string, string>() : new Map([['x', shortName(absent)]]);
  return stage.withSlots(local, () => renderPhrase(read.template, stage.context));
}

function playForeign(stage: SceneStage, beat: Beat, isNew: (text: string) => boolean): PlayedBeat {
  const text = newOrAgain(stage, withMentions(stage, retell(stage, beat.text), beat), isNew);
  return { kind: 'linger', full: text, brief: text };
}

/** Makes sure that each phrase a beat is recognised by stands in its text to the letter. */
export function withMentions(stage: SceneStage, text: string, beat: Pick<Beat, 'mentions'>): string {
  return beat.mentions.reduce((sofar, mention) => withMention(stage, sofar, mention), text);
}

function withMention(stage: SceneStage, text: string, mention: string): string {
  if (containsPhrase(text, mention)) return text;
  const person = [stage.pov, ...stage.others].find(({ name }) => name.toLowerCase() === mention.toLowerCase());
  const at = person === undefined ? -1 : wordAt(text, person.short);
  if (person !== undefined && at >= 0) return text.slice(0, at) + person.name + text.slice(at + person.short.length);
  const isThing = [stage.saga.core, ...stage.clues.map(({ noun }) => noun)].includes(mention);
  const line = stage.withSlots(new Map([['mention', isThing ? `the ${mention}` : mention]]), () =>
    render(stage.decks.next('mention', MENTION_LINES), stage.context),
  );
  return `${text} ${line}`;
}

const FIRST_PERSON = /\b(?:I|me|my|myself|we|us|our)\b/i;

/** A scene told of somebody names them, and one told by somebody says "I", however short it is. */
export function withPovNamed(stage: SceneStage, paragraphs: readonly string[]): string[] {
  const { context, pov, decks } = stage;
  const isNamed = paragraphs.some((text) =>
    context.subject === 'I' ? FIRST_PERSON.test(text.replace(/“[^”]*”?/g, '')) : wordAt(text, pov.short) >= 0,
  );
  if (isNamed || paragraphs.length === 0) return [...paragraphs];
  const line = render(decks.next('naming', NAMING_LINES), context);
  return [...paragraphs.slice(0, -1), `${paragraphs.at(-1)!} ${line}`];
}
