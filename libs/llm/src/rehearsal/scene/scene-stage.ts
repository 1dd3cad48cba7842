import { HOURS, PLACE_PROPS } from '../banks/place-props';
import { renderPhrase, type RenderContext } from '../language/template';
import { SeededRandom } from '../language/seeded-random';
import { containsPhrase } from '../language/wording';
import { definite, indefinite, readClue, type Clue } from '../story/clue';
import type { SceneView } from '../story/materials';
import { placeIn, type Place } from '../story/place';
import { sagaOf, type Saga } from '../story/saga';
import { Decks } from './decks';
import { peopleOf, type Person } from './person';
import { recollectionsOf, type Recollections } from './recollection';

/** Everything a scene's sentences are made from: who is there, where, when, what is at stake. */
export class SceneStage {
  readonly saga: Saga;
  readonly random: SeededRandom;
  readonly decks: Decks;
  readonly pov: Person;
  readonly others: Person[];
  readonly place: Place;
  readonly clues: Clue[];
  readonly recollections: Recollections;
  readonly context: RenderContext;
  /** Whom `{b}` means just now. */
  other: Person | undefined;
  /** What `{clue}` means just now. */
  clue: Clue;
  /** Slots that hold for a while only. */
  private local: ReadonlyMap<string, string> = new Map();
  private readonly hour: (typeof HOURS)[number];
  private readonly firstPerson: boolean;

  constructor(
    readonly view: SceneView,
    salt = '',
  ) {
    const { book, scene, chapter } = view;
    const ordinal = (chapter.number - 1) * scene.of + scene.number - 1;
    const people = peopleOf(view);
    this.saga = sagaOf(book);
    this.random = new SeededRandom(`scene ${ordinal} ${salt} ${scene.goal} ${this.saga.seed}`);
    this.decks = new Decks(this.saga.seed, ordinal, chapter.of * scene.of, scene.of);
    this.firstPerson = book.pov === 'first';
    this.pov = people[0]!;
    this.others = people.slice(1);
    this.other = this.others[0];
    this.place = placeIn(this.saga, scene.place, book.premise);
    this.clues = this.cluesInPlay();
    this.clue = this.clues[0] ?? coreAsClue(this.saga.core);
    this.recollections = recollectionsOf(view, this.saga, ordinal);
    this.hour = HOURS.find(({ pattern }) => pattern.test(scene.storyTime)) ?? HOURS.at(-1)!;
    this.context = {
      subject: this.firstPerson ? 'I' : 's',
      tense: book.tense,
      random: this.random,
      slot: (name) => this.slot(name),
    };
  }

  /** Runs `work` with slots that it needs and nobody else. */
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

  /** Plants and payoffs of the chapter that this scene's beats mention. */
  private cluesInPlay(): Clue[] {
    const { chapter, scene } = this.view;
    const text = scene.beats.flatMap((beat) => [beat.text, ...beat.mentions]).join('\n');
    return [...chapter.plants, ...chapter.payoffs].map(readClue).filter(({ noun }) => containsPhrase(text, noun));
  }

  private slot(name: string): string {
    const value =
      this.local.get(name) ??
      this.ownSlot(name) ??
      this.otherSlot(name) ??
      this.storySlot(name) ??
      this.placeSlot(name);
    if (value === undefined) throw new RangeError(`No template may use {${name}}`);
    return value;
  }

  private ownSlot(name: string): string | undefined {
    const { pronouns, short } = this.pov;
    if (name === 'name') return this.pov.name;
    if (name === 'called') return short;
    const slots = this.firstPerson ? FIRST_PERSON : THIRD_PERSON;
    const value = slots[name];
    return typeof value === 'function' ? value(pronouns, short) : value;
  }

  private otherSlot(name: string): string | undefined {
    const { pronouns, short } = this.other ?? this.pov;
    switch (name) {
      case 'b':
        return short;
      case 'b.he':
        return pronouns.he;
      case 'b.him':
        return pronouns.him;
      case 'b.his':
        return pronouns.his;
      case 'b.hisOwn':
        return pronouns.hisOwn;
      case 'b.himself':
        return pronouns.himself;
      default:
        return undefined;
    }
  }

  private storySlot(name: string): string | undefined {
    const { premise, fact, owed, goal } = this.recollections;
    switch (name) {
      case 'core':
        return `the ${this.saga.core}`;
      case 'clue':
        return definite(this.clue);
      case 'clue.a':
        return indefinite(this.clue);
      case 'clue.full':
        return this.clue.full;
      case 'pay':
        return renderPhrase(this.clue.pay, this.context);
      case 'premise':
        return premise;
      case 'fact':
        return fact;
      case 'owed':
        return owed;
      case 'goal':
        return goal;
      case 'x':
        return 'somebody';
      default:
        return undefined;
    }
  }

  private placeSlot(name: string): string | undefined {
    const props = PLACE_PROPS[this.place.type];
    switch (name) {
      case 'place':
        return this.place.said;
      case 'at':
        return this.place.at;
      case 'light':
        return this.decks.next(`light ${HOURS.indexOf(this.hour)}`, this.hour.light);
      case 'item':
      case 'surface':
      case 'thing':
      case 'seat':
      case 'sound':
      case 'smell':
        return this.decks.next(`${name} ${this.place.type}`, props[name]);
      default:
        return undefined;
    }
  }
}

type OwnSlots = Record<string, string | ((pronouns: Person['pronouns'], short: string) => string)>;

const FIRST_PERSON: OwnSlots = {
  P: 'I',
  Po: 'me',
  I: 'I',
  me: 'me',
  my: 'my',
  mine: 'mine',
  myself: 'myself',
  they: 'we',
  them: 'us',
  their: 'our',
};

const THIRD_PERSON: OwnSlots = {
  P: (_, short) => short,
  Po: (_, short) => short,
  I: ({ he }) => he,
  me: ({ him }) => him,
  my: ({ his }) => his,
  mine: ({ hisOwn }) => hisOwn,
  myself: ({ himself }) => himself,
  they: 'they',
  them: 'them',
  their: 'their',
};

function coreAsClue(core: string): Clue {
  return { noun: core, full: `the ${core}`, pay: '[turn|s] out to be what it [have|s] been all along' };
}
