/** For very long scenes: what there is, thing by thing. Every item with every finding is a sentence of its own. */
export const INVENTORY_LEADS: readonly string[] = [
  'Since there [be|s] time, {P} [go] on to the next things.',
  '{P} [take] up the list again.',
  'A little further along there [be|s] more of it.',
  'It [be|s] slow work, and {P} [do] it slowly.',
  'There [be|s] always more in a place than one [think|s].',
  '{P} [turn] to what [be|s] left.',
];

export const INVENTORY_ITEMS: readonly string[] =
  `a tin box,a coil of cord,a cracked saucer,an umbrella,a child's boot,a jar of nails,a stopped watch,a calendar,a walking stick,
  a bunch of dried flowers,a tray,a bottle,a folded blanket,a stub of candle,a ruler,a birdcage,a lamp without a wick,a pair of
  spectacles,a ball of wool,a mousetrap,a picture frame,a hymn book,a pocket knife,a sack of meal,a comb,a bent spoon,a broken
  slate,a bundle of canes,a tea caddy,a small brass bell,a flat iron,a roll of oilcloth,a scarf,a pack of cards,a magnifying
  glass,a hat with no band,a plate,a chipped basin,an empty frame,a funnel`
    .split(',')
    .map((item) => item.replace(/\s+/g, ' ').trim());

export const INVENTORY_FINDINGS: readonly string[] = [
  'older than the rest and better kept',
  'put away damp by someone in a hurry',
  'not where its dust [say|s] it should be',
  'bought here, and not long ago',
  'marked on the underside with a cross in chalk',
  'of no value, and carefully wrapped',
  'mended by somebody who [have|s] been proud of the work',
  'lent, to judge by the label, and never asked for again',
  'standing exactly in the middle of its shelf',
  'warmer than the air',
  'one of a pair, and the other nowhere to be seen',
  'facing the wall',
  'such as every house here [have|s], and so of no use to anybody asking questions',
  'with a name on it, inked over',
  'clean on the one side',
  'heavier than it [look|s]',
  'kept, {I} [suppose], for somebody',
  'with a length of blue thread round it',
  'the sort of thing one [give|s] to a child to hold',
  'used lately, and not for what it [be|s] for',
  'forgotten so long that it [have|s] left its outline',
  'tied up with a knot that {P} [have] only seen on boats',
  'quite empty, and corked',
  'cheap, and loved',
  'left by somebody who [mean|s] to come back',
  'of a kind they [have|p] not made for thirty years',
  'without a speck on it',
  'burnt along one edge',
  'too good for the place it [be|s] in',
  'set apart from the others, as a sick animal [be|s]',
];
