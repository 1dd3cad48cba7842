import { wordSet } from './word-set';

/** Ranks, kin, bodies and things that writers give a capital when they mean a particular one. */
const ROLES = `
  mother father mama papa mamma mum mummy mom mommy ma pa dad daddy grandmother grandfather grandma grandpa granny gran
  nana nan sister brother son daughter wife husband baby sonny boy girl lad lass lads friend friends comrade comrades
  gentlemen ladies gentleman lady sir madam ma'am miss mister missus guv captain skipper mate bosun boatswain purser
  steward cook doctor nurse matron teacher headmaster headmistress head housekeeper butler cook porter gardener keeper
  warden watchman guard guardian sentinel master mistress chief boss foreman clerk secretary treasurer registrar
  librarian archivist curator chairman chairwoman chair speaker director manager officer officers inspector detective
  superintendent sergeant constable sheriff judge magistrate justice mayor mayoress minister prime president premier
  chancellor ambassador consul envoy king queen prince princess crown throne emperor empress majesty majesties highness
  highnesses grace excellency lordship ladyship honour honor eminence holiness worship reverend bishop pope vicar
  pastor priest priestess monk abbot prior elder elders ancients ancestors old oldest first second third last one ones
  harbourmaster harbormaster harbour-master stationmaster postmaster quartermaster wizard witch oracle prophet seer
  stranger traveller traveler hunter healer smith messenger apprentice scribe scholar professor`;

const BODIES = `
  state government parliament congress senate court courts council council's committee ministry department bureau
  office board trust society club union party guild order house commons lords church temple cathedral chapel abbey
  priory mosque synagogue convent school college university academy institute library museum gallery theatre theater
  archive archives registry record records bank exchange company corporation firm agency army navy fleet guard force
  forces police constabulary regiment brigade militia legion crew post royal imperial national central general high
  grand great supreme common civic municipal federal republic kingdom empire crown realm commonwealth press times
  gazette herald chronicle journal mail telegraph post tribune observer courier mercury`;

const PLACES = `
  north south east west northern southern eastern western northeast northwest southeast southwest north-east north-west
  south-east south-west upper lower middle inner outer old new big little great main high low long broad street road
  lane avenue alley row terrace crescent square circus place court yard close drive way path parade promenade
  embankment quay quayside wharf pier dock docks harbour harbor port bay cove sound strait point head cape island isle
  islands isles sea ocean lake river brook creek falls pond marsh moor heath fen forest wood woods grove park garden
  gardens green common hill hills mount mountain mountains valley vale dale field fields cliff cliffs beach sands bar
  ridge pass peak desert plain plains coast shore bridge gate gates wall walls tower towers castle palace keep fort
  fortress citadel manor hall house houses lodge cottage farm mill inn tavern arms pub hotel hospital infirmary asylum
  prison gaol jail station market marketplace mart shop stores store town city village county district quarter parish
  ward borough cross lighthouse light observatory chamber room rooms floor wing cemetery churchyard crossing`;

const PARTS = `
  chapter book part volume act scene page article section number no platform line room floor door level gate grade class
  type figure table phase plan order rule law laws article clause year day night age era war wars peace act treaty
  battle siege rising rebellion revolution plague flood fire fall deluge exhibit item lot case file
  i ii iii iv v vi vii viii ix x xi xii`;

const WRITTEN_LARGE = `
  death life love time fate fortune destiny luck nature truth beauty justice liberty freedom reason war peace hope faith
  charity winter summer spring autumn night day sun moon star stars earth world sky heaven hell hades purgatory paradise
  eden limbo devil satan lucifer god goddess lord saint saints st angel angels spirit ghost holy trinity virgin madonna
  christ cross muse muses olympus zodiac aries taurus gemini cancer leo virgo libra scorpio sagittarius capricorn
  aquarius pisces internet web tv radio ok mp ph.d phd md esq jr sr dna x-ray pin id ip email champagne bordeaux
  burgundy port sherry madeira cognac scotch bourbon guinness cheddar brie camembert parmesan danish brussels
  shakespeare dickens bach mozart beethoven chopin homer plato aristotle newton darwin napoleon caesar shakespearean
  latin-school bunsen venetian turkish labrador alsatian doberman spaniel terrier siamese jack-in-the-box`;

/** Words that are capitalised as often for what they are as for a name; a phrase of only such words names nobody. */
export const GENERIC_NAME_WORDS = wordSet(ROLES, BODIES, PLACES, PARTS, WRITTEN_LARGE);

/** Words that make the word before them the name of a place or a body: "Vex Street", "Vex Company". */
export const NAMED_PLACE_WORDS = wordSet(`
  street road lane avenue alley row terrace crescent square court yard drive parade quay wharf pier dock docks harbour
  harbor bay cove sound strait point cape island isle islands sea ocean lake river creek falls marsh moor heath forest
  wood woods grove park gardens hill hills mount mountain mountains valley vale dale cliff cliffs beach sands ridge pass
  peak desert plains coast bridge gate tower castle palace fort fortress citadel manor hall house lodge cottage farm mill
  inn tavern arms hotel hospital infirmary asylum prison station market town city village county district quarter abbey
  priory cathedral chapel temple university college academy institute society club guild order company corporation
  brothers dynasty empire kingdom republic lighthouse`);
