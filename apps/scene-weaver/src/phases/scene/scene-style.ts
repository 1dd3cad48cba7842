import type { SceneDrift, SettledBrief } from '@fiction/contracts';
import { packStyle, styleOf } from '@fiction/stylometry';

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

function storable(text: string, language: string): SceneDrift['style'] {
  return packStyle(styleOf(text, language));
}
