import type { SceneDrift, SettledBrief } from '@fiction/contracts';
import { styleOf } from '@fiction/stylometry';
import { shortNumber } from './short-number';

/** What the brief says of how the book is to sound. */
export type Voices = Pick<SettledBrief, 'language' | 'cast' | 'sample' | 'drift'>;

/** How an accepted scene is written, beside the passages that the writer wishes it to be written like. */
export function sceneStyle(voices: Voices, prose: string): Omit<SceneDrift, 'backlogItemId'> {
  return { style: storable(prose, voices.language), samples: samplesOf(voices), threshold: voices.drift.threshold };
}

type Samples = SceneDrift['samples'];
const measured = new WeakMap<Voices, Samples>();

/** The brief is the same for all scenes of a plan, and so are its samples. */
function samplesOf(voices: Voices): Samples {
  const known = measured.get(voices);
  if (known !== undefined) return known;
  const { language, cast, sample } = voices;
  const samples = [{ name: null, sample }, ...cast].flatMap(({ name, sample: passage }) =>
    passage === undefined ? [] : [{ persona: name, style: storable(passage, language) }],
  );
  measured.set(voices, samples);
  return samples;
}

/** Six digits are more than a text can tell, and a third of what JSON would carry. */
function storable(text: string, language: string): SceneDrift['style'] {
  const { groups, ...style } = styleOf(text, language);
  const short = (values: readonly number[]): number[] => values.map(shortNumber);
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
