import type { PlaceType } from '../story/lexicon';

export const PERSON_FACTS: readonly string[] = [
  '{name} was in the building the last time {core} was moved.',
  '{name} learned to read from a list of names.',
  '{name} once returned a sum of money that nobody had missed.',
  '{name} was asked to sign something about {core}, and signed it unread.',
  '{name} gave up {his} first trade in a single afternoon and never said why.',
  '{name} kept a light in {his} window for somebody for eleven years.',
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
  '{place} was closed for a month in the year {core} was first spoken of.',
  '{place} was rebuilt once, and one wall was left as it had been.',
  'Two people were once found asleep at {place} who swore they had not met.',
  'The key to {place} was copied, and one copy was never handed back.',
];

export const FACTION_FACTS: readonly string[] = [
  'meets when nobody has called a meeting. One knows a member by what is not ordered at table. It lost most by {core} and says least of it.',
  'owns very little and is owed a great deal. It fears a full account more than a false one, and keeps the keys to things it does not use.',
  'pays in favours and remembers each. It would rather {core} were forgotten than found, and has said so, politely, to everyone in turn.',
];

export const OBJECT_FACTS: readonly string[] = [
  'is smaller than people remember, and heavier. One side is worn where a thumb has been.',
  'has been mended at least twice, once by somebody who knew how.',
  'bears a mark on the underside that looks like an accident until one has seen it twice.',
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
