import { inSentence } from '../language/wording';
import { PLACE_TYPE_OF_NOUN, type PlaceType } from './lexicon';
import type { Saga } from './saga';

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
const AT =
  /\b(gate|crossroads|altar|well|lighthouse|weir|dam|station|farm|spring|lock|kiln|river|sea|harbou?r|lake|canal|estuary|pool|cove|bay|reef|tide|mine|mill|inn|works|yard|pump)$/i;

/** @param premise where a proper name may be said to be a town or a ship ("Halm Ferry, a salt town") */
export function placeOf(name: string, premise = ''): Place {
  const said = withArticle(asInPremise(inSentence(name.trim()), premise));
  const type = describedType(name.trim(), premise) ?? placeType(name);
  return { name: name.trim(), said, at: `${toldPreposition(said, premise) ?? preposition(said, type)} ${said}`, type };
}

/** "The Glass Harbour" is "the Glass Harbour" inside a sentence, where the premise has it so. */
function asInPremise(said: string, premise: string): string {
  const lower = said.replace(/^The (?=\p{Lu})/u, 'the ');
  return premise.includes(` ${lower}`) ? lower : said;
}

/** As `placeOf`; where a book plays aboard something, its rooms have no fireplace, and no street is in front of them. */
export function placeIn({ genre, mined }: Pick<Saga, 'genre' | 'mined'>, name: string, premise: string): Place {
  const place = placeOf(name, premise);
  const isRoom = place.type === 'house' || (place.type === 'street' && place.said.startsWith('the '));
  const isAboard =
    genre === 'science-fiction' && mined.places.some((other) => placeOf(other, premise).type === 'vessel');
  return isRoom && isAboard ? { ...place, type: 'vessel' } : place;
}

/** Where the premise puts a proper name: "above Titan". */
function toldPreposition(said: string, premise: string): string | undefined {
  if (!/^\p{Lu}/u.test(said)) return undefined;
  const at = premise.indexOf(said);
  const before = /\b(in|on|at|aboard|above|below|beneath|under|near|outside|off)\s+$/i.exec(
    premise.slice(0, Math.max(0, at)),
  );
  return before?.[1]?.toLowerCase();
}

function describedType(name: string, premise: string): PlaceType | undefined {
  if (!/^\p{Lu}/u.test(name) || inSentence(name) !== name) return undefined;
  const at = premise.indexOf(name);
  if (at < 0) return undefined;
  const said = /^,? (?:is )?(?:an?|the) ([a-z’' -]{3,40})/.exec(premise.slice(at + name.length, at + name.length + 60));
  const words = said?.[1]?.split(/\s+/) ?? [];
  return words.map((word) => PLACE_TYPE_OF_NOUN.get(word)).find((type) => type !== undefined);
}

/** "the bus station", "the railway platform": buildings of a town, and no vessels. */
const OF_TRAFFIC =
  /\b(bus|coach|tram|train|rail|railway|railroad|metro|subway|tube|underground|police|fire|petrol|gas|filling|service|polling|radio|weather|coastguard|lifeboat|rescue|ranger|power|pumping) station$/;

/** "the cargo bay": no water, whatever is about it. */
const WORKING_BAY =
  /\b(cargo|docking|engine|hydroponics?|landing|launch|loading|med|medical|shuttle|sick|storage) bay$/;

/** The noun is the last word that names a kind of place, read before any "of" or "behind". */
function placeType(name: string): PlaceType {
  const words = name.toLowerCase().split(/\s+/);
  const end = words.findIndex(
    (word, index) => index > 0 && /^(of|behind|above|below|under|by|at|on|with|over|beyond)$/.test(word),
  );
  const head = end > 0 ? words.slice(0, end) : words;
  if (OF_TRAFFIC.test(head.join(' '))) return 'street';
  if (WORKING_BAY.test(head.join(' '))) return 'work';
  for (const word of [...head].reverse()) {
    const type = PLACE_TYPE_OF_NOUN.get(word) ?? PLACE_TYPE_OF_NOUN.get(word.replace(/s$/, ''));
    if (type !== undefined) return type;
  }
  return 'street';
}

function preposition(said: string, type: PlaceType): string {
  const head = said.split(/ (?:of|behind|above|below|under|by|at|on|with|over|beyond) /)[0]!;
  if (ON.test(head) && /^the /.test(said)) return 'on';
  if (WORKING_BAY.test(head)) return 'in';
  if (AT.test(head) || (!/^the /.test(said) && type !== 'street' && type !== 'vessel')) return 'at';
  return 'in';
}

/** "tide house" is not a name: it needs its article. Names in scripts without capitals are left alone. */
function withArticle(said: string): string {
  return /^[a-z]/.test(said) && !/^(the|a|an|my|her|his|their|our)\b/.test(said) ? `the ${said}` : said;
}
