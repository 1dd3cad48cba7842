import { profileOf, type Profile } from '../drift/profile';
import type { Style } from '../drift/style';

/** A text held against somebody's baseline. */
export interface Trial {
  author: string;
  baselineOf: string;
  text: Style;
  baseline: Profile;
}

/**
 * Every text against a baseline of every author, of `size` of their other texts. Which ones turns with the text, so that
 * each text serves in many baselines; nothing is drawn by chance.
 */
export function trialsOf(texts: readonly { author: string; style: Style }[], size: number): Trial[] {
  const byAuthor = [...new Set(texts.map(({ author }) => author))].map(
    (author) => [author, texts.filter((text) => text.author === author)] as const,
  );
  const trials: Trial[] = [];
  for (const [turn, { author, style }] of texts.entries()) {
    for (const [baselineOf, theirs] of byAuthor) {
      const others = theirs.filter((one) => one.style !== style);
      if (others.length === 0) continue;
      const from = turn % others.length;
      const chosen = [...others.slice(from), ...others.slice(0, from)].slice(0, size);
      trials.push({ author, baselineOf, text: style, baseline: profileOf(chosen.map((one) => one.style)) });
    }
  }
  return trials;
}
