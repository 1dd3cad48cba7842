import { inSentence } from '../language/wording';
import { PLACE_TYPE_OF_NOUN, type PlaceType } from './lexicon';

/** A place as sentences use it. */
export interface Place {
  /** As the world bible has it. */
  name: string;
  /** Inside a sentence: "the tide house", "Halm Ferry". */
  said: string;
  /** "in the tide house", "on the coal quay". */
  at: string;
  type: PlaceType;
}

const ON =
  /\b(quay|pier|dock|docks|beach|shore|shoreline|bridge|jetty|wharf|island|coast|street|road|lane|platform|avenue|moor|hill|hills|mountain|heath|deck|ice|stairs|stair|steppe|glacier|plain|porch|roof|wall|mudflats|mudflat|dunes|cliff|cliffs|ridge|ship|boat|barge|ferry|train|landing|causeway|gallery)$/i;
const AT = /\b(gate|crossroads|altar|well|lighthouse|weir|dam|station|farm|spring|lock|kiln)$/i;

export function placeOf(name: string): Place {
  const said = withArticle(inSentence(name.trim()));
  return { name: name.trim(), said, at: `${preposition(said)} ${said}`, type: placeType(name) };
}

/** The noun is the last word that names a kind of place, read before any "of" or "behind". */
export function placeType(name: string): PlaceType {
  const words = name.toLowerCase().split(/\s+/);
  const end = words.findIndex(
    (word, index) => index > 0 && /^(of|behind|above|below|under|by|at|on|with|over|beyond)$/.test(word),
  );
  const head = end > 0 ? words.slice(0, end) : words;
  for (const word of [...head].reverse()) {
    const type = PLACE_TYPE_OF_NOUN.get(word) ?? PLACE_TYPE_OF_NOUN.get(word.replace(/s$/, ''));
    if (type !== undefined) return type;
  }
  return 'street';
}

function preposition(said: string): string {
  const head = said.split(/ (?:of|behind|above|below|under|by|at|on|with|over|beyond) /)[0]!;
  if (ON.test(head) && /^the /.test(said)) return 'on';
  if (AT.test(head) || (!/^the /.test(said) && placeType(said) !== 'street')) return 'at';
  return 'in';
}

/** "tide house" is not a name: it needs its article. Names in scripts without capitals are left alone. */
function withArticle(said: string): string {
  return /^[a-z]/.test(said) && !/^(the|a|an|my|her|his|their|our)\b/.test(said) ? `the ${said}` : said;
}
