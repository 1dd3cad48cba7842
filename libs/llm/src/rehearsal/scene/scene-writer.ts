import { INVENTORY_FINDINGS, INVENTORY_ITEMS, INVENTORY_LEADS } from '../banks/inventory';
import { CLOSINGS, ENTRANCES, FINAL_CLOSINGS, NAMINGS, OPENINGS } from '../banks/openings';
import { RECAP_UNITS } from '../banks/evidence';
import type { BeatKind } from '../banks/event-types';
import { SNIPPETS } from '../banks/snippets';
import { render } from '../language/template';
import { capitalised, countWords, sentencesOf, wordAt } from '../language/wording';
import {
  AFTER,
  bankOf,
  comparesClue,
  handlesClue,
  MOST_PER_THOUSAND,
  namesClue,
  needsCompany,
  ONCE,
  type Filler,
} from './filler-banks';
import type { Reach } from './decks';
import { isPortable } from '../story/saga';
import { isOutOfReach, type FindingPart } from './out-of-reach';
import { playBeat, recapOf, withPovNamed } from './play-beat';
import type { SceneStage } from './scene-stage';

interface Part extends FindingPart {
  kind: BeatKind;
  /** Paragraphs; talk has several to a text. */
  texts: string[];
  words: number;
}

/** Shares of the target: a scene may be a tenth shorter or longer. */
const SHORTEST = 0.91;
const LONGEST = 1.05;
/** From this many words on a scene has room for what its beats do not ask for. */
const ROOM_FOR_MORE = 300;
/** Shorter sentences may come again where a beat needs them. */
const LONG_SENTENCE_WORDS = 8;

interface Measure {
  /** How many times over the usual number of each filler. */
  generosity: number;
  reach: Reach;
  /** Up to which share of the target it fills. */
  upTo: number;
}

/** What a scene is dealt comes first, in measure, then out of measure; what others are dealt only where it must. */
const MEASURES: readonly Measure[] = [
  { generosity: 1, reach: 'own', upTo: 0.97 },
  { generosity: 100, reach: 'own', upTo: 0.95 },
  { generosity: 100, reach: 'near', upTo: 0.93 },
  { generosity: 100, reach: 'all', upTo: SHORTEST },
];

/** Writes one scene: its beats in order, and between them as much small matter as the length asks for. */
export class SceneWriter {
  private words = 0;
  /** Keys of the sentences that stand already, here or at the end of the scene before. */
  private readonly usedSentences = new Set<string>();
  private readonly usedTemplates = new Set<string>();
  private readonly counts = new Map<Filler, number>();

  constructor(
    private readonly stage: SceneStage,
    private readonly target: number,
  ) {
    // What a finding has quoted would be found again. The sentence that introduced somebody has the full name.
    const { name, short } = stage.pov;
    const { previous, findings } = stage.view;
    for (const text of [previous?.tail ?? '', ...findings.map(({ quote }) => quote ?? '')]) {
      this.remember(`${text}\n${text.replaceAll(name, short)}`);
    }
  }

  write(): string {
    const parts = this.playBeats();
    const opening = this.unit('opening', OPENINGS, 'all');
    const recap = this.recap();
    const closing = this.closing(parts);
    this.letIn(parts);
    this.nameNarrator(parts);
    this.fill(parts);
    this.finish(parts);
    const texts = [opening, recap, ...parts.flatMap((part) => part.texts), closing];
    const told = withPovNamed(
      this.stage,
      texts.filter((text) => text !== undefined),
    );
    return this.introduced(told.join('\n')).split('\n').join('\n\n');
  }

  /** In the first scene of a chapter the point-of-view person is called by the full name, once. */
  private introduced(text: string): string {
    const { context, pov, view } = this.stage;
    if (context.subject === 'I' || view.scene.number !== 1 || text.includes(pov.name)) return text;
    const at = wordAt(text, pov.short);
    return at < 0 ? text : text.slice(0, at) + pov.name + text.slice(at + pov.short.length);
  }

