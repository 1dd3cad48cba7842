import type { Beat, GateFinding } from '@fiction/contracts';
import type { GateInput } from './gate-input';
import { foldText } from './reading/fold';
import type { ProseReading } from './reading/prose-reading';

/** Scripts that put no space between words, and so no boundary around a mention. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/**
 * Each mention of each beat stands in the prose: to the letter, but for case, quotes, hyphens, white space and
 * possessives. A mention is whole words; its last one may have a plural ending, and in languages other than
 * English any ending.
 */
export function checkBeats({ scene }: GateInput, reading: ProseReading): GateFinding[] {
  return scene.beats.flatMap((beat) =>
    missingMentions(beat, reading).map((mention) => ({
      gate: 'beats' as const,
      message: `The beat "${beat.text}" is not on the page: "${mention}" is not mentioned.`,
      quote: null,
    })),
  );
}

/** The mentions of a beat that the prose lacks. */
export function missingMentions(beat: Beat, reading: ProseReading): string[] {
  return beat.mentions.filter((mention) => !appears(mention, reading));
}

function appears(mention: string, reading: ProseReading): boolean {
  const folded = foldText(mention);
  // A mention of signs alone ("?!", an emoji) folds to nothing and is looked for as it is.
  if (folded === '') return reading.text.normalize('NFKC').includes(mention.normalize('NFKC').trim());
  const prose = reading.folded;
  if (UNSPACED.test(folded)) return prose.replaceAll(' ', '').includes(folded.replaceAll(' ', ''));
  for (let at = prose.indexOf(folded); at >= 0; at = prose.indexOf(folded, at + 1)) {
    const startsWord = at === 0 || prose[at - 1] === ' ';
    if (startsWord && (!reading.isEnglish || endsWord(prose, at + folded.length))) return true;
  }
  return false;
}

function endsWord(prose: string, end: number): boolean {
  return /^(?:e?s)?(?: |$)/.test(prose.slice(end, end + 3));
}
