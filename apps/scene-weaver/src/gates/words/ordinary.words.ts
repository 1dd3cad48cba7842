import { wordSet } from './word-set';

const FUNCTION_WORDS = `
  a an the this that these those my your his her its our their whose which what who whom whoever whatever whichever
  i you he she it we they me him us them mine yours hers ours theirs myself yourself himself herself itself ourselves
  yourselves themselves one ones none nobody no-one noone nothing somebody someone something anybody anyone anything
  everybody everyone everything each every either neither both all any some few many much more most several such same
  other others another enough half twice plenty
  and or but nor so yet for because since although though while whilst whereas if unless until till when whenever
  where wherever whether why how however than as like lest once whence
  of in on at by to from with without within into onto upon over under above below beneath beside besides between
  among amongst amid amidst against across along around round about before after behind beyond during despite except
  inside outside near off out past through throughout toward towards up down via per versus instead opposite aboard
  abreast alongside atop underneath
  not never no yes
  be am is are was were been being have has had having do does did doing done can could will would shall should may
  might must ought need dare let`;

const ADVERBS = `
  again ahead almost alone already also altogether always anyway apart aside away back backwards even ever everywhere
  far first firstly forever forward further hence here hereafter home indeed indoors just last late lately later least
  less maybe meanwhile nearby never nevertheless next nonetheless now nowadays nowhere often only otherwise outdoors
  overhead overnight perhaps please pretty quite rather right seldom sometime sometimes somehow somewhere soon sooner
  still then thence there thereafter therefore thus today together tomorrow tonight too twofold very well yesterday
  afterwards afterward beforehand downstairs upstairs elsewhere left long ago aye nay overhead thereupon whereupon
  straight certainly probably surely finally suddenly slowly quickly quietly softly carefully gently eventually usually
  barely hardly merely nearly mostly simply really truly presently instantly only hereby ashore adrift inland`;

const NUMBERS = `
  zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million dozen dozens
  second third fourth fifth sixth seventh eighth ninth tenth`;

const VERBS = `
  add allow answer ask begin believe bless blow break bring build burn call care carry catch change check choose clear
  close come consider count cover cross curse cut damn die dig draw drink drive drop eat end enter excuse face fall feed
  feel fetch fight fill find finish fix follow forget forgive fuck get give go gone grab grant guess hand hang hate hear
  help hide hit hold hurry hurt imagine join judge keep kill kiss know laugh lead learn leave lend lie lift light listen
  live lock look lose love make mark marry meet mention mind miss move name open pass pay pick play pray promise pull
  push put raise reach read remember remind rest return ride ring rise run save say see seem seems seemed sell send
  serve set show shut sing sit sleep smile speak stand start stay steal step stop strike suppose swear take talk teach
  tell thank think throw tie told touch trust try turn understand use wait wake walk want wash waste watch welcome wish
  wonder work write came went said got made took gave saw knew thought found left kept told felt stood sat ran heard
  held brought turned looked asked trust spare shame mean meant lay laid better`;

const NOUNS_AND_ADJECTIVES = `
  air anger animal animals arm arms ash autumn bad bare beautiful bells big bird birds bitter black blood blue board
  boats body bone bones book books boots bottles boy boys bread breath bright brother brothers brown candles captain
  chairs child children clever clouds coffee cold course crows curious damp dark darkness dawn day daylight days dead
  dear deep devil different difficult dinner distant dogs door doors dry dusk dust early east easy empty evening eyes
  faces fair false fate father fear feet fields final fine fingers fire fish fishermen flames flowers fog folk food
  fool fools footsteps free fresh friend friends frost full funny girl girls glass gold golden good gray great green
  grey grief gulls hair hands happy hard heat heavy high history holy honest hope horses hot hour hours houses human
  ice impossible important iron jealous joy justice kind ladies lamps large laughter lanterns letters lies lights little
  local longer loud low luck luckily lucky madness men mice midnight midday midsummer midwinter minutes mist moments
  money months moonlight morning mother mothers mud music neighbours neighbors new news night nights noise noon north odd
  old older order orders outsiders pages pain paper papers part people perfect pieces pipes plain poor power precious
  pride proof proud quick quiet rain rats ready real red relief right rain rich rocks roses rough rows sailors salt sand
  seagulls sea sea-birds secrets shadows sharp ships short sick silence silver simple sister sisters small smoke snow
  soft soldiers sorry sound sounds south spring stars steam stone stones stories strange stranger strangers strong stuff
  stupid summer sunlight sunrise sunset sure sweat sweet tall tea tears thick thin things thirst thoughts thunder tide
  time times tired tonight towers traitors travellers trees trouble true truth twilight ugly useless voices walls war
  warm water waves weak weeks west wet white whole wild wind windows wine winter wise women wood wooden words world wrong
  years yellow young younger youth`;

/**
 * Words that often start a sentence or get a capital for no more than emphasis. A capital on one of them says
 * nothing about a name.
 */
export const ORDINARY_WORDS = wordSet(FUNCTION_WORDS, ADVERBS, NUMBERS, VERBS, NOUNS_AND_ADJECTIVES);