  /** In full where there is room; the longest give way to one sentence first. */
  private playBeats(): Part[] {
    const played = this.stage.view.scene.beats.map((beat) => {
      const { full, brief, ...part } = playBeat(this.stage, beat, (text) => !this.copies(text));
      this.remember(`${full}\n${brief}`);
      return { ...part, full, brief, isBrief: false };
    });
    let total = played.reduce((sum, { full }) => sum + countWords(full), 0);
    const longestFirst = [...played].sort((a, b) => countWords(b.full) - countWords(a.full));
    for (const beat of longestFirst) {
      if (total <= this.target * LONGEST) break;
      total += countWords(beat.brief) - countWords(beat.full);
      beat.isBrief = true;
    }
    return played.map(({ full, brief, isBrief, ...part }) => {
      const text = isBrief ? brief : full;
      const words = countWords(text);
      this.words += words;
      return { ...part, texts: [text], words };
    });
  }

  private closing(parts: readonly Part[]): string | undefined {
    const { chapter, scene } = this.stage.view;
    const isTheEnd = chapter.number >= chapter.of && scene.number >= scene.of;
    return isTheEnd
      ? this.unit('end', FINAL_CLOSINGS, 'all')
      : this.unit('closing', CLOSINGS, 'all', 1, isOutOfReach(this.stage.clue.noun, parts, parts.length));
  }

  /** Who is there and has not come in by a beat has to come in somehow. */
  private letIn(parts: Part[]): void {
    const first = parts[0]!;
    const { other } = this.stage;
    if (other === undefined || this.target < ROOM_FOR_MORE || first.texts[0]!.includes(other.short)) return;
    const entrance = this.unit('entrance', ENTRANCES, 'all');
    if (entrance !== undefined) this.add(first, entrance);
  }

  /** Whoever says "I" is called by name once a chapter, by whoever is there. */
  private nameNarrator(parts: Part[]): void {
    const { context, other, view } = this.stage;
    if (context.subject !== 'I' || other === undefined || view.scene.number !== 1 || this.target < ROOM_FOR_MORE)
      return;
    const withOther = parts.find(({ texts }) => texts.some((text) => text.includes(other.short)));
    const naming = this.unit('naming', NAMINGS, 'all');
    if (naming !== undefined) this.add(withOther ?? parts[0]!, naming);
  }

  private recap(): string | undefined {
    const { before } = this.stage.recollections;
    if (before === undefined || this.target < ROOM_FOR_MORE) return undefined;
    const recap = recapOf(this.stage, before);
    if (recap === undefined) return undefined;
    return this.stage.withSlots(new Map([['recap', recap]]), () => this.unit('recap', RECAP_UNITS, 'all'));
  }

  /** Each beat gets its share of the words, so that none is drowned and none is hurried. */
  private fill(parts: Part[]): void {
    for (const measure of MEASURES) {
      parts.forEach((part, index) => {
        const share = (this.target * measure.upTo - this.words) / (parts.length - index) + part.words;
        this.fillPart(
          part,
          measure === MEASURES[0] ? share : this.target,
          measure,
          isOutOfReach(this.stage.clue.noun, parts, index),
        );
      });
    }
    for (let turn = 0; this.words < this.target * 0.9 && turn < 2000; turn += 1) {
      const text = this.inventory(turn);
      if (text === undefined) break;
      this.add(parts[turn % parts.length]!, text);
    }
  }

  private fillPart(part: Part, share: number, measure: Measure, isClueAway: boolean): void {
    if (part.kind === 'leave' && measure.reach !== 'all') return;
    const order = AFTER[part.kind];
    let refused = 0;
    for (
      let turn = 0;
      part.words < share && this.words < this.target * measure.upTo && refused < order.length;
      turn += 1
    ) {
      const text = this.filler(order[turn % order.length]!, measure, isClueAway);
      refused = text === undefined ? refused + 1 : 0;
      if (text !== undefined) this.add(part, text);
    }
  }

  private add(part: Part, text: string): void {
    part.texts.push(text);
    part.words += countWords(text);
  }

