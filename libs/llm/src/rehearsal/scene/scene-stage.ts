import { HOURS, PLACE_PROPS } from '../banks/place-props';
import { VOICE_LINES, type LineUse } from '../banks/voice-lines';
import { renderPhrase, type RenderContext } from '../language/template';
import { SeededRandom } from '../language/seeded-random';
import { definite, indefinite, readClue, type Clue } from '../story/clue';
import type { SceneView } from '../story/materials';
import { pronounsOf, shortName, shortNames, type Pronouns } from '../story/people';
import { placeOf, type Place } from '../story/place';
import { sagaOf, type Saga } from '../story/saga';
import { voiceOf, type VoiceKey } from '../story/voice';
import { Decks } from './decks';

interface Person {
  name: string;
  short: string;
  pronouns: Pronouns;
  voice: VoiceKey;
}

/** Everything a scene's sentences are made from: who is there, where, when, what is at stake. */
export class SceneStage {
  readonly saga: Saga;
  readonly random: SeededRandom;
  readonly decks: Decks;
  readonly pov: Person;
  readonly others: Person[];
  readonly place: Place;
  readonly clues: Clue[];
  /** Whom `{b}` means just now. */
  other: Person | undefined;
  /** What `{clue}` means just now. */
  clue: Clue;
  /** Slots that hold for one beat only. */
  private local: ReadonlyMap<string, string> = new Map();
  private readonly hour: (typeof HOURS)[number];
  private readonly firstPerson: boolean;
  readonly context: RenderContext;

  constructor(
    readonly view: SceneView,
    salt = '',
  ) {
    const { book, scene, chapter, persona } = view;
    this.saga = sagaOf(book);
    const ordinal = (chapter.number - 1) * scene.of + scene.number - 1;
    this.random = new SeededRandom(`scene ${ordinal} ${salt} ${scene.goal} ${this.saga.seed}`);
    this.decks = new Decks(this.saga.seed, ordinal, this.random);
    this.firstPerson = book.pov === 'first';
    const cast = [scene.pov, ...scene.cast.filter((name) => name !== scene.pov)];
    const shorts = shortNames(cast);
    const people = cast.map((name) => this.person(name, shorts.get(name) ?? shortName(name), persona.baseline));
    this.pov = people[0]!;
    this.others = people.slice(1);
    this.other = this.others[0];
    this.place = placeOf(scene.place);
    this.clues = this.cluesInPlay();
    this.clue = this.clues[0] ?? {
      noun: this.saga.core,
      full: `the ${this.saga.core}`,
      pay: '[prove|s] to be what it [=had/has] always been',
    };
    this.hour = HOURS.find(({ pattern }) => pattern.test(scene.storyTime))!;
    this.context = {
      subject: this.firstPerson ? 'I' : 's',
      tense: book.tense,
      random: this.random,
      slot: (name) => this.slot(name),
    };
  }

  /** Runs `work` with slots that a beat has filled. */
  withSlots<T>(slots: ReadonlyMap<string, string>, work: () => T): T {
    const before = this.local;
    this.local = slots;
    try {
      return work();
    } finally {
      this.local = before;
    }
  }

  findOther(name: string): Person | undefined {
    return this.others.find((person) => person.name === name || person.short === name);
  }

  private person(name: string, short: string, povBaseline: string): Person {
    const { world, persona, book } = this.view;
    const entry = world.find((candidate) => candidate.name === name);
    const voice = /Voice: ([^.]+)/.exec(entry?.summary ?? '')?.[1];
    const baseline = name === persona.name ? povBaseline : (voice ?? entry?.summary ?? '');
    return { name, short, pronouns: pronounsOf(name, book.premise), voice: voiceOf(name, baseline) };
  }

  /** Plants and payoffs of the chapter that this scene's beats mention. */
  private cluesInPlay(): Clue[] {
    const { chapter, scene } = this.view;
    const mentions = scene.beats
      .flatMap((beat) => [beat.text, ...beat.mentions])
      .join('\n')
      .toLowerCase();
    return [...chapter.plants, ...chapter.payoffs]
      .map(readClue)
      .filter(({ noun }) => mentions.includes(noun.toLowerCase()));
  }

  private slot(name: string): string {
    const local = this.local.get(name);
    if (local !== undefined) return local;
    if (name.startsWith('b')) return this.otherSlot(name);
    if (name.startsWith('p:')) return this.line(this.pov.voice, name.slice(2) as LineUse);
    return this.ownSlot(name) ?? this.stageSlot(name);
  }

  private ownSlot(name: string): string | undefined {
    const { pronouns, short } = this.pov;
    const first = this.firstPerson;
    switch (name) {
      case 'P':
        return first ? 'I' : short;
      case 'I':
        return first ? 'I' : pronouns.he;
      case 'me':
        return first ? 'me' : pronouns.him;
      case 'my':
        return first ? 'my' : pronouns.his;
      case 'mine':
        return first ? 'mine' : pronouns.hisOwn;
      case 'myself':
        return first ? 'myself' : pronouns.himself;
      case 'they':
        return first ? 'we' : 'they';
      case 'them':
        return first ? 'us' : 'them';
      case 'their':
        return first ? 'our' : 'their';
      default:
        return undefined;
    }
  }

  private otherSlot(name: string): string {
    const person = this.other ?? this.pov;
    if (name.startsWith('b:')) return this.line(person.voice, name.slice(2) as LineUse);
    const { pronouns } = person;
    switch (name) {
      case 'b.he':
        return pronouns.he;
      case 'b.him':
        return pronouns.him;
      case 'b.his':
        return pronouns.his;
      case 'b.himself':
        return pronouns.himself;
      default:
        return person.short;
    }
  }

  private stageSlot(name: string): string {
    const props = PLACE_PROPS[this.place.type];
    switch (name) {
      case 'core':
        return `the ${this.saga.core}`;
      case 'place':
        return this.place.said;
      case 'at':
        return this.place.at;
      case 'clue':
        return definite(this.clue);
      case 'clue.a':
        return indefinite(this.clue);
      case 'clue.full':
        return this.clue.full;
      case 'pay':
        return renderPhrase(this.clue.pay, this.context);
      case 'light':
        return this.decks.draw('light', this.hour.light);
      case 'when':
        return this.decks.draw('when', this.hour.when);
      case 'thing':
      case 'seat':
      case 'sound':
      case 'smell':
        return this.decks.draw(`${name} ${this.place.type}`, props[name]);
      default:
        throw new RangeError(`No template may use {${name}}`);
    }
  }

  private line(voice: VoiceKey, use: LineUse): string {
    return renderPhrase(this.decks.draw(`${voice} ${use}`, VOICE_LINES[voice][use]), this.context);
  }
}
