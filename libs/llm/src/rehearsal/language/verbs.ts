export type Tense = 'past' | 'present';
/** `I`: first person; `s`: he, she, it; `p`: they, we. */
export type Subject = 'I' | 's' | 'p';

const IRREGULAR_PAST: Record<string, string> = Object.fromEntries(
  `become:became begin:began bend:bent bind:bound bite:bit blow:blew break:broke bring:brought build:built burn:burned buy:bought
  catch:caught choose:chose cling:clung come:came cost:cost creep:crept cut:cut dig:dug do:did draw:drew drink:drank drive:drove
  eat:ate fall:fell feed:fed feel:felt fight:fought find:found flee:fled fling:flung fly:flew forget:forgot forgive:forgave
  freeze:froze get:got give:gave go:went grow:grew hang:hung have:had hear:heard hide:hid hit:hit hold:held hurt:hurt keep:kept
  kneel:knelt know:knew lay:laid lead:led lean:leaned learn:learnt leave:left lend:lent let:let lie:lay light:lit lose:lost
  make:made mean:meant meet:met pay:paid put:put read:read rid:rid ride:rode ring:rang rise:rose run:ran say:said see:saw
  seek:sought sell:sold send:sent set:set sew:sewed shake:shook shed:shed shine:shone shoot:shot show:showed shrink:shrank
  shut:shut sing:sang sink:sank sit:sat sleep:slept slide:slid speak:spoke spend:spent spill:spilled spin:spun split:split
  spread:spread stand:stood steal:stole stick:stuck sting:stung strike:struck swear:swore sweep:swept swim:swam swing:swung
  take:took teach:taught tear:tore tell:told think:thought throw:threw understand:understood wake:woke wear:wore weep:wept
  win:won spit:spat wind:wound withdraw:withdrew write:wrote overhear:overheard undo:undid`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);

/** Final consonants that double, beyond the one-syllable rule below. */
const DOUBLING = new Set([
  'stop',
  'slip',
  'nod',
  'step',
  'tap',
  'drop',
  'grip',
  'rub',
  'beg',
  'admit',
  'plan',
  'wrap',
  'shrug',
  'clap',
  'drag',
  'tug',
  'trip',
  'snap',
  'strip',
  'pin',
  'pat',
  'prop',
  'tip',
  'scrub',
  'commit',
  'permit',
  'hum',
  'drum',
  'regret',
  'chat',
  'trap',
  'skim',
  'dip',
  'swap',
  'stir',
  'mop',
  'zip',
  'blot',
  'knit',
  'thin',
  'hug',
  'jot',
  'spot',
  'unwrap',
  'occur',
  'slap',
  'skip',
  'blot',
  'pin',
  'wet',
  'fit',
  'refer',
  'prefer',
  'nod',
]);

const MODALS: Record<string, [string, string]> = {
  can: ['could', 'can'],
  cannot: ['could not', 'cannot'],
  will: ['would', 'will'],
  may: ['might', 'may'],
};

/** The form of a verb, given as its base form: `conjugate('find', 's', 'past')` is "found". */
export function conjugate(base: string, subject: Subject, tense: Tense): string {
  const modal = MODALS[base];
  if (modal !== undefined) return modal[tense === 'past' ? 0 : 1];
  if (base === 'be') return conjugateBe(subject, tense);
  if (tense === 'past') return IRREGULAR_PAST[base] ?? regularPast(base);
  return subject === 's' ? thirdSingular(base) : base;
}

function conjugateBe(subject: Subject, tense: Tense): string {
  if (tense === 'past') return subject === 'p' ? 'were' : 'was';
  return { I: 'am', s: 'is', p: 'are' }[subject];
}

function regularPast(base: string): string {
  if (base.endsWith('e')) return `${base}d`;
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ied`;
  if (DOUBLING.has(base)) return `${base}${base.at(-1)}ed`;
  return `${base}ed`;
}

function thirdSingular(base: string): string {
  if (base === 'have') return 'has';
  if (base === 'do' || base === 'go' || base === 'undo') return `${base}es`;
  if (/(s|x|z|ch|sh)$/.test(base)) return `${base}es`;
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return `${base}s`;
}
