import type { SceneDrift, SettledBrief } from '@fiction/contracts';
import { styleOf } from '@fiction/stylometry';

/** What the brief says of how the book is to sound. */
export type Voices = Pick<SettledBrief, 'language' | 'cast' | 'sample' | 'drift'>;

/** How an accepted scene is written, beside the passages that the writer wishes it to be written like. */
export function sceneStyle(
  { language, cast, sample, drift }: Voices,
  prose: string,
): Omit<SceneDrift, 'backlogItemId'> {
  const samples = [{ name: null, sample }, ...cast].flatMap(({ name, sample: passage }) =>
    passage === undefined ? [] : [{ persona: name, style: storable(passage, language) }],
  );
  return { style: storable(prose, language), samples, threshold: drift.threshold };
}

/** Six digits are more than a text can tell, and a third of what JSON would carry. */
function storable(text: string, language: string): SceneDrift['style'] {
  const { groups, ...style } = styleOf(text, language);
  const short = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(6)));
  return {
    ...style,
    groups: {
      letters: short(groups.letters),
      words: short(groups.words),
      punctuation: short(groups.punctuation),
      shape: short(groups.shape),
      vocabulary: short(groups.vocabulary),
      lexicon: short(groups.lexicon),
    },
  };
}
