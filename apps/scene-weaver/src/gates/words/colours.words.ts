/** Colours by family; within a family, and between neighbours in one line, one writer's word is another's. */
const FAMILIES: Record<string, string> = {
  red: 'red crimson scarlet ruby vermilion',
  blue: 'blue azure cobalt sapphire indigo navy',
  green: 'green emerald jade olive',
  yellow: 'yellow lemon',
  black: 'black ebony jet raven jet-black raven-black',
  white: 'white snow-white ivory',
  grey: 'grey gray slate steel-grey steel-gray',
  brown: 'brown chestnut chocolate',
  blond: 'blond blonde fair flaxen golden gold',
  purple: 'purple violet mauve',
  pink: 'pink rose-pink',
  orange: 'orange',
  auburn: 'auburn ginger copper',
  silver: 'silver silvery',
  hazel: 'hazel amber',
};

/** Families that shade into each other, and so never contradict. */
const NEIGHBOURS = [
  'red auburn',
  'auburn brown',
  'auburn orange',
  'grey silver',
  'silver white',
  'grey white',
  'blond yellow',
  'hazel brown',
  'hazel green',
  'hazel yellow',
  'hazel orange',
  'purple blue',
  'purple pink',
  'pink red',
  'red orange',
  'yellow orange',
  'grey blue',
  'blue black',
  'blond brown',
  'grey black',
  'blond white',
  'red purple',
  'red brown',
  'green blue',
];

/** The family of each colour word. */
export const COLOUR_FAMILIES: ReadonlyMap<string, string> = new Map(
  Object.entries(FAMILIES).flatMap(([family, words]) => words.split(' ').map((word) => [word, family] as const)),
);

const BLURRED: ReadonlySet<string> = new Set(
  NEIGHBOURS.flatMap((pair) => [pair, pair.split(' ').toReversed().join(' ')]),
);

/** Colours that tears, sleep, fear and the light give any eyes or face. */
export const PASSING_COLOURS: ReadonlySet<string> = new Set(['red', 'pink', 'white', 'black', 'yellow', 'purple']);

/** Whether nobody could call one and the same thing by both colours. Unknown words never contradict. */
export function coloursDiffer(one: string, other: string): boolean {
  const first = COLOUR_FAMILIES.get(one);
  const second = COLOUR_FAMILIES.get(other);
  if (first === undefined || second === undefined || first === second) return false;
  return !BLURRED.has(`${first} ${second}`);
}
