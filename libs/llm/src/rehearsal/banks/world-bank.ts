import type { PlaceType } from '../story/lexicon';

/** Facts are told in the past tense, so that a scene of any tense can quote them. */
export const PERSON_FACTS: readonly string[] = [
  '{name} was near by the last time {core} was moved.',
  '{name} learned to read from a list of names.',
  '{name} once returned a sum of money that nobody had missed.',
  '{name} was asked to sign something about {core}, and signed it unread.',
  '{name} gave up {his} first trade in a single afternoon and never said why.',
  '{name} kept a light in {his} window for somebody for eleven years.',
  '{name} was the last to be told and the first to stop asking.',
  '{name} slept through the one night about which everybody was questioned.',
  '{name} wrote three letters about {core} and posted none of them.',
  '{name} was given a key as a child and told not to say what it was for.',
  '{name} never crossed the threshold of {home} on a feast day.',
  '{name} owed somebody an apology, and paid it in firewood.',
  '{name} was once seen to weep over a bill that came out right.',
  '{name} taught somebody a trade and would not speak of the pupil.',
  '{name} counted {core} among the things not to be mentioned at table.',
  '{name} broke a window at nine years old and confessed to it at thirty.',
];

/** For whoever comes to {core} with questions. */
export const HERO_FACTS: readonly string[] = [
  '{name} had never lost a notebook.',
  '{name} once gave evidence against a friend, and was right.',
  '{name} was paid by the day and worked by the night.',
  '{name} was taught to begin with what nobody disputed.',
  '{name} kept every promise ever asked of {him} in writing.',
];

export const PLACE_SUMMARIES: Record<PlaceType, readonly string[]> = {
  water: [
    '{place}: wet boards, a smell of tar and cold weed, ropes that are never quite still. Sound carries here; people lower their voices without noticing.',
  ],
  house: [
    '{place}: low ceilings, a clock somebody else winds, the warm side and the cold side. Every chair has an owner, and visitors find out which by sitting in it.',
  ],
  work: [
    '{place}: benches scarred to the height of a hand, tools hung on their own outlines, and one outline empty. It smells of oil and of cold tea.',
  ],
  archive: [
    '{place}: paper to the ceiling, a ladder on a rail, light that comes in edgeways. Whoever keeps it knows what is missing by the dust.',
  ],
  street: [
    '{place}: everyone knows who passes and at what hour. Shutters, a pump, a bench that is never empty; the ground slopes so that water and news run the same way.',
  ],
  wild: [
    '{place}: no straight line in it but the ones people made and regretted. The wind comes from one side, and everything that grows here leans to tell you which.',
  ],
  inn: [
    '{place}: a long counter, a short temper behind it, and a back room with a curtain for a door. Things are settled here that are later signed elsewhere.',
  ],
  sacred: [
    '{place}: cold stone, wax, names underfoot. People come here to be alone together, and leave small things behind that are not quite offerings.',
  ],
  vessel: [
    '{place}: a hum underfoot one stops hearing by the second day, handrails worn to bare metal, air that has been breathed before. Every sound has a cause, and the cause is somebody’s duty.',
  ],
  stronghold: [
    '{place}: thick walls that keep the cold in, stairs that turn the same way, a view of everyone who is coming. It was built against something that has since been let in.',
  ],
};

export const PLACE_FACTS: readonly string[] = [
  'A light was seen {at} on the night everyone remembers, and nobody owned to it.',
  'The first written account of {core} was written {at}.',
  'Two people once met {at} who afterwards swore that they had not.',
  'Something was once hidden {at} and taken away again by daylight.',
  'Children were told not to play {at}, and played there.',
  'The oldest map had another name for {place}.',
  'Somebody once drew {place} from memory and left out one thing.',
  'Nobody was ever charged for what was broken {at}.',
  'A bell was rung {at} for a stranger, and only once.',
  'It was {at} that {core} was first called by its name.',
  'There was a quarrel {at} that was never finished.',
  'A name was carved {at} and cut out again within the year.',
  'The last person to keep {place} locked was not thanked for it.',
  'A wedding party waited {at} for a guest who had been sent elsewhere.',
];

export const FACTION_FACTS: readonly string[] = [
  '{name}: a company that meets when nobody has called a meeting. One knows a member by what is not ordered at table. It lost most by {core} and says least of it.',
  '{name}: a body that owns very little and is owed a great deal. It fears a full account more than a false one, and keeps the keys to things it does not use.',
  '{name}: an arrangement that pays in favours and remembers each. It would rather {core} were forgotten than found, and has said so, politely, to everyone in turn.',
];

export const OBJECT_FACTS: readonly string[] = [
  'is smaller than people remember, and heavier. One side is worn where a thumb has been.',
  'has been mended at least twice, once by somebody who knew how.',
  'bears a mark on the underside that looks like an accident until one has seen it twice.',
];

export const OBJECT_HISTORY: readonly string[] = [
  '{it} was last signed for by somebody who gave only initials.',
  '{it} was left out of two lists and put twice into a third.',
  '{it} was lent once, for an evening, and came back cleaner.',
  '{it} was shown to visitors until one of them asked to see the back.',
  '{it} was wrapped, the last time it was moved, in a coat nobody claimed.',
  '{it} was valued by an expert, who asked not to be named.',
];

export const RULES: readonly { name: string; summary: string; facts: readonly string[] }[] = [
  {
    name: 'The rule of two witnesses',
    summary:
      'Nothing is written down here that only one person has seen. What is told to one alone does not count, and so the most important things are told to one alone.',
    facts: [
      'A statement without two witnesses was never entered in the record.',
      'Telling a thing to one person alone was the customary way of not having said it.',
    ],
  },
  {
    name: 'The quarter-day reckoning',
    summary:
      'Four times a year every debt is named aloud, and whoever is not there to hear theirs named is taken to have agreed to it.',
    facts: ['Debts were named aloud on four days of the year.', 'Whoever stayed away was taken to have agreed.'],
  },
  {
    name: 'The custom of the first question',
    summary:
      'A stranger may ask one question and must be answered truly; the second is a purchase. Most strangers waste the first on the way to the inn.',
    facts: ['A stranger’s first question was answered truly.', 'A second question had to be paid for.'],
  },
  {
    name: 'The closed hour',
    summary:
      'For one hour after dark nobody crosses a threshold that is not their own. It was made for mourning once. It has been used for other things.',
    facts: [
      'Nobody crossed another’s threshold in the first hour after dark.',
      'The custom was begun in a year of many funerals.',
    ],
  },
];
