import { hashText } from '../language/seeded-random';

export const VOICE_KEYS = ['clipped', 'warm', 'voluble', 'blunt', 'hesitant', 'formal'] as const;
/** How somebody talks: decides which lines of dialogue are theirs. */
export type VoiceKey = (typeof VOICE_KEYS)[number];

const SIGNS: readonly [RegExp, VoiceKey][] = [
  [/\b(dry|exact|precise|laconic|terse|clipped|curt|tired|wry|deadpan|cold|economical|sparing)/i, 'clipped'],
  [
    /\b(formal|courtly|polite|unhurried|patient|old-fashioned|stately|careful|pedantic|scholarly|grave|ceremon)/i,
    'formal',
  ],
  [/\b(nervous|shy|young|hesitant|timid|anxious|stammer|unsure|quiet|gentle|halting)/i, 'hesitant'],
  [
    /\b(talk|chatty|voluble|rambling|charming|joking|quick|gossip|theatrical|story|stories|boast|evasive|sings?)/i,
    'voluble',
  ],
  [/\b(blunt|gruff|angry|rude|hard|rough|fierce|stubborn|sharp|impatient|loud)/i, 'blunt'],
  [/\b(warm|kind|loyal|generous|motherly|soft|patient|friendly|tender|funny)/i, 'warm'],
];

/** The voice a baseline describes: its earliest telling word decides; without one, the name does. */
export function voiceOf(name: string, baseline: string): VoiceKey {
  let best: { at: number; voice: VoiceKey } | undefined;
  for (const [pattern, voice] of SIGNS) {
    const match = pattern.exec(baseline);
    if (match !== null && (best === undefined || match.index < best.at)) best = { at: match.index, voice };
  }
  return best?.voice ?? VOICE_KEYS[hashText(name) % VOICE_KEYS.length]!;
}