  private filler(filler: Filler, { generosity, reach }: Measure, isClueAway: boolean): string | undefined {
    const used = this.counts.get(filler) ?? 0;
    const most = ONCE.has(filler) ? 1 : Math.ceil((MOST_PER_THOUSAND[filler] * this.target * generosity) / 1000);
    const perScene = ONCE.has(filler) ? 1 : Math.ceil((MOST_PER_THOUSAND[filler] * this.target) / 1000);
    const { name, units, isLocal } = bankOf(filler, this.stage);
    if (used >= most || units.length === 0) return undefined;
    const text = this.unit(name, units, reach === 'near' && !isLocal ? 'own' : reach, perScene, isClueAway);
    if (text !== undefined) this.counts.set(filler, used + 1);
    return text;
  }

  /** The last few words: short sentences after paragraphs that are not talk. */
  private finish(parts: Part[]): void {
    for (let turn = 0; this.words < this.target * SHORTEST && turn < SNIPPETS.length; turn += 1) {
      const at = (turn + 1) % parts.length;
      const text = this.unit('snippet', SNIPPETS, 'all', 1, isOutOfReach(this.stage.clue.noun, parts, at));
      if (text === undefined) return;
      const part = parts[at]!;
      const last = part.texts.length - 1;
      if (part.texts[last]!.includes('\n')) part.texts.push(text);
      else part.texts[last] += ` ${text}`;
    }
  }

  /**
   * A unit of the bank that fits what is left, repeats nothing, and needs nobody who is not there.
   */
  private unit(
    name: string,
    units: readonly string[],
    reach: Reach,
    perScene?: number,
    isClueAway = false,
  ): string | undefined {
    for (const template of this.stage.decks.hand(name, units, reach, perScene)) {
      if (this.usedTemplates.has(template) || !this.suits(template)) continue;
      if (isClueAway && namesClue(template)) continue;
      const text = render(template, this.stage.context);
      if (this.words + countWords(text) > this.target * LONGEST || this.repeats(text)) continue;
      this.usedTemplates.add(template);
      this.account(text);
      return text;
    }
    return undefined;
  }

  private suits(template: string): boolean {
    const { other, clue, saga } = this.stage;
    if (other === undefined && needsCompany(template)) return false;
    if (clue.noun !== saga.core) return true;
    return isPortable(saga.core) ? !comparesClue(template) : !handlesClue(template);
  }

  /** When every bank is used up: three more things and what there is to be said of them. */
  private inventory(turn: number): string | undefined {
    const { random, context } = this.stage;
    const lead = render(INVENTORY_LEADS[turn % INVENTORY_LEADS.length]!, context);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const items = [0, 1, 2].map(() => {
        const finding = render(random.pick(INVENTORY_FINDINGS), context);
        return `${capitalised(random.pick(INVENTORY_ITEMS))}, ${finding.charAt(0).toLowerCase()}${finding.slice(1)}.`;
      });
      const text = turn < INVENTORY_LEADS.length ? `${lead} ${items.join(' ')}` : items.join(' ');
      if (this.repeats(text) || this.words + countWords(text) > this.target * LONGEST) continue;
      this.account(text);
      return text;
    }
    return undefined;
  }

  private repeats(text: string): boolean {
    return keysOf(text).some((key) => this.usedSentences.has(key));
  }

  /** Beats must be played, so theirs may share a short sentence with another, but not a long one, and not all. */
  private copies(text: string): boolean {
    const keys = keysOf(text);
    const used = keys.filter((key) => this.usedSentences.has(key));
    return used.length === keys.length || used.some((key) => countWords(key) >= LONG_SENTENCE_WORDS);
  }

  private account(text: string): void {
    this.words += countWords(text);
    this.remember(text);
  }

  private remember(text: string): void {
    for (const key of keysOf(text)) this.usedSentences.add(key);
  }
}

/** Sentences by their words alone: neither case nor punctuation makes one new. */
const keysOf = (text: string): string[] =>
  text
    .split('\n')
    .flatMap(sentencesOf)
    .map((sentence) =>
      sentence
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    );
