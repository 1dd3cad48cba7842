import { SeededRandom } from '../language/seeded-random';
import { render, slotsOf, type RenderContext } from '../language/template';
import type { Tense } from '../language/verbs';
import { readEvent, STORY_EVENTS } from '../story/events';
import { stateBeat } from '../story/state-beats';
import { SHARED_BUSINESS, SOLITARY_BUSINESS } from './business';
import { CHAPTER_ARCS, TITLE_FORMS } from './chapter-arcs';
import { FACT_UNITS, GOAL_UNITS, OWED_UNITS, PREMISE_TALK, PREMISE_UNITS, RECAP_UNITS } from './evidence';
import { EXCHANGES } from './exchanges';
import { ANY_EXCHANGES } from './exchanges-any';
import { GENRE_THOUGHTS } from './genre-thoughts';
import { INVENTORY_FINDINGS, INVENTORY_LEADS } from './inventory';
import { CLOSINGS, ENTRANCES, FINAL_CLOSINGS, NAMINGS, OPENINGS } from './openings';
import { REVELATIONS } from './revelations';
import { ANY_SENSES, SENSES } from './senses';
import { MENTION_LINES, SNIPPETS } from './snippets';
import { THOUGHTS } from './thoughts';

const KNOWN_SLOTS = new Set(
  `P Po I me my mine myself they them their b b.he b.him b.his b.hisOwn b.himself core clue clue.a clue.full pay place at light item
  surface thing seat sound smell premise fact owed recap goal mention q answer x place.title clue.title noun.title noun.a core.title
  b.title name called`.split(/\s+/),
);

const PROSE: Record<string, readonly string[]> = {
  business: [...SHARED_BUSINESS, ...SOLITARY_BUSINESS],
  evidence: [...FACT_UNITS, ...GOAL_UNITS, ...OWED_UNITS, ...PREMISE_TALK, ...PREMISE_UNITS, ...RECAP_UNITS],
  exchanges: [...Object.values(EXCHANGES).flat(), ...ANY_EXCHANGES],
  thoughts: [...THOUGHTS, ...Object.values(GENRE_THOUGHTS).flat()],
  inventory: [...INVENTORY_FINDINGS, ...INVENTORY_LEADS],
  frames: [...OPENINGS, ...CLOSINGS, ...FINAL_CLOSINGS, ...ENTRANCES, ...NAMINGS],
  senses: [...ANY_SENSES, ...Object.values(SENSES).flat()],
  snippets: [...SNIPPETS, ...MENTION_LINES],
  plays: STORY_EVENTS.flatMap(({ text, plays }) => [text, ...plays]),
  outlines: [
    ...CHAPTER_ARCS.flatMap(({ titles, summary }) => [...titles, summary]),
    ...TITLE_FORMS,
    ...Object.values(REVELATIONS).flatMap((list) => list.flatMap(({ question, answer }) => [question, answer])),
  ],
};

const context = (subject: 'I' | 's', tense: Tense): RenderContext => ({
  subject,
  tense,
  random: new SeededRandom('banks'),
  slot: (name) => name.replace('.', ''),
});

describe('the banks', () => {
  it.each(Object.keys(PROSE))('%s render in every person and tense, with slots that exist', (bank) => {
    for (const template of PROSE[bank]!) {
      for (const slot of slotsOf(template)) expect([template, KNOWN_SLOTS.has(slot)]).toEqual([template, true]);
      for (const subject of ['I', 's'] as const) {
        for (const tense of ['past', 'present'] as const) {
          expect(render(template, context(subject, tense))).not.toMatch(/[{}[\]<>|=]|undefined/);
        }
      }
    }
  });

  it('say nothing twice', () => {
    const all = Object.values(PROSE).flat();
    expect(all.filter((template, index) => all.indexOf(template) !== index)).toEqual([]);
  });

  it('let nothing be "her" that is "hers"', () => {
    const bare = /\{(?:b\.his|my|their)\}(?! [\p{L}“‘{[<])/u;
    expect(
      Object.values(PROSE)
        .flat()
        .filter((template) => bare.test(template)),
    ).toEqual([]);
  });

  it('leave no question mark or full stop before a lower-case sentence', () => {
    const late = Object.values(PROSE)
      .flat()
      .filter((template) =>
        /[?!]” \{(I|b\.he|P|they)\} \[(?!say|ask|want|add|agree|begin|whisper|promise)/.test(template),
      );
    expect(late).toEqual([]);
  });
});

describe('every story event', () => {
  it.each(STORY_EVENTS.map((event) => [event.id, event] as const))(
    '%s is recognised in the beat that states it',
    (_, event) => {
      const facts = {
        pov: 'Ada Quill',
        other: 'Brother Tobias Renn',
        absent: 'Maud Ferrier',
        place: 'Halm Ferry',
        core: 'salt clock',
        clue: {
          noun: 'brass key',
          full: 'the brass key belonging to nobody in the house',
          pay: '[open|s] the cupboard',
        },
        revelation: REVELATIONS.middle[2]!,
        premise: '',
        firstPerson: false,
      };
      const beat = stateBeat(event, facts);
      const read = readEvent(beat.text);
      expect(read?.event.id).toBe(event.id);
      if (slotsOf(event.text).includes('b')) expect(read?.slots.get('b')).toBe('Brother Tobias Renn');
      if (slotsOf(event.text).includes('clue.full')) expect(read?.slots.get('clue.full')).toBe(facts.clue.full);
      expect(beat.mentions.length).toBeGreaterThan(0);
    },
  );
});
