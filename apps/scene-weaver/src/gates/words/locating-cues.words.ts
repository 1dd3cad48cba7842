import { wordSet } from './word-set';

const PLACE_KINDS =
  'town|city|village|hamlet|port|harbour|harbor|island|isle|kingdom|realm|empire|duchy|republic|country|land|lands|province|county|district|region|valley|river|lake|bay|forest|mountain|mountains|moon|planet|colony|parish|borough|capital|ruins|abbey|monastery|castle|fortress|inn|tavern';
const JOURNEYS = 'road|train|boat|ferry|ship|coach|bus|flight|journey|voyage|passage|track|path';
const TRAVELS = 'sailed|sailing|travelled|traveled|travelling|traveling|journeyed|rode|marched|emigrated|shipped';

/** What stands right before the name of a place: "the town of X", "the road to X", "sailed for X". */
export const PLACE_CUE = new RegExp(
  `\\b(?:(?:${PLACE_KINDS}) (?:of|called|named)|(?:${JOURNEYS}) (?:to|from)|(?:${TRAVELS}) (?:to|for|from))$`,
  'i',
);

/** Words before "in X" after which X may be no place: whom one trusts, what one speaks, what one wears, who comes in. */
export const NOT_A_PLACE_AFTER = wordSet(`
  believe believes believed believing confide confided confides confiding trust trusts trusted trusting faith interest
  interested confidence hope delight delighted speak speaks spoke spoken speaking say says said write writes wrote
  written writing sing sings sang sung singing mutter muttered whisper whispered swore sworn cursed answer answered
  reply replied call called shout shouted read reads dressed clad wrapped painted lettered change changed something
  anything nothing someone anyone come comes came coming put pulled reined take takes took taken bring brings brought
  let walked stepped ushered showed joined cut chimed broke him her them it me us see saw seen`);
