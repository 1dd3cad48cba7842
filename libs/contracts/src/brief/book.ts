import type { SettledBrief } from './brief.schema';

/** Longest premise that every phase after the vision carries, in characters. */
export const PREMISE_EXCERPT_CHARACTERS = 1600;

/** What every prompt says about the book; part of the material of every task. */
export interface BookMaterial {
  title: string;
  author: string;
  genre: string[];
  tone: string;
  audience: string;
  pov: SettledBrief['pov'];
  tense: SettledBrief['tense'];
  language: string;
  premise: string;
}

/**
 * The book as prompts carry it. A long premise is cut after a whole sentence, so that a scene's prompt does not grow
 * with it; the vision, which is made from all of it, passes `Infinity`.
 * @param premiseCharacters longest premise, in characters
 */
export function bookMaterial(
  brief: SettledBrief,
  premiseCharacters: number = PREMISE_EXCERPT_CHARACTERS,
): BookMaterial {
  return {
    title: brief.title,
    author: brief.author,
    genre: brief.genre,
    tone: brief.tone,
    audience: brief.audience,
    pov: brief.pov,
    tense: brief.tense,
    language: brief.language,
    premise: excerpt(brief.text, premiseCharacters),
  };
}

/** The longest beginning of whole sentences that fits; failing that, of whole words; failing that, of characters. */
function excerpt(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const head = text.slice(0, characters).replace(/[\uD800-\uDBFF]$/u, '');
  const sentence = /^[\s\S]*[.!?…。！？]["'”’»)]*(?=\s|$)/u.exec(head)?.[0];
  if (sentence !== undefined && sentence.length >= characters / 2) return sentence;
  const words = head.replace(/\s+\S*$/u, '');
  return `${words.length >= characters / 2 ? words : head} …`;
}
