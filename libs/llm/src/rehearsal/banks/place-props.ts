import type { PlaceType } from '../story/lexicon';

/** What a kind of place has in it; singular, with article, to stand inside a sentence. */
export interface PlaceProps {
  /** Small enough to be moved. */
  item: readonly string[];
  /** To put things on. */
  surface: readonly string[];
  /** To look at. */
  thing: readonly string[];
  seat: readonly string[];
  sound: readonly string[];
  smell: readonly string[];
}

export const PLACE_PROPS: Record<PlaceType, PlaceProps> = {
  water: {
    item: ['the bucket', 'the boat hook', 'the coil of rope', 'the lantern'],
    surface: ['the low wall', 'the rail', 'the crate'],
    thing: ['the rail', 'the mooring rope', 'the bollard', 'the tide board', 'the gangplank'],
    seat: ['the bollard', 'an upturned crate', 'the low wall'],
    sound: ['the knock of a hull', 'the slap of water under the boards', 'the groan of a chain'],
    smell: ['tar', 'cold weed', 'wet rope'],
  },
  house: {
    item: ['the lamp', 'the vase', 'the footstool', 'the coal scuttle'],
    surface: ['the table', 'the window sill', 'the mantelpiece'],
    thing: ['the mantelpiece', 'the lamp', 'the window catch', 'the table edge', 'the kettle'],
    seat: ['the hard chair', 'the window seat', 'the arm of the sofa'],
    sound: ['the tick of cooling iron', 'the creak of a board overhead', 'the drip of a tap'],
    smell: ['soap', 'old smoke', 'boiled linen'],
  },
  work: {
    item: ['the mallet', 'the oil can', 'the order book', 'the stool'],
    surface: ['the bench', 'the lid of the chest', 'the sill'],
    thing: ['the bench', 'the vice', 'the row of hooks', 'the order book', 'the stove door'],
    seat: ['the stool', 'the edge of the bench', 'an oil drum'],
    sound: ['the slap of the belt behind the wall', 'the rasp of a file', 'the drip of the cooling tank'],
    smell: ['machine oil', 'sawdust', 'cold tea'],
  },
  archive: {
    item: ['the inkwell', 'the reading lamp', 'the top volume', 'the card box'],
    surface: ['the reading desk', 'the open drawer', 'the shelf'],
    thing: ['the ladder', 'the catalogue drawer', 'the reading lamp', 'the brass rail', 'the index card'],
    seat: ['the library steps', 'the reader’s chair', 'a stack of bound years'],
    sound: [
      'a page being turned by nobody in sight',
      'the ladder’s wheel on its rail',
      'the radiator clearing its throat',
    ],
    smell: ['dust', 'binding glue', 'damp paper'],
  },
  street: {
    item: ['the empty pail', 'the handcart', 'the milk can', 'the chair by the door'],
    surface: ['the step', 'the low wall', 'the lid of the trough'],
    thing: ['the pump', 'the shutter', 'the lamp post', 'the kerb', 'the notice board'],
    seat: ['the bench', 'the step', 'the rim of the trough'],
    sound: [
      'the clatter of a shutter',
      'the grind of a cart on the cobbles',
      'a bell in the distance',
      'a dog barking at nothing',
    ],
    smell: ['rain on stone', 'frying', 'horses'],
  },
  wild: {
    item: ['the hurdle', 'the tin cup', 'the cut stick', 'the loose stone'],
    surface: ['the wall', 'the flat stone', 'the fallen trunk'],
    thing: ['the leaning gate', 'the dry stone', 'the thorn', 'the path', 'the fallen trunk'],
    seat: ['a flat stone', 'the fallen trunk', 'the bank'],
    sound: [
      'the wind finding the one loose thing',
      'a bird giving the alarm twice',
      'water going somewhere underground',
    ],
    smell: ['bracken', 'cold earth', 'leaf mould'],
  },
  inn: {
    item: ['the jug', 'the tray', 'the candle', 'the salt cellar'],
    surface: ['the counter', 'the corner table', 'the barrel'],
    thing: ['the counter', 'the curtain', 'the slate', 'the beer pump', 'the tray'],
    seat: ['the settle', 'the stool at the end', 'the corner bench'],
    sound: ['the clink of a glass', 'a mutter of talk', 'the thud of the cellar flap'],
    smell: ['spilt beer', 'coal smoke', 'wet wool'],
  },
  sacred: {
    item: ['the candlestick', 'the hassock', 'the alms box', 'the vase'],
    surface: ['the rail', 'the end of the bench', 'the ledge'],
    thing: ['the font', 'the worn slab', 'the candle stand', 'the iron grille', 'the hymn board'],
    seat: ['the last bench', 'the altar step', 'a kneeling stool'],
    sound: ['the sigh of a door', 'the drip of wax on tin', 'the creak of the bell rope'],
    smell: ['wax', 'cold stone', 'dead flowers'],
  },
  vessel: {
    item: ['the toolbox', 'the cup in its clip', 'the headset', 'the torch'],
    surface: ['the locker lid', 'the console', 'the crate'],
    thing: ['the handrail', 'the hatch', 'the gauge', 'the intercom', 'the locker'],
    seat: ['the jump seat', 'the lip of the hatch', 'a crate strapped to the floor'],
    sound: ['a change in the note of the pumps', 'the click of a relay', 'the breath of air in the duct'],
    smell: ['warm plastic', 'ozone', 'old breath'],
  },
  stronghold: {
    item: ['the stool', 'the water jar', 'the lantern', 'the loop of chain'],
    surface: ['the sill', 'the table', 'the ledge'],
    thing: ['the bolt', 'the arrow slit', 'the iron ring', 'the turning stair', 'the brazier'],
    seat: ['the guard’s bench', 'the window recess', 'the third step'],
    sound: ['the scrape of a key a floor below', 'a pair of boots on the stair', 'the wind in the slit'],
    smell: ['rust', 'torch smoke', 'stone sweat'],
  },
};

/** The light, by the hour a scene's story time names. */
export const HOURS: readonly { pattern: RegExp; light: readonly string[]; when: readonly string[] }[] = [
  {
    pattern: /early|dawn|morning|before light|sunrise/i,
    light: ['the first grey light', 'a light with no warmth in it yet', 'the early light'],
    when: ['early', 'before the day had made up its mind'],
  },
  {
    pattern: /\bnoon|midday/i,
    light: ['the flat light of noon', 'a light without shadows', 'the hard noon light'],
    when: ['about noon'],
  },
  {
    pattern: /evening|dusk|sunset|towards night/i,
    light: ['the last of the light', 'the low sun', 'the brown light of evening'],
    when: ['towards evening'],
  },
  {
    pattern: /dark|night|late|midnight|lamp/i,
    light: ['the one lamp', 'what light there was', 'the lamp’s small circle'],
    when: ['after dark'],
  },
  {
    pattern: /./,
    light: ['the ordinary daylight', 'the slow light of the afternoon', 'the window’s square of light'],
    when: ['in the afternoon'],
  },
];
