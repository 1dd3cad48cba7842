import type { GenreKey } from '../story/genre';

/** Places for a premise that names few; lower case, so that nothing here is a proper name. */
export const GENRE_PLACES: Record<GenreKey, readonly string[]> = {
  mystery: [
    'the records office',
    'the back bar of the inn',
    'the coal quay',
    'the upstairs parlour',
    'the locked workshop',
    'the churchyard',
    'the square behind the market',
    'the old mill',
  ],
  fantasy: [
    'the hall of the well',
    'the charcoal wood',
    'the broken tower',
    'the ferryman’s landing',
    'the market under the bridge',
    'the chapel of salt',
    'the hill road',
    'the scriptorium',
  ],
  'science-fiction': [
    'the service corridor',
    'the hydroponic bay',
    'the old airlock',
    'the canteen',
    'the signal room',
    'the pump hall',
    'the sleeping deck',
    'the archive vault',
  ],
  romance: [
    'the bookshop',
    'the garden behind the house',
    'the kitchen',
    'the river path',
    'the café on the corner',
    'the empty theatre',
    'the station platform',
    'the attic room',
  ],
  literary: [
    'the kitchen',
    'the long field',
    'the school library',
    'the bus station',
    'the hospital corridor',
    'the shore',
    'the front room',
    'the church hall',
  ],
  horror: [
    'the cellar',
    'the nursery',
    'the drowned wood',
    'the chapel',
    'the long corridor',
    'the ice house',
    'the lodge',
    'the well',
  ],
};

export const GENRE_FACTIONS: Record<GenreKey, readonly string[]> = {
  mystery: ['the harbour board', 'the night shift', 'the old subscribers', 'the widows of the terrace'],
  fantasy: ['the salt-singers', 'the road wardens', 'the keepers of the tally', 'the unsworn'],
  'science-fiction': ['the maintenance crew', 'the charter office', 'the first families', 'the quiet shift'],
  romance: ['the summer people', 'the family', 'the committee', 'the neighbours'],
  literary: ['the old families', 'the choir', 'those who left', 'the council'],
  horror: ['the congregation', 'the tenants', 'the ones who stayed', 'the household'],
};

export const GENRE_OBJECTS: Record<GenreKey, readonly string[]> = {
  mystery: ['ledger', 'duplicate key', 'sealed box'],
  fantasy: ['tally-stone', 'unlit lamp', 'bone flute'],
  'science-fiction': ['flight recorder', 'spare transmitter', 'sealed log'],
  romance: ['bundle of letters', 'unfinished song', 'old photograph'],
  literary: ['suitcase', 'wall clock', 'family album'],
  horror: ['covered mirror', 'music box', 'parish register'],
};

/** For a brief without a cast and a premise without names. */
export const FALLBACK_CAST: Record<GenreKey, readonly [string, string, string][]> = {
  mystery: [
    ['Nora Pell', 'protagonist', 'dry, exact'],
    ['Edwin Marsh', 'witness', 'talkative, evasive'],
    ['Hester Voss', 'antagonist', 'formal, unhurried'],
  ],
  fantasy: [
    ['Ilse Thorn', 'protagonist', 'blunt, loyal'],
    ['Bram Osk', 'companion', 'warm, rambling'],
    ['Maud Erris', 'antagonist', 'formal, patient'],
  ],
  'science-fiction': [
    ['Ines Vale', 'protagonist', 'exact, tired'],
    ['Teo Okoro', 'engineer', 'warm, joking'],
    ['Ruth Sand', 'antagonist', 'formal, careful'],
  ],
  romance: [
    ['Clara Wynn', 'protagonist', 'quick, guarded'],
    ['Jonas Reed', 'the other one', 'quiet, warm'],
    ['Edith Wynn', 'aunt', 'blunt, funny'],
  ],
  literary: [
    ['Martha Lowe', 'protagonist', 'quiet, watchful'],
    ['Daniel Lowe', 'brother', 'talkative, evasive'],
    ['Iris Kemp', 'neighbour', 'blunt, kind'],
  ],
  horror: [
    ['Agnes Fell', 'protagonist', 'quiet, stubborn'],
    ['Silas Crewe', 'caretaker', 'formal, evasive'],
    ['Lena Crewe', 'witness', 'nervous, young'],
  ],
};

/** What the book turns on where neither title nor premise names a thing. */
export const FALLBACK_CORE: Record<GenreKey, string> = {
  mystery: 'missing page',
  fantasy: 'empty reliquary',
  'science-fiction': 'last transmission',
  romance: 'unsent letter',
  literary: 'locked drawer',
  horror: 'thirteenth stair',
};
