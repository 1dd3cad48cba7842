import type { PlaceType } from '../story/lexicon';

/** What a kind of place has in it; singular, with article, to stand inside a sentence. */
export interface PlaceProps {
  thing: readonly string[];
  seat: readonly string[];
  sound: readonly string[];
  smell: readonly string[];
}

export const PLACE_PROPS: Record<PlaceType, PlaceProps> = {
  water: {
    thing: ['the rail', 'the mooring rope', 'the bollard', 'the tide board', 'the gangplank'],
    seat: ['the bollard', 'an upturned crate', 'the low wall'],
    sound: ['the knock of a hull', 'the slap of water under the boards', 'a chain taking the strain'],
    smell: ['tar', 'cold weed', 'wet rope'],
  },
  house: {
    thing: ['the mantelpiece', 'the lamp', 'the window catch', 'the table edge', 'the kettle'],
    seat: ['the hard chair', 'the window seat', 'the arm of the sofa'],
    sound: ['the tick of cooling iron', 'a board settling overhead', 'the tap that nobody turned off'],
    smell: ['soap', 'old smoke', 'boiled linen'],
  },
  work: {
    thing: ['the bench', 'the vice', 'the row of hooks', 'the order book', 'the stove door'],
    seat: ['the stool', 'the edge of the bench', 'an oil drum'],
    sound: ['the belt slapping somewhere behind the wall', 'a file put down', 'the drip of the cooling tank'],
    smell: ['machine oil', 'sawdust', 'cold tea'],
  },
  archive: {
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
    thing: ['the pump', 'the shutter', 'the lamp post', 'the kerb', 'the notice board'],
    seat: ['the bench', 'the step', 'the rim of the trough'],
    sound: ['a shutter going up', 'somebody’s cart on the cobbles', 'a bell, not close'],
    smell: ['rain on stone', 'frying', 'horses'],
  },
  wild: {
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
    thing: ['the counter', 'the curtain', 'the slate', 'the beer pump', 'the tray'],
    seat: ['the settle', 'the stool at the end', 'the corner table'],
    sound: ['a glass set down', 'low talk that stopped and went on', 'the cellar flap'],
    smell: ['spilt beer', 'coal smoke', 'wet wool'],
  },
  sacred: {
    thing: ['the font', 'the worn slab', 'the candle stand', 'the iron grille', 'the hymn board'],
    seat: ['the last bench', 'the altar step', 'a kneeling stool'],
    sound: ['a door that closes itself', 'wax dropping on tin', 'the bell rope moving in its hole'],
    smell: ['wax', 'cold stone', 'dead flowers'],
  },
  vessel: {
    thing: ['the handrail', 'the hatch', 'the gauge', 'the intercom', 'the locker'],
    seat: ['the jump seat', 'the lip of the hatch', 'a crate strapped to the floor'],
    sound: ['the pumps changing their note', 'a relay closing', 'air moving in the duct'],
    smell: ['warm plastic', 'ozone', 'air that has been used'],
  },
  stronghold: {
    thing: ['the bolt', 'the arrow slit', 'the iron ring', 'the turning stair', 'the brazier'],
    seat: ['the guard’s bench', 'the window recess', 'the third step'],
    sound: ['a key being tried a floor below', 'boots that stop outside', 'the wind in the slit'],
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
