import type { GenreKey } from '../story/genre';

/** A kind of small thing that can be planted and come due. */
export interface ClueKind {
  nouns: Partial<Record<GenreKey, string>> & { any: string };
  adjectives: string;
  tails: readonly string[];
  /** What it turns out to do; verbs of the thing itself. */
  pays: readonly string[];
}

export const CLUE_KINDS: readonly ClueKind[] = [
  {
    nouns: {
      any: 'key,latch-key,padlock,seal',
      'science-fiction': 'keycard,access chip,override tag',
      fantasy: 'key,rune-stone,seal',
    },
    adjectives: 'brass,iron,bent,small,blackened,heavy,steel',
    tails: [
      'stamped with the wrong number',
      'that fits no door anyone will name',
      'tied to a strip of blue cloth',
      'filed down along one side',
      'too light for its size',
      'with a dead name scratched on it',
    ],
    pays: [
      '[open|s] the one cupboard nobody [=had/has] asked about',
      '[turn|s], at the second try, in the lock everyone [=had/has] called broken',
      '[fit|s] the box that [=had/has] been used all these years as a doorstop',
      '[prove|s] to be the twin of one that [hang|s] in plain sight',
    ],
  },
  {
    nouns: {
      any: 'letter,receipt,list,map,notebook,ticket',
      'science-fiction': 'log page,printout,work order,notebook',
      fantasy: 'letter,chart,oath-paper,psalter',
    },
    adjectives: 'folded,water-stained,unsigned,half-burnt,pencilled,torn',
    tails: [
      'dated one day too early',
      'written in two hands',
      'with one line cut out of it',
      'addressed to nobody',
      'mended with flour paste',
      'that has been read too often',
    ],
    pays: [
      '[match|s] the gap in the record, line for line',
      '[name|s] the one date everybody [=had/has] taken care to forget',
      '[turn|s] out to be the copy, and the copyist [=had made/made] one honest mistake',
      '[carry|s], held against the light, a second and plainer message',
    ],
  },
  {
    nouns: {
      any: 'button,coin,ring,glove,photograph,cup',
      'science-fiction': 'sample vial,ration tin,photograph,glove',
      romance: 'glove,photograph,ring,ribbon',
    },
    adjectives: 'silver,chipped,grey,odd,scorched,child-sized,green',
    tails: [
      'still warm from somebody',
      'worn smooth on one side',
      'missing its twin',
      'wrapped in a page of newsprint',
      'that belongs to nobody in the house',
      'marked with a small cross',
    ],
    pays: [
      '[find|s] its twin, in the last place a careful person would keep it',
      '[place|s] its owner where its owner [=had/has] sworn not to have been',
      '[be|s] known at once by the one witness nobody [=had/has] thought to ask',
      '[weigh|s] exactly what the missing thing [=had/has] been said to weigh',
    ],
  },
];
