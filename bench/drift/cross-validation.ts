import { calibrate, driftOf, asStyle, trialsOf, type KnownText } from '@fiction/stylometry';

/** A passage held against a baseline, both by authors that the reference has not seen. */
export interface Judged {
  author: string;
  baselineOf: string;
  score: number;
}

/**
 * Scores of passages against baselines of `size` other passages. For every two authors a reference is learned anew from all
 * the others, and only then those two are compared, so no tested passage, and no other text of its author, has been seen.
 */
export function crossValidate(texts: readonly KnownText[], size: number): Judged[] {
  const authors = [...new Set(texts.map(({ author }) => author))];
  return authors.flatMap((one, at) =>
    authors.slice(at + 1).flatMap((other) => {
      const isHeldOut = ({ author }: KnownText): boolean => author === one || author === other;
      const reference = calibrate(
        texts.filter((text) => !isHeldOut(text)),
        'cross-validation',
      );
      const tested = texts
        .filter(isHeldOut)
        .map(({ author, measured }) => ({ author, style: asStyle(measured, true, reference) }));
      return trialsOf(tested, size).map(({ author, baselineOf, text, baseline }) => ({
        author,
        baselineOf,
        score: driftOf(text, baseline, { reference }).score,
      }));
    }),
  );
}

/** How often the threshold tells rightly: of passages by the baseline's author, and of passages by others. */
export function shareOf(judged: readonly Judged[], threshold = 0.5): { same: number; other: number } {
  const same = judged.filter(({ author, baselineOf }) => author === baselineOf);
  const other = judged.filter(({ author, baselineOf }) => author !== baselineOf);
  return {
    same: same.filter(({ score }) => score < threshold).length / same.length,
    other: other.filter(({ score }) => score > threshold).length / other.length,
  };
}
