import type { GenreKey } from '../story/genre';

/** A kind of small thing that can be planted and come due. */
export interface ClueKind {
  /** Words by which a thing of the premise is known to be of this kind. */
  known: RegExp;
  nouns: Partial<Record<GenreKey, string>> & { any: string };
  adjectives: string;
  /** Without a verb that has a tense, so that they stand in any book. */
  tails: readonly string[];
  /** What it turns out to do; verbs of the thing itself. */
  pays: readonly string[];
}

export const CLUE_KINDS: readonly ClueKind[] = [
  {
    known: /key|seal|lock|badge|chip|drive|code|signal|wheel/,
    nouns: {
      any: 'key,latchkey,padlock,seal,bolt',
      'science-fiction': 'keycard,access chip,override tag,service key',
      fantasy: 'key,rune-stone,seal,binding ring',
    },
    adjectives: 'brass,iron,bent,small,blackened,steel,long',
    tails: [
      'stamped with the wrong number',
      'without a door to go with it',
      'tied to a strip of blue cloth',
      'filed down along one side',
      'too light for its size',
      'with a dead man’s initials on it',
      'worn by somebody’s pocket to the shape of a leaf',
    ],
    pays: [
      '[open|s] the one cupboard that nobody [have|s] asked about',
      '[turn|s], at the second try, in the lock that everyone [call|s] broken',
      '[fit|s] the box that [have|s] been used all these years as a doorstop',
      '[be|s] the twin of one that [hang|s] in plain sight',
      '[belong|s] to a door that [have|s] been papered over',
    ],
  },
  {
    known:
      /letter|ledger|log|book|map|page|diary|journal|notebook|receipt|deed|will|register|chart|tape|record|photograph|telegram|manuscript|scroll|contract|recipe|song|poem/,
    nouns: {
      any: 'letter,receipt,list,map,notebook,ticket,postcard',
      'science-fiction': 'log page,printout,work order,notebook,crew list',
      fantasy: 'letter,chart,oath-paper,psalter,tally',
    },
    adjectives: 'folded,water-stained,unsigned,half-burnt,pencilled,torn,unposted',
    tails: [
      'dated one day too early',
      'written in two different hands',
      'with one line cut out of it',
      'addressed to nobody',
      'mended with flour paste',
      'read so often that the folds have gone',
      'with the sum at the foot crossed out twice',
    ],
    pays: [
      '[match|s] the gap in the record, line for line',
      '[name|s] the one date that everybody [have|s] taken care to forget',
      '[be|s] only the copy, and the copyist made one honest mistake',
      '[carry|s], held against the light, a second and plainer message',
      '[be|s] in the hand of someone who [claim|s] never to have learnt to write',
    ],
  },
  {
    known: /./,
    nouns: {
      any: 'button,coin,ring,glove,photograph,cup,thimble',
      'science-fiction': 'sample vial,ration tin,photograph,glove,wrist strap',
      romance: 'glove,photograph,ring,ribbon,cup',
      fantasy: 'coin,ring,bead,bell,thimble',
    },
    adjectives: 'silver,chipped,grey,odd,scorched,child-sized,green',
    tails: [
      'still warm from a hand',
      'worn smooth on one side',
      'without its twin',
      'wrapped in a page of newsprint',
      'belonging to nobody in the house',
      'marked with a small cross',
      'cleaned by somebody not used to cleaning',
    ],
    pays: [
      '[have|s] a twin, in the last place where a careful person would keep it',
      '[place|s] its owner where its owner [have|s] sworn not to have been',
      '[be|s] known at once by the one witness whom nobody [have|s] thought to ask',
      '[weigh|s] exactly what the missing thing [be|s] said to have weighed',
      '[have|s] lain there since the night itself, and [have|s] been dusted round',
    ],
  },
];
