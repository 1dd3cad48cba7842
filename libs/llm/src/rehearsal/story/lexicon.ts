/** What kind of place it is: decides what is seen, heard and smelt there. */
export const PLACE_TYPES = [
  'water',
  'house',
  'work',
  'archive',
  'street',
  'wild',
  'inn',
  'sacred',
  'vessel',
  'stronghold',
] as const;
export type PlaceType = (typeof PLACE_TYPES)[number];

const PLACE_NOUNS: Record<PlaceType, string> = {
  water: `harbour harbor quay ferry dock docks pier beach shore shoreline river bridge sea lighthouse mudflats mudflat island
    bay canal lake landing jetty wharf estuary coast reef cove pool spring well dam weir tide`,
  house: `house room kitchen attic cottage flat parlour cellar hall manor bedroom study apartment stairs stair landing
    villa farmhouse farm porch nursery estate lodge cabin hut`,
  work: `office workshop shop mill factory forge studio bakery laboratory lab clinic hospital surgery newsroom yard foundry
    greenhouse theatre theater mine quarry boatyard garage kiln saltworks works plant smithy counting-house`,
  archive: `library archive archives museum registry bookshop school university academy college observatory record-office
    reading-room scriptorium vault`,
  street: `street market square alley town village city road lane district quarter port crossroads bazaar suburb
    platform tram avenue terrace neighbourhood`,
  wild: `forest wood woods moor marsh hill hills mountain mountains valley field fields garden desert orchard cave plain
    heath swamp jungle pass cliff cliffs dunes steppe glacier ice wilderness meadow fen wasteland crater ridge
    churchyard graveyard cemetery grove`,
  inn: `inn tavern bar pub café cafe hotel restaurant teahouse diner boarding-house guesthouse saloon canteen`,
  sacred: `church chapel temple shrine abbey monastery cathedral altar crypt mosque synagogue convent`,
  vessel: `ship station deck corridor airlock habitat dome colony module shuttle boat train spaceship starship vessel
    freighter barge hold cockpit orbiter array outpost rig submarine hangar`,
  stronghold: `castle tower palace keep prison court courthouse barracks gate wall fortress citadel throne dungeon throne-room
    watchtower bastion jail`,
};

/** Place nouns with their type; the noun is the last word of a place's name. */
export const PLACE_TYPE_OF_NOUN: ReadonlyMap<string, PlaceType> = new Map(
  PLACE_TYPES.flatMap((type) => PLACE_NOUNS[type].split(/\s+/).map((noun) => [noun, type] as const)),
);

/** Things one can hold, wind, open or lose. */
export const OBJECT_NOUNS: ReadonlySet<string> = new Set(
  `clock ledger key map letter letters ring book knife lamp box coin mirror photograph painting portrait violin bell compass
 crown sword seed seeds engine beacon radio tape notebook diary journal coat mask thread needle candle jar
 chest locket bottle statue machine drive chip drone log logbook signal code instrument wheel lens telescope chart
 piano guitar blade bone skull feather quilt dress shoe glove umbrella suitcase trunk envelope postcard
 telegram manuscript scroll tablet orb staff wand horn drum flute harp lantern anchor sail pendulum
 recorder transmitter receiver sample vial crystal shard relic icon medal badge stamp deed contract register recipe
 cassette camera song poem`.split(/\s+/),
);

/** Words before a noun that describe nothing. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set(
  `the a an his her their its my our your this that these those every each some any no one two three four five six seven
  eight nine ten of in on at to from by with for and or but as is are was were be been being has have had who which whose
  that it he she they i we you him them us into out up down over under after before about against between through same own
  other another first last next only very more most such than then there when where while if so not all both few many much
  must can could will would may might shall should does did do done what how why above below behind beside across near without like because until although since again
  now never always yet still once ever here there away back off along around toward towards beyond inside outside`.split(
    /\s+/,
  ),
);

/** Words in front of a name that belong to it. */
export const HONORIFICS: ReadonlySet<string> = new Set(
  `mr mrs ms miss dr doctor sir lady lord captain inspector sergeant constable professor father mother sister brother aunt
  uncle king queen prince princess judge reverend old major colonel commander saint madame monsieur don doña dame
  detective officer nurse herr frau fräulein señor señora signor signora mademoiselle`.split(/\s+/),
);

/** Those of them that stand before a given name: "Sir Walter" is Walter Scott, and nobody is "Old Thistle". */
export const HONORIFICS_OF_GIVEN_NAMES: ReadonlySet<string> = new Set(
  `sir dame king queen prince princess sister brother aunt uncle old saint don doña`.split(/\s+/),
);

/** Words for somebody, of the one kind and the other. */
const HE_NOUNS = `man boy father son brother uncle husband grandfather nephew king prince lord monk priest widower gentleman
  lad dad daddy papa grandpa grandad emperor duke baron abbot wizard godfather stepfather stepson`;
const SHE_NOUNS = `woman girl mother daughter sister aunt wife grandmother niece queen princess lady nun widow duchess lass
  mum mummy mom mama grandma granny nan auntie empress baroness countess abbess witch godmother stepmother stepdaughter
  heroine hostess priestess sorceress`;
const split = (words: string): string[] => words.trim().split(/\s+/);
export const MASCULINE_NOUNS: ReadonlySet<string> = new Set(split(HE_NOUNS));
export const FEMININE_NOUNS: ReadonlySet<string> = new Set(split(SHE_NOUNS));

/** Words for somebody whose ending does not tell. */
export const PERSON_NOUNS: ReadonlySet<string> = new Set([
  ...MASCULINE_NOUNS,
  ...FEMININE_NOUNS,
  ...split(`child baby person people couple friend cousin twin neighbour clerk cook guard guest nurse pilot apprentice
    captain student crew family team thief witch ghost detective judge novice warden orphan stranger spy witness engineer
    doctor teacher soldier sailor painter writer`),
]);

/** Nouns that any premise may have and no book turns on. */
export const VAGUE_NOUNS: ReadonlySet<string> = new Set(
  split(`time day night year month week hour minute moment morning evening winter summer autumn spring day thing way life
    death world story truth name word question point part side end beginning kind sort lot bit rest matter reason fact
    case place home town village city sea road wall field wood water air land sky sun moon war love fear hope hand eye face
    head heart body back voice job work money help chance change trip journey visit secret past future trouble
    company silence long old new young small little great big good bad late early strange quiet single whole
    large ordinary local dead lonely empty half few right left wrong best own same real full dark last first second third`),
);
