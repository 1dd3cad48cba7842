import type { WorldDomain } from '@fiction/contracts';
import { foldName } from '../reading/fold';
import type { ProseReading } from '../reading/prose-reading';
import { NAMED_PLACE_WORDS } from '../words/generic-names.words';
import { PLACE_CUE } from '../words/locating-cues.words';
import { NAME_TITLES } from '../words/titles.words';
import { wordSet } from '../words/word-set';

/** Names of places and bodies that end in one of these are bodies. */
const BODY_WORDS = wordSet(`
  society club guild order company corporation brothers brotherhood sisterhood dynasty college university academy
  institute council league party army navy regiment clan board union`);

const SPEAKS =
  'said|says|asked|asks|replied|replies|answered|answers|whispered|whispers|murmured|muttered|cried|called|shouted|added|told|tells';
const ACTS =
  'nodded|smiled|laughed|frowned|shrugged|sighed|turned|looked|stared|stood|sat|knelt|walked|ran|came|went|left|held|took|gave|put|shook|knew|thought|wanted|had died|died';

interface Cue {
  domain: WorldDomain;
  /** Tried against what stands right before the name, or right behind it. */
  before?: RegExp;
  after?: RegExp;
  weight: number;
}

/** How prose treats what it names. */
const CUES: readonly Cue[] = [
  {
    domain: 'people',
    weight: 3,
    before: /\b(?:man|woman|girl|boy|child|person|friend|brother|sister)(?: was)? (?:named|called) $/i,
  },
  { domain: 'people', weight: 2, before: new RegExp(`(?:^|["\u201d\u2019,] )(?:${SPEAKS}) $`, 'i') },
  { domain: 'people', weight: 2, after: new RegExp(`^ (?:${SPEAKS}|${ACTS})\\b`, 'i') },
  {
    domain: 'people',
    weight: 2,
    before: /\b(?:asked|told|met|married|kissed|thanked|spoke to|talked to|waited for) $/i,
  },
  { domain: 'places', weight: 3, before: new RegExp(PLACE_CUE.source.replace(/\$$/, ' $'), 'i') },
  { domain: 'places', weight: 2, before: /\b(?:in|into|near|outside|beyond|across|towards?|reached|throughout) $/i },
  { domain: 'places', weight: 1, before: /\b(?:at|to|from|via) $/i },
  {
    domain: 'factions',
    weight: 4,
    before:
      /\b(?:order|guild|house|church|company|brotherhood|sisterhood|league|clan|tribe|party|army|regiment|cult|sect|society|members?|agents?|soldiers) of (?:the )?$/i,
  },
  { domain: 'factions', weight: 3, before: /\bjoined the $/i },
  {
    domain: 'factions',
    weight: 3,
    after: /^ (?:guild|order|company|soldiers?|agents?|clan|tribe|troops|priests?|brothers)\b/i,
  },
  {
    domain: 'history',
    weight: 4,
    before: /\b(?:war|wars|battle|treaty|siege|night|year|days|fall|feast) of (?:the )?$/i,
  },
  { domain: 'history', weight: 3, before: /\b(?:during|since) the $/i },
  { domain: 'objects', weight: 2, before: /\b(?:the|her|his|its|their|my|our) $/i },
  { domain: 'objects', weight: 3, before: /[*_]$/ },
];

/** What kind of thing an unknown name of the prose stands for, by how the prose treats it; a person where nothing tells. */
export function domainOf(name: string, reading: ProseReading): WorldDomain {
  const last = foldName(name).split(' ').at(-1)!;
  if (name.includes(' ') && BODY_WORDS.has(last)) return 'factions';
  if (name.includes(' ') && NAMED_PLACE_WORDS.has(last)) return 'places';
  const votes = new Map<WorldDomain, number>();
  for (const at of occurrences(name, reading.text)) {
    const before = reading.text.slice(Math.max(0, at - 60), at).replace(/\s+/g, ' ');
    const after = reading.text.slice(at + name.length, at + name.length + 40).replace(/\s+/g, ' ');
    if (followsTitle(before)) return 'people';
    for (const cue of CUES) {
      if (cue.before?.test(before) === false || cue.after?.test(after) === false) continue;
      votes.set(cue.domain, (votes.get(cue.domain) ?? 0) + cue.weight);
    }
  }
  const [first] = [...votes].sort(([, one], [, other]) => other - one);
  return first === undefined ? 'people' : first[0];
}

function occurrences(name: string, text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (!/[\p{L}\p{M}\p{N}]/u.test(`${text[at - 1] ?? ''}${text[at + name.length] ?? ''}`)) found.push(at);
  }
  return found;
}

function followsTitle(before: string): boolean {
  const title = /([\p{L}]+)\.? $/u.exec(before)?.[1];
  return title !== undefined && title[0] !== title[0]!.toLowerCase() && NAME_TITLES.has(title.toLowerCase());
}
